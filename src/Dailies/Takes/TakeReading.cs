using Dailies.Contract;

namespace Dailies.Takes;

/// <summary>A file of a take that is here, by its name within the folder of frames.</summary>
internal sealed record TakeFile(string Name, long Bytes, string Sha256);

/// <summary>Reads the files of a take that have arrived whole: decodes and counts them, and says what the take came to.</summary>
internal sealed class TakeReading(VideoProbe probe)
{
    private const int AtOnce = 4;

    /// <summary>Reads all files of a take. What this machine has no decoder for is kept, with a note.</summary>
    public Task<Collected> ReadAsync(string source, IReadOnlyList<TakeFile> files, string folder, string name, CancellationToken cancel) =>
        source == FrameSource.Video ? ReadVideoAsync(files[0], folder, name, cancel) : ReadImagesAsync(files, folder, name, cancel);

    private async Task<Collected> ReadImagesAsync(IReadOnlyList<TakeFile> files, string folder, string name, CancellationToken cancel)
    {
        var verdicts = files.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(AtOnce, Environment.ProcessorCount))
            .Select(f => FrameCheck.Check(Path.Combine(folder, f.Name))).ToArray();
        await MeasureAsync(verdicts, files, folder, cancel);
        IReadOnlyList<FrameRecord> records =
        [
            .. files.Zip(verdicts).Where(v => v.Second.Fault is null)
                .Select(v => new FrameRecord($"{name}/{v.First.Name}", v.First.Bytes, v.First.Sha256, v.Second.Width, v.Second.Height)),
        ];
        if (Array.FindIndex(verdicts, v => v.Fault is not null) is >= 0 and var bad)
        {
            return new Collected(CollectOutcome.Bad, records, records.Count, $"{files[bad].Name} {verdicts[bad].Fault}");
        }

        // A size that could not be read differs from none.
        var known = records.Where(r => r.Width > 0).ToList();
        return known.FirstOrDefault(r => (r.Width, r.Height) != (known[0].Width, known[0].Height)) is { } other
            ? new Collected(CollectOutcome.Bad, records, records.Count, $"{other.File} is {other.Width}×{other.Height}, the first frame {known[0].Width}×{known[0].Height}")
            : new Collected(CollectOutcome.Whole, records, records.Count, Note(files, verdicts))
            {
                Content = verdicts.All(v => v.Light is not null) ? FrameLight.Sum([.. verdicts.Select(v => v.Light!)]) : null,
            };
    }

    // ffprobe reads formats that Skia does not: where it is here, their size at least is known.
    private async Task MeasureAsync(FrameVerdict[] verdicts, IReadOnlyList<TakeFile> files, string folder, CancellationToken cancel) =>
        await Parallel.ForAsync(0, verdicts.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            if (verdicts[i].Foreign is not null && await probe.ReadAsync(Path.Combine(folder, files[i].Name), stop) is { Frames: > 0, Width: > 0 and var width, Height: > 0 and var height })
            {
                verdicts[i] = verdicts[i] with { Width = width, Height = height };
            }
        });

    private static string? Note(IReadOnlyList<TakeFile> files, FrameVerdict[] verdicts)
    {
        var unread = files.Zip(verdicts).Where(v => v.Second.Foreign is not null).ToList();
        return unread.Count == 0 ? null
            : $"{unread[0].First.Name}{(unread.Count > 1 ? $" and {unread.Count - 1} more" : "")} ({unread[0].Second.Foreign}): kept and hashed, not looked at";
    }

    private async Task<Collected> ReadVideoAsync(TakeFile file, string folder, string name, CancellationToken cancel)
    {
        var facts = await probe.ReadAsync(Path.Combine(folder, file.Name), cancel);
        var record = new FrameRecord($"{name}/{file.Name}", file.Bytes, file.Sha256, facts.Width ?? 0, facts.Height ?? 0);
        return facts.Frames is { } frames and > 0
            ? new Collected(CollectOutcome.Whole, [record], frames, null)
            : facts.Undecidable ? new Collected(CollectOutcome.Whole, [record], 1, $"{file.Name}: {facts.Error}")
            : new Collected(CollectOutcome.Bad, [], 0, $"{file.Name}: {facts.Error ?? "no frame in it can be decoded"}");
    }
}
