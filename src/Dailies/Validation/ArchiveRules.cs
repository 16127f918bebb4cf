using System.Buffers.Binary;
using System.IO.Compression;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-905 to TC-907: the archive that the metadata names. It lies outside the run, so it is judged only where its name is this run's.</summary>
internal static class ArchiveRules
{
    // A listing of a million files; ours have hundreds.
    private const long LargestListing = 128 * 1024 * 1024;

    public static void Judge(RunEvidence run)
    {
        if (!run.Options.Archive || run.Metadata is not { } json || json.Text("Archive") is not { } named || json.Text("RunId") is not { } id)
        {
            return;
        }

        var path = Candidates(run.Root, named, json.Text("RunDir")).FirstOrDefault(RunFile.Exists);
        if (path is null || named.Split('/', '\\')[^1] != RunFolder.Archive(id))
        {
            run.InMetadata(ArchiveMissing, json.At("Archive"), null, RunFolder.Archive(id), path is null ? $"no file {named}" : named);
            return;
        }

        try
        {
            using var file = Open(path);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            JudgeEntries(run, zip, id, named);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            run.Findings.Add(ArchiveLacks, named, "", null, "a zip that can be read", e.GetType().Name);
        }
    }

    private static void JudgeEntries(RunEvidence run, ZipArchive zip, string id, string named)
    {
        var entries = zip.Entries.GroupBy(e => e.FullName).ToDictionary(g => g.Key, g => g.Last());
        foreach (var name in Needed(run).Distinct(StringComparer.Ordinal))
        {
            if (!entries.ContainsKey($"{id}/{name}"))
            {
                run.Findings.Add(ArchiveLacks, named, "", null, $"{id}/{name}", "no such entry");
            }
        }

        foreach (var name in new[] { RunFolder.Summary, RunFolder.Metadata })
        {
            if (entries.GetValueOrDefault($"{id}/{name}") is { } entry && !Same(entry, Path.Combine(run.Root, name)))
            {
                run.Findings.Add(ArchiveDiffers, named, $"{id}/{name}", null, $"the bytes of {name}", "other bytes");
            }
        }
    }

    // What the run's own rules miss already is not asked for a second time.
    private static IEnumerable<string> Needed(RunEvidence run)
    {
        var paths = new RunPaths(run.Root);
        var scenes = run.Scenes.SelectMany(s => new[] { s.Json.Text("HistoryPath"), s.Json.Object("Video")?.Text("Path") });
        string?[] named = [RunFolder.Summary, RunFolder.Metadata, RunFolder.LedgerExport, run.Metadata?.Object("Story")?.Text("File"), run.Metadata?.Object("StoryVideo")?.Text("Path"), .. run.Metadata?.Object("ContactSheet")?.Texts("Pages") ?? [], .. scenes];
        return named.OfType<string>().Select(n => n.Replace('\\', '/')).Where(n => paths.Resolve(n) is { } path && RunFile.Exists(path));
    }

    private static bool Same(ZipArchiveEntry entry, string path)
    {
        if (!RunFile.Exists(path) || entry.Length != RunFile.Length(path) || RunFile.Read(path, entry.Length) is not { } right)
        {
            return false;
        }

        var bytes = new byte[right.Length];
        using var content = entry.Open();
        return content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && content.ReadByte() < 0 && bytes.AsSpan().SequenceEqual(right);
    }

    // Relative paths are the working folder's: above the run folder by as much as RunDir says, else the one above the folder of runs.
    private static IEnumerable<string> Candidates(string root, string named, string? runDir)
    {
        if (named.Contains('\0', StringComparison.Ordinal))
        {
            yield break;
        }

        if (Path.IsPathRooted(named))
        {
            yield return named;
            yield break;
        }

        var shown = Path.DirectorySeparatorChar + (runDir ?? "").Replace('/', Path.DirectorySeparatorChar);
        if (shown.Length > 1 && root.EndsWith(shown, StringComparison.Ordinal))
        {
            yield return Path.Combine(root[..^shown.Length], named);
        }
        else if (Path.GetDirectoryName(Path.GetDirectoryName(root)) is { } work)
        {
            yield return Path.Combine(work, named);
        }
    }

    // The list is read whole by what reads it: so its size is looked at before.
    private static FileStream Open(string path)
    {
        if (RunFile.Length(path) == 0)
        {
            throw new InvalidDataException("empty");
        }

        var file = File.OpenRead(path);
        try
        {
            return ListingBytes(file) <= LargestListing ? file : throw new InvalidDataException("its list is too long");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // The end record: PK 05 06, at 12 the size of the list; FFFFFFFF: it stands at 40 of the end record of zip64, PK 06 06, before it.
    private static long ListingBytes(FileStream file)
    {
        const int mostEnd = 22 + ushort.MaxValue + 20 + 56;
        var end = new byte[Math.Min(file.Length, mostEnd)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        file.Seek(0, SeekOrigin.Begin);
        var at = end.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || end.Length < at + 22)
        {
            throw new InvalidDataException("no end record");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 12));
        var large = end.AsSpan(0, at).LastIndexOf("PK\u0006\u0006"u8);
        return size < uint.MaxValue ? size
            : large >= 0 && large + 48 <= at ? (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(large + 40)), long.MaxValue)
            : throw new InvalidDataException("no end record of zip64");
    }
}
