using System.Collections.Concurrent;
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

/// <summary>Fetches announced files into the run folder (<see cref="FileTransfer"/>), publishes them by rename, and has them read (<see cref="TakeReading"/>).</summary>
internal sealed class TakeCollector(ComfyClient comfy, VideoProbe probe, TimeProvider clock)
{
    private const int AtOnce = 4;

    private readonly FileTransfer transfer = new(comfy, clock);

    private readonly TakeReading reading = new(probe);

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
        return await reading.ReadAsync(take.Source, [.. fetched.Select(f => new TakeFile(f.Name, f.File.Bytes, f.File.Sha256))], folder, name, cancel);
    }

    // Two nodes or subfolders may use one name twice; the second gets its position in front, or the next number that no file announces.
    private static IReadOnlyList<string> LocalNames(IReadOnlyList<AnnouncedFile> files)
    {
        var announced = files.Select(f => f.FileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. files.Select((f, i) => used.Add(f.FileName) ? f.FileName : Numbered(f.FileName, i))];

        string Numbered(string name, int from) =>
            Enumerable.Range(from, (files.Count * 2) + 1).Select(n => $"{n:00000}-{name}").First(n => !announced.Contains(n) && used.Add(n));
    }

    private async Task<Fetched> FetchAsync(AnnouncedFile file, string local, string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, local);
        if (arrived.TryGetValue(path, out var here))
        {
            return here;
        }

        Fetched fetched;
        using (SideEffects.OnFile(SideEffects.Fetch, path))
        {
            fetched = new Fetched(local, await transfer.FetchAsync(file, path + AtomicFile.TempSuffix, cancel));
        }

        if (fetched.Problem is null)
        {
            AtomicFile.Rename(path + AtomicFile.TempSuffix, path);
            arrived[path] = fetched;
        }

        return fetched;
    }

    private sealed record Fetched(string Name, Transferred File)
    {
        public static Fetched NotTried { get; } = new("", Transferred.Failed("not tried"));

        public string? Problem => File.Problem;

        public bool Silent => File.Silent;
    }
}
