using System.IO.Compression;
using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-905 to TC-907: archives gone, of another run, torn, thin, made too early.</summary>
internal static class ArchiveMutations
{
    private static readonly string Name = $"artifacts/{RunFolder.Archive(GoodMetadata.RunId)}";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Archived("TC-905", "no archive", _ => { }),
        Archived("TC-905", "an archive of another run", r => Write(r, "artifacts/other.zip"), "artifacts/other.zip"),
        Archived("TC-906", "no video in the archive", r => Write(r, Name, skip: "video/scene-001.mp4")),
        Archived("TC-906", "no ledger in the archive", r => Write(r, Name, skip: RunFolder.LedgerExport)),
        Archived("TC-906", "an archive without a folder of the run's name", r => Write(r, Name, root: "run")),
        Archived("TC-906", "half an archive", r =>
        {
            Write(r, Name);
            var bytes = File.ReadAllBytes(r.Outside(Name));
            File.WriteAllBytes(r.Outside(Name), bytes[..(bytes.Length / 2)]);
        }),
        Archived("TC-906", "an empty archive", r => WriteBytes(r, [])),
        Archived("TC-906", "no zip", r => WriteBytes(r, "PK\u0005\u0006"u8.ToArray())),
        Archived("TC-906", "a list of 2 GB", r => WriteBytes(r, [.. "PK\u0005\u0006"u8, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0])),
        Archived("TC-906", "a zip64 list of 9 EB", r => WriteBytes(r, [.. "PK\u0006\u0006"u8, .. new byte[36], .. Enumerable.Repeat((byte)0x7F, 8), .. new byte[8], .. "PK\u0005\u0006"u8, .. Enumerable.Repeat((byte)0xFF, 18)])),
        Archived("TC-907", "an archive older than the metadata", r =>
        {
            Write(r, Name);
            r.Json(text => text + "\n");
        }),
        Archived("TC-907", "another summary in the archive", r =>
        {
            Write(r, Name);
            r.Text(text => text.Replace("+00:00", "Z", StringComparison.Ordinal) + "\n");
        }),
    ];

    /// <summary>Everything of the run as it stands, as an archive outside of it.</summary>
    public static void Write(GoodRun run, string name, string? skip = null, string root = GoodMetadata.RunId)
    {
        run.File(RunFolder.LedgerExport, "{}"u8);
        Directory.CreateDirectory(Path.GetDirectoryName(run.Outside(name))!);
        using var zip = ZipFile.Open(run.Outside(name), ZipArchiveMode.Create);
        foreach (var file in Directory.EnumerateFiles(run.Folder, "*", SearchOption.AllDirectories))
        {
            var inside = Path.GetRelativePath(run.Folder, file).Replace('\\', '/');
            if (inside != skip)
            {
                zip.CreateEntryFromFile(file, $"{root}/{inside}");
            }
        }
    }

    private static void WriteBytes(GoodRun run, byte[] bytes)
    {
        Directory.CreateDirectory(run.Outside("artifacts"));
        File.WriteAllBytes(run.Outside(Name), bytes);
    }

    private static Mutation Archived(string code, string what, Action<GoodRun> edit, string? named = null) =>
        Change(code, what, m => m with { Archive = named ?? Name }) with { Break = edit };
}
