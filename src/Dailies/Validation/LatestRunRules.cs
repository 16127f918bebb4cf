using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-904: latest-run.json at its default place, when it is there and of this run.</summary>
internal static class LatestRunRules
{
    private const string DefaultPublicDir = "public";

    // Far larger than the metadata, it is no older state of it.
    private const int LargestDifference = 64 * 1024 * 1024;

    public static void Judge(RunEvidence run, byte[] metadata)
    {
        if (Path.GetDirectoryName(Path.GetDirectoryName(run.Root)) is not { } work || run.Running)
        {
            return;
        }

        var path = Path.Combine(work, DefaultPublicDir, RunFolder.LatestRun);
        try
        {
            if (!File.Exists(path) || RunFile.Read(path, metadata.Length + LargestDifference) is not { } latest || latest.AsSpan().SequenceEqual(metadata))
            {
                return;
            }

            if (JsonElement.Parse(latest) is var json && new JsonView(json, "").Text("RunId") is { } id && id == run.Metadata?.Text("RunId"))
            {
                run.Findings.Add(LatestRun, Path.GetRelativePath(run.Root, path).Replace('\\', '/'), "", null, "the bytes of " + RunFolder.Metadata, "other bytes");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // Not ours to judge: it lies outside the run and can't be shown to be of this run.
        }
    }
}
