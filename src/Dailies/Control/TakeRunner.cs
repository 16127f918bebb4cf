using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>How an attempt was settled, in words.</summary>
/// <param name="Reason">One of <see cref="ExitReason"/>.</param>
/// <param name="Kind">One of <see cref="FailureKind"/>, or null for a whole take.</param>
/// <param name="Message">What happened, or null.</param>
/// <param name="Doubt">What the content gate wants another attempt for, or null.</param>
internal sealed record TakeEnd(string Reason, string? Kind, string? Message, string? Doubt = null);

/// <summary>Our part of one attempt: fetches what the history announced until the take is whole or the time for it is over.
/// Runs beside the next scene's rendering, so that the GPU never waits for our disk.</summary>
internal sealed class TakeRunner(TakeCollector collector, MarkerSight markers, FolderCollection? folder, RunLedger ledger, RunFolder run, RunRequest request, TimeProvider clock)
{
    private readonly QueuePolicy policy = request.Policy;

    /// <summary>Collects the attempt's take. Throws <see cref="IOException"/> only for our own disk.</summary>
    public async Task<TakeEnd> CollectAsync(AttemptOrder order, long successAt, CancellationToken cancel)
    {
        var announced = ledger.State.Scenes[order.SceneId].Attempts.Single(a => a.Number == order.Attempt).Announced;
        var output = TakeChoice.Choose(announced, request.Binding.Take);
        if (folder is not null && IsInFolder(output))
        {
            var gathered = await folder.CollectAsync(order, output, successAt, cancel);
            return gathered.Failure ?? Settle(order, gathered.Source, gathered.Announced, output, gathered.Collected!);
        }

        var problem = TakeChoice.WhyNone(announced, request.Binding.Take);
        long? fetchedAt = null, silentSince = null;
        while (true)
        {
            var now = clock.GetTimestamp();
            var step = AttemptDecision.Next(policy, Facts(now, successAt, fetchedAt, silentSince));
            switch (step)
            {
                case AttemptStep.Wait wait:
                    await Task.Delay(wait.Delay, clock, cancel);
                    continue;
                case AttemptStep.Fail fail:
                    return new TakeEnd(fail.Reason, fail.Kind, $"{fail.Detail}: {problem}");
            }

            if (output is not null)
            {
                var name = RunFolder.Frames(order.SceneId, order.Attempt);
                var collected = await collector.CollectAsync(output, run.At(name), name, cancel);
                if (collected.Outcome != CollectOutcome.Missing)
                {
                    if (collected.Outcome == CollectOutcome.Whole && markers.IsWanted(order, output.Source))
                    {
                        await markers.AwaitAsync(order, output, cancel);
                    }

                    return Settle(order, output.Source, output.Files.Count, output, collected);
                }

                problem = collected.Problem!;
                silentSince = collected.Silent ? silentSince ?? now : null;
            }

            fetchedAt = clock.GetTimestamp();
        }
    }

    /// <summary>Fetches a take's files once more, as far as the station still has them.</summary>
    public async Task FetchAgainAsync(string sceneId, AttemptState attempt, CancellationToken cancel)
    {
        var output = TakeChoice.Choose(attempt.Announced, request.Binding.Take);
        if (folder is not null && IsInFolder(output))
        {
            await folder.FetchAgainAsync(sceneId, attempt, output, cancel);
        }
        else if (output is not null)
        {
            var name = RunFolder.Frames(sceneId, attempt.Number);
            await collector.CollectAsync(output, run.At(name), name, cancel);
        }
    }

    // Previews lie in a folder of the server's own.
    private static bool IsInFolder(TakeOutput? output) => output is null || output.Files.All(f => f.Type == "output");

    private AttemptFacts Facts(long now, long successAt, long? fetchedAt, long? silentSince) => new()
    {
        SinceSubmit = TimeSpan.Zero,
        SinceChange = TimeSpan.Zero,
        SinceSuccess = clock.GetElapsedTime(successAt, now),
        SinceSilent = silentSince is { } since ? clock.GetElapsedTime(since, now) : null,
        SinceFetch = fetchedAt is { } at ? clock.GetElapsedTime(at, now) : null,
        End = new PromptEnd(PromptOutcome.Succeeded),
    };

    private TakeEnd Settle(AttemptOrder order, string source, int files, TakeOutput? output, Collected collected)
    {
        var announced = source == FrameSource.Video ? Math.Max(collected.FrameCount, 1) : files;
        ledger.Append(new TakeFetched(Stamp.Of(clock), order.SceneId, order.Attempt, source, announced, collected.FrameCount, collected.Files) { Content = collected.Content, Node = output?.Node });
        if (collected is { Outcome: CollectOutcome.Whole, Problem: { } note })
        {
            ledger.Append(new SceneWarned(Stamp.Of(clock), order.SceneId, order.Attempt, $"not decoded here: {note}"));
        }

        if (output is not null && TakeChoice.LeftAside(output) is { } aside)
        {
            ledger.Append(new SceneWarned(Stamp.Of(clock), order.SceneId, order.Attempt, aside));
        }

        return collected.Outcome == CollectOutcome.Whole
            ? Judge(order, collected)
            : new TakeEnd(ExitReason.Success, FailureKind.BadFrames, collected.Problem);
    }

    private TakeEnd Judge(AttemptOrder order, Collected collected)
    {
        switch (ContentGate.Judge(policy.Gate with { Mode = order.Gate ?? policy.Gate.Mode }, collected.Content, collected.FrameCount))
        {
            case GateVerdict.Bad bad:
                return new TakeEnd(ExitReason.Success, FailureKind.BadFrames, bad.Words);
            case GateVerdict.Doubt doubt:
                ledger.Append(new SceneWarned(Stamp.Of(clock), order.SceneId, order.Attempt, doubt.Words));
                return new TakeEnd(ExitReason.Success, null, null, doubt.Retry ? doubt.Words : null);
            default:
                return new TakeEnd(ExitReason.Success, null, null);
        }
    }
}
