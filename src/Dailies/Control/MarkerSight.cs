using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Markers;
using Dailies.Queueing;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>The consumer's eye on done markers: in the output folder where we see it, else over /view, which serves any file of it. Never writes into that folder.</summary>
internal sealed class MarkerSight(ComfyClient comfy, TakeFolder? output, RunLedger ledger, RunFolder run, QueuePolicy policy, TimeProvider clock)
{
    /// <summary>Whether a marker of this attempt is worth waiting for. The sentinel marks image sequences only.</summary>
    public bool IsWanted(AttemptOrder order, string source) => policy.WaitForMarker switch
    {
        MarkerWait.True => true,
        MarkerWait.False => false,
        _ => HasNode(order) || (source != FrameSource.Video && output is not null && SentinelHeartbeat.Find(output.Place(order.Prefix).Folder, clock.GetUtcNow()) is not null),
    };

    /// <summary>Waits for the marker of a take that was fetched over /view, and writes down how that ended. The take stands either way.</summary>
    public async Task AwaitAsync(AttemptOrder order, TakeOutput take, CancellationToken cancel)
    {
        var (since, began) = (Stamp.Of(clock), clock.GetTimestamp());
        var prefix = FrameName.TryParse(take.Files[0].FileName, out var frame) ? frame.Prefix : Path.GetFileName(order.Prefix);
        while (true)
        {
            var (verdict, bytes) = await LookAsync(order, take.Files[0].Subfolder, prefix, cancel);
            if (verdict.File is not null && Miscount(verdict, take.Files.Count) is null)
            {
                Keep(order, since, bytes);
                return;
            }

            var left = policy.MarkerTimeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                Miss(order, since, verdict.File is null ? verdict.Why : Miscount(verdict, take.Files.Count)!);
                return;
            }

            await Task.Delay(left < policy.HistoryPollInterval ? left : policy.HistoryPollInterval, clock, cancel);
        }
    }

    /// <summary>The marker beside a set of files: the verdict, and the file as it was read. Another attempt's never counts.</summary>
    public (MarkerVerdict Verdict, byte[] Bytes) Look(AttemptOrder order, FolderSet set)
    {
        var verdict = MarkerReading.Find(set.Folder, set.Prefix, Wish(order));
        verdict = verdict.File is { } file && file.Written < set.Newest ? new MarkerVerdict(null, "older than the newest file")
            : Miscount(verdict, set.Files.Count) is { } miscount ? new MarkerVerdict(null, miscount)
            : verdict;
        return verdict.File is { } found ? (verdict, Bytes(found)) : (verdict, []);
    }

    /// <summary>The marker counted: it is kept beside the attempt as the producer wrote it.</summary>
    public void Keep(AttemptOrder order, DateTimeOffset since, byte[] bytes)
    {
        var path = RunFolder.Marker(order.SceneId, order.Attempt);
        AtomicFile.Write(run.At(path), bytes);
        ledger.Append(new MarkerAwaited(Stamp.Of(clock), order.SceneId, order.Attempt, since, path, null));
    }

    /// <summary>None came in time.</summary>
    public void Miss(AttemptOrder order, DateTimeOffset since, string why) =>
        ledger.Append(new MarkerAwaited(Stamp.Of(clock), order.SceneId, order.Attempt, since, null, why));

    private static bool HasNode(AttemptOrder order) => order.Graph.Any(n => n.Value?["class_type"]?.ToString() == DoneMarker.NodeClass);

    private static string? Miscount(MarkerVerdict verdict, int files) =>
        verdict.File?.Content?.FrameCount is { } said && said != files ? $"it speaks of {said} frames, {files} are there" : null;

    private MarkerWish Wish(AttemptOrder order) =>
        new(run.RunId, order.Attempt, ledger.State.Scenes[order.SceneId].Attempts.Single(a => a.Number == order.Attempt).Measures.SubmittedAt);

    private static byte[] Bytes(MarkerFile file)
    {
        try
        {
            return File.ReadAllBytes(file.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file.Content!.Write(); // its producer has replaced it since: what it said is known
        }
    }

    private async Task<(MarkerVerdict Verdict, byte[] Bytes)> LookAsync(AttemptOrder order, string subfolder, string prefix, CancellationToken cancel)
    {
        if (output is not null && Path.GetFullPath(Path.Combine(output.Root, subfolder)) is var folder && output.Holds(folder))
        {
            var seen = MarkerReading.Find(folder, prefix, Wish(order));
            return seen.File is { } found ? (seen, Bytes(found)) : (seen, []);
        }

        try
        {
            using var reply = await comfy.ViewAsync(DoneMarker.FileName(prefix), subfolder, "output", null, cancel);
            return reply is null ? (new MarkerVerdict(null, "no marker"), []) : await ReadAsync(reply, prefix, Wish(order), cancel);
        }
        catch (StationException e)
        {
            return (new MarkerVerdict(null, e.Message), []);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (new MarkerVerdict(null, $"the transfer broke: {e.Message}"), []);
        }
    }

    private async Task<(MarkerVerdict Verdict, byte[] Bytes)> ReadAsync(HttpResponseMessage reply, string prefix, MarkerWish wish, CancellationToken cancel)
    {
        await using var stream = await reply.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[DoneMarker.MostBytes + 1];
        var bytes = buffer[..await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)];
        var written = reply.Content.Headers.LastModified ?? clock.GetUtcNow();
        var file = DoneMarker.TryRead(bytes, out var content, out var fault)
            ? new MarkerFile(DoneMarker.FileName(prefix), WholeSecond(written), content)
            : new MarkerFile(DoneMarker.FileName(prefix), written.UtcDateTime, null, fault);
        return (MarkerReading.Judge(file, wish), bytes);
    }

    // HTTP counts in whole seconds: the file may have been written up to the end of the one that it tells.
    private static DateTime WholeSecond(DateTimeOffset told) => told.UtcDateTime.AddMilliseconds(999);
}
