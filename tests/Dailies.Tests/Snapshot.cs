using System.Runtime.CompilerServices;

namespace Dailies.Tests;

/// <summary>Compares text with a kept file; `DAILIES_UPDATE_SNAPSHOTS=1 ./test` writes the files anew.
/// Why our own: docs/decisions/2026-11-23-snapshots.md.</summary>
internal static class Snapshot
{
    public static void Match(string actual, string name, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", name + ".txt");
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("DAILIES_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: run with DAILIES_UPDATE_SNAPSHOTS=1 and review it");
        text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"differs from {path}");
    }
}
