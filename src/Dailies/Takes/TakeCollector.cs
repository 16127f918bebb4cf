using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Takes;

/// <summary>How fetching a take ended.</summary>
internal enum CollectOutcome
{
    /// <summary>Every announced file is here, whole and decoded.</summary>
    Whole,

    /// <summary>Files are not there yet, or the transfer broke: worth another try.</summary>
    Missing,

    /// <summary>A file is here and is no use.</summary>
    Bad,
}

/// <summary>What was fetched. <paramref name="Silent"/>: the station did not answer, so what is missing may still be there.</summary>
internal sealed record Collected(CollectOutcome Outcome, IReadOnlyList<FrameRecord> Files, int FrameCount, string? Problem, bool Silent = false)
{
    /// <summary>What the frames show; null where they can't be decoded here.</summary>
    public TakeContent? Content { get; init; }
}

/// <summary>Fetches announced files over /view into the run folder: streamed, size-limited, hashed, decoded, published by rename.</summary>
internal sealed class TakeCollector(ComfyClient comfy, VideoProbe probe, TimeProvider clock)
{
    private const long LargestFile = 4L * 1024 * 1024 * 1024;
    private const int AtOnce = 4;
    private const long LeastRate = 16 * 1024;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(15);

    // After this a transfer must have kept the least rate, in bytes a second: one that drips would hold its scene for ever.
    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(30);

    // Files that an earlier try for the same attempt brought here whole, by path.
    private readonly ConcurrentDictionary<string, Fetched> arrived = new(StringComparer.Ordinal);

    /// <summary>Fetches what is not yet in <paramref name="folder"/> (absolute; <paramref name="name"/> is the same relative to the run). Throws <see cref="IOException"/> only for our own disk.</summary>
    public async Task<Collected> CollectAsync(TakeOutput take, string folder, string name, CancellationToken cancel)
    {
        if (take.Files.FirstOrDefault(f => WireFileName.Safe(f.FileName) is null) is { } unsafeFile)
        {
            return new Collected(CollectOutcome.Bad, [], 0, $"announced a file name that is refused: {unsafeFile.FileName}");
        }

        Folder.Create(folder);
        var names = LocalNames(take.Files);
        var fetched = new Fetched[take.Files.Count];
        var silent = false;
        await Parallel.ForAsync(0, fetched.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            // A station that does not answer for one file is not asked for the other hundred: what has arrived stays for the next try.
            fetched[i] = Volatile.Read(ref silent) ? Fetched.NotTried : await FetchAsync(take.Files[i], names[i], folder, stop);
            if (fetched[i].Silent)
            {
                Volatile.Write(ref silent, true);
            }
        });
        var problem = fetched.FirstOrDefault(f => f.Problem is not null && f != Fetched.NotTried)?.Problem;
        if (problem is not null)
        {
            return new Collected(CollectOutcome.Missing, [], 0, problem, silent);
        }

        Folder.Sync(folder); // once for all: their names are on disk before anybody says that they are here
        return await CheckAsync(take.Source, [.. fetched.Select(f => new ArrivedFile(f.Name, f.Bytes, f.Sha256))], folder, name, cancel);
    }

    /// <summary>Decodes files that lie in <paramref name="folder"/> already.</summary>
    public async Task<Collected> CheckAsync(string source, IReadOnlyList<ArrivedFile> files, string folder, string name, CancellationToken cancel) =>
        source == FrameSource.Video ? await CheckVideoAsync(files[0], folder, name, cancel) : CheckImages(files, folder, name);

    // Two nodes or subfolders may use one name twice; the second gets its position in front, or the next number that no file announces.
    private static IReadOnlyList<string> LocalNames(IReadOnlyList<AnnouncedFile> files)
    {
        var announced = files.Select(f => f.FileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. files.Select((f, i) => used.Add(f.FileName) ? f.FileName : Numbered(f.FileName, i))];

        string Numbered(string name, int from) =>
            Enumerable.Range(from, (files.Count * 2) + 1).Select(n => $"{n:00000}-{name}").First(n => !announced.Contains(n) && used.Add(n));
    }

    private static Collected CheckImages(IReadOnlyList<ArrivedFile> fetched, string folder, string name)
    {
        var verdicts = fetched.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(AtOnce, Environment.ProcessorCount))
            .Select(f => (File: f, Verdict: FrameCheck.Check(Path.Combine(folder, f.Name)))).ToList();
        IReadOnlyList<FrameRecord> records =
        [
            .. verdicts.Where(v => v.Verdict.Fault is null)
                .Select(v => new FrameRecord($"{name}/{v.File.Name}", v.File.Bytes, v.File.Sha256, v.Verdict.Width, v.Verdict.Height)),
        ];
        if (verdicts.FirstOrDefault(v => v.Verdict.Fault is not null) is { File: not null } bad)
        {
            return new Collected(CollectOutcome.Bad, records, records.Count, $"{bad.File.Name} {bad.Verdict.Fault}");
        }

        var other = records.FirstOrDefault(r => (r.Width, r.Height) != (records[0].Width, records[0].Height));
        return other is null
            ? new Collected(CollectOutcome.Whole, records, records.Count, null) { Content = FrameLight.Sum([.. verdicts.Select(v => v.Verdict.Light!)]) }
            : new Collected(CollectOutcome.Bad, records, records.Count, $"{other.File} is {other.Width}×{other.Height}, the first frame {records[0].Width}×{records[0].Height}");
    }

    private async Task<Collected> CheckVideoAsync(ArrivedFile file, string folder, string name, CancellationToken cancel)
    {
        var path = Path.Combine(folder, file.Name);
        var facts = await probe.ReadAsync(path, cancel);
        var record = new FrameRecord($"{name}/{file.Name}", file.Bytes, file.Sha256, facts.Width, facts.Height);
        return facts.Frames is { } frames and > 0
            ? new Collected(CollectOutcome.Whole, [record], frames, null)
            : facts.Undecidable ? new Collected(CollectOutcome.Whole, [record], 1, $"{file.Name}: {facts.Error}")
            : new Collected(CollectOutcome.Bad, [], 0, $"{file.Name}: {facts.Error}");
    }

    private async Task<Fetched> FetchAsync(AnnouncedFile file, string local, string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, local);
        if (arrived.TryGetValue(path, out var here))
        {
            return here;
        }

        var fetched = await DownloadAsync(file, local, path, cancel);
        if (fetched.Problem is null)
        {
            AtomicFile.Rename(path + AtomicFile.TempSuffix, path);
            arrived[path] = fetched;
        }

        return fetched;
    }

    private async Task<Fetched> DownloadAsync(AnnouncedFile file, string local, string path, CancellationToken cancel)
    {
        try
        {
            using var span = SideEffects.OnFile(SideEffects.Fetch, path);
            using var reply = await comfy.ViewAsync(file.FileName, file.Subfolder, file.Type, cancel);
            if (reply is null)
            {
                return Fetched.Failed($"{file.FileName} was announced, but the station has no such file");
            }

            if (reply.Content.Headers.ContentLength is > LargestFile)
            {
                return Fetched.Failed($"{file.FileName} is larger than {LargestFile} bytes");
            }

            return await SaveAsync(reply, local, path + AtomicFile.TempSuffix, cancel);
        }
        catch (StationException e)
        {
            return Fetched.Failed($"{file.FileName}: {e.Message}") with { Silent = true };
        }
    }

    private async Task<Fetched> SaveAsync(HttpResponseMessage reply, string local, string temp, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = await PourAsync(reply, temp, hash, cancel);
        var problem = bytes switch
        {
            < 0 => $"{local}: the transfer broke",
            > LargestFile => $"{local} is larger than {LargestFile} bytes",
            _ when reply.Content.Headers.ContentLength is { } promised && promised != bytes => $"{local}: {bytes} of {promised} bytes arrived",
            _ => null,
        };
        if (problem is not null)
        {
            File.Delete(temp);
            return Fetched.Failed(problem);
        }

        return new Fetched(local, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
    }

    // The bytes that came, on disk and flushed; -1 when the transfer broke.
    private async Task<long> PourAsync(HttpResponseMessage reply, string temp, IncrementalHash hash, CancellationToken cancel)
    {
        long bytes = 0;
        var begin = clock.GetTimestamp();
        var buffer = new byte[128 * 1024];
        await using var target = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None);
        await using var source = await reply.Content.ReadAsStreamAsync(cancel);
        while (await ReadAsync(source, buffer, cancel) is var read and not 0)
        {
            bytes += read;
            var span = clock.GetElapsedTime(begin);
            var drips = span > RateGrace && bytes < span.TotalSeconds * LeastRate;
            if (read < 0 || drips || bytes > LargestFile)
            {
                return read < 0 || drips ? -1 : bytes;
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        target.Flush(flushToDisk: true);
        return bytes;
    }

    // -1: the transfer broke. Reading from the station and writing to our disk fail for different reasons, so they are told apart here.
    private async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancel)
    {
        using var idle = new CancellationTokenSource(IdleLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancel);
        try
        {
            return await source.ReadAsync(buffer, either.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return -1;
        }
    }

    private sealed record Fetched(string Name, long Bytes, string Sha256, string? Problem, bool Silent = false)
    {
        public static Fetched NotTried { get; } = Failed("not tried");

        public static Fetched Failed(string problem) => new("", 0, "", problem);
    }
}
