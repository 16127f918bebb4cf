using System.Text;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Markers;
using Dailies.Queueing;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>What a look for a take came to: its files in the run folder, or why there are none.</summary>
/// <param name="Source">One of <see cref="FrameSource"/>.</param>
/// <param name="Announced">How many frames there should be.</param>
/// <param name="Collected">What arrived; null where nothing did.</param>
/// <param name="Failure">Why nothing arrived.</param>
internal sealed record Gathered(string Source, int Announced, Collected? Collected, TakeEnd? Failure = null)
{
    public static Gathered Failed(TakeEnd why) => new("", 0, null, why);
}

/// <summary>Collects a take from the station's output folder: gathers facts, asks <see cref="CollectDecision"/>, does what it says. The list of files is read anew after every wait.</summary>
internal sealed class FolderCollection(TakeFolder output, MarkerSight markers, TakeReading reading, RunLedger ledger, RunFolder run, QueuePolicy policy, TimeProvider clock)
{
    /// <summary>The take. <paramref name="announced"/>: what the history named; null where it named nothing. Throws <see cref="IOException"/> only for our own disk.</summary>
    public async Task<Gathered> CollectAsync(AttemptOrder order, TakeOutput? announced, long successAt, CancellationToken cancel)
    {
        var watch = new FolderWatch(output, order.Prefix, announced, clock);
        var since = Stamp.Of(clock);
        bool? settled = null; // the wait for the marker: with success, in vain, or not over yet
        while (true)
        {
            watch.Look();
            var wanted = settled is not true && markers.IsWanted(order, watch.Set?.Source ?? FrameSource.Files);
            var (marker, bytes) = wanted && watch.Set is { } set ? markers.Look(order, set) : (new MarkerVerdict(null, "no file of ours lies there"), []);
            var facts = Facts(order, watch, announced, successAt) with { MarkerWanted = wanted || settled is false, MarkerFits = marker.File is not null };
            var step = CollectDecision.Next(policy, facts);
            if (wanted && settled is null && !facts.MarkerFits && facts.SinceSuccess >= policy.MarkerTimeout)
            {
                markers.Miss(order, since, marker.Why);
                settled = false;
            }

            switch (step)
            {
                case CollectStep.Wait wait:
                    await Task.Delay(wait.Delay, clock, cancel);
                    break;
                case CollectStep.Fail fail:
                    return Gathered.Failed(new TakeEnd(ExitReason.PostExecution, FailureKind.OutputsMissing, $"{fail.Detail}: {watch.Trouble ?? $"nothing of {order.Prefix} in {output.Root}"}"));
                case CollectStep.Take take when await CopyAsync(order, watch, announced, cancel) is { } gathered:
                    if (take.ByMarker && settled is null)
                    {
                        markers.Keep(order, since, bytes);
                    }

                    return gathered;
                case CollectStep.Force when await CopyAsync(order, watch, announced, cancel, force: true) is { } gathered:
                    Force(order, watch, wanted || settled is false ? DoneMarker.FileName(watch.Set!.Prefix) : null);
                    return gathered;
            }
        }
    }

    /// <summary>Copies a take's files once more, as far as they still lie there.</summary>
    public async Task FetchAgainAsync(string sceneId, AttemptState attempt, TakeOutput? announced, CancellationToken cancel)
    {
        var watch = new FolderWatch(output, attempt.Prefix, announced, clock);
        watch.Look();
        if (watch.Set is { } set)
        {
            await FolderCopy.CopyAsync(set, run.At(RunFolder.Frames(sceneId, attempt.Number)), cancel);
        }
    }

    private CollectFacts Facts(AttemptOrder order, FolderWatch watch, TakeOutput? announced, long successAt)
    {
        var state = ledger.State;
        return new CollectFacts
        {
            SinceSuccess = clock.GetElapsedTime(successAt),
            Files = watch.Set?.Files.Count ?? 0,
            Expected = announced?.Files.Count
                ?? (watch.Set is { Source: not FrameSource.Video } && state.Plan!.Workflow.FramesBound ? state.Scenes[order.SceneId].Plan.ExpectedFrames : null),
            Flaw = watch.Flaw,
            Unchanged = watch.Unchanged,
        };
    }

    // Null: it changed while it was copied, so it was not whole yet.
    private async Task<Gathered?> CopyAsync(AttemptOrder order, FolderWatch watch, TakeOutput? announced, CancellationToken cancel, bool force = false)
    {
        var set = watch.Set!;
        var name = RunFolder.Frames(order.SceneId, order.Attempt);
        var (files, problem) = await FolderCopy.CopyAsync(set, run.At(name), cancel);
        watch.Look();
        if (problem is not null && !force)
        {
            watch.Trouble = problem;
            await Task.Delay(policy.HistoryPollInterval, clock, cancel);
            return null;
        }

        return !force && !set.Same(watch.Set) ? null
            : files.Count == 0 ? Gathered.Failed(new TakeEnd(ExitReason.PostExecution, FailureKind.OutputsMissing, problem ?? "its files went away while they were copied"))
            : new Gathered(set.Source, announced?.Files.Count ?? files.Count, await reading.ReadAsync(set.Source, files, run.At(name), name, cancel));
    }

    private void Force(AttemptOrder order, FolderWatch watch, string? marker)
    {
        var now = Stamp.Of(clock);
        var path = RunFolder.ForcedCopyDebug(order.SceneId, now);
        var set = watch.Set!;
        AtomicFile.Write(run.At(path), Encoding.UTF8.GetBytes(new ForcedCopyDebug
        {
            Timestamp = now,
            ScenePrefix = order.Prefix,
            BestOutputDir = set.Folder,
            FrameCount = set.Files.Count,
            LatestFile = set.Latest,
            StabilityRetries = policy.StabilityRetries,
            StabilityWindowSeconds = policy.Stability.TotalSeconds,
            MarkerPathWaited = marker is null ? null : Path.Combine(set.Folder, marker),
            Candidates = watch.Candidates,
        }.Write()));
        ledger.Append(new CopyForced(now, order.SceneId, order.Attempt, path));
    }
}
