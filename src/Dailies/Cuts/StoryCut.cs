using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Takes;

namespace Dailies.Cuts;

/// <summary>The film that was made, or why not; and what of it is not as planned.</summary>
internal sealed record CutEnd(VideoRecord Video, IReadOnlyList<string> Notes);

/// <summary>Makes the film of the whole story: every piece is encoded into one form, then all are joined. A piece that can't be read becomes a card that says so.</summary>
internal sealed class StoryCut(VideoTools tools, VideoProbe probe, TimeProvider clock)
{
    /// <summary>The film. Throws for cancellation; for everything else the record says why there is none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The film, or null where there is nothing to see.</param>
    /// <param name="title">Any text.</param>
    /// <param name="progress">Told how many pieces of how many are done.</param>
    /// <param name="cancel">Ends it; nothing half-made stays.</param>
    public async Task<CutEnd> MakeAsync(RunFolder run, CutPlan? plan, string title, Action<int, int> progress, CancellationToken cancel)
    {
        if (plan is null || tools.Ffmpeg is null)
        {
            return new CutEnd(Missing(plan is null ? "no scene has a take" : VideoTools.Missing("ffmpeg")), []);
        }

        var temp = run.At(RunFolder.StoryVideo) + AtomicFile.TempSuffix;
        try
        {
            Clean(run);
            Folder.Create(run.At(RunFolder.StoryPieces));
            return await MakeAsync(run, plan, title, temp, progress, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return new CutEnd(Missing(e.Message), []);
        }
        finally
        {
            Clean(run);
            TryDelete(() => File.Delete(temp));
        }
    }

    /// <summary>A record of a film that is not there.</summary>
    public VideoRecord Missing(string why) => new(null, null, VideoRecord.Missing, Stamp.Of(clock), why, null, null, null, null, null);

    private async Task<CutEnd> MakeAsync(RunFolder run, CutPlan plan, string title, string temp, Action<int, int> progress, CancellationToken cancel)
    {
        using var letters = new Lettering();
        var ffmpeg = new Ffmpeg(tools.Ffmpeg!, clock);
        var encoder = new PieceEncoder(run, plan, ffmpeg, probe, new CardPainter(letters));
        var (frames, notes) = (new List<int>(), new List<string>());
        foreach (var (number, piece) in plan.Pieces.Index())
        {
            progress(number, plan.Pieces.Count);
            var made = piece;
            if (await encoder.FaultAsync(piece, number + 1, cancel) is { } fault)
            {
                notes.Add($"{piece.Scene.SceneId}: {fault}");
                made = new CutPiece(piece.Scene, new CutShow.Card(null, fault), FrameRate.Count(CutPlan.CardSeconds, plan.Fps));
                if (await encoder.FaultAsync(made, number + 1, cancel) is { } worse)
                {
                    return new CutEnd(Missing(worse), []);
                }
            }

            frames.Add(made.Frames);
        }

        progress(plan.Pieces.Count, plan.Pieces.Count);
        var list = $"{RunFolder.StoryPieces}/list.ffconcat{AtomicFile.TempSuffix}";
        var pieces = frames.Select((count, i) => (Path.GetFileName(PieceEncoder.Name(i + 1)), count));
        await File.WriteAllTextAsync(run.At(list), CutArguments.List(pieces, plan.Fps), new UTF8Encoding(false), cancel);
        return await JoinAsync(run, plan, ffmpeg, list, title, temp, frames.Sum(), cancel) is { } why
            ? new CutEnd(Missing(why), [])
            : new CutEnd(await RecordAsync(run, cancel), notes);
    }

    // What is to be said against the film, or null: then it has its name.
    private async Task<string?> JoinAsync(RunFolder run, CutPlan plan, Ffmpeg ffmpeg, string list, string title, string temp, int frames, CancellationToken cancel)
    {
        var name = RunFolder.StoryVideo + AtomicFile.TempSuffix;
        using (SideEffects.OnFile(SideEffects.Write, run.At(RunFolder.StoryVideo)))
        {
            var comment = string.Create(CultureInfo.InvariantCulture, $"run={run.RunId} scenes={plan.Pieces.DistinctBy(p => p.Scene.SceneId).Count()}");
            var end = await ffmpeg.RunAsync(new FfmpegWork(run.Root, CutArguments.Join(list, title, comment, name)) { Output = name }, cancel);
            if (end.Fault is { } fault)
            {
                return fault;
            }

            AtomicFile.Flush(temp);
        }

        if ((await probe.ReadAsync(temp, cancel)).Frames is { } counted && counted != frames)
        {
            return $"the film had {counted} frames, its pieces have {frames}";
        }

        AtomicFile.Publish(temp, run.At(RunFolder.StoryVideo));
        return null;
    }

    private async Task<VideoRecord> RecordAsync(RunFolder run, CancellationToken cancel)
    {
        var facts = await probe.ReadAsync(run.At(RunFolder.StoryVideo), cancel);
        await using var file = File.OpenRead(run.At(RunFolder.StoryVideo));
        return new VideoRecord(
            RunFolder.StoryVideo, facts.Seconds is { } s ? Math.Round(s, 3) : null, VideoRecord.Complete, Stamp.Of(clock), null,
            facts.Codec, facts.Fps, facts.Width, facts.Height, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)));
    }

    private static void Clean(RunFolder run) => TryDelete(() =>
    {
        if (Directory.Exists(run.At(RunFolder.StoryPieces)))
        {
            Directory.Delete(run.At(RunFolder.StoryPieces), recursive: true);
        }
    });

    private static void TryDelete(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A rest that can't be deleted is in nobody's way: its names say that it is one.
        }
    }
}
