using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Dailies.Dashboard.Tests;

/// <summary>A folder of runs of one test's own, made of the samples that the core's tests keep.</summary>
internal sealed class RunsOnDisk : IDisposable
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public string Folder { get; } = Directory.CreateTempSubdirectory("dailies-runs-").FullName;

    /// <summary>The kept sample of version 2.0.</summary>
    public static JsonObject Sample() => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository, "tests/Dailies.Tests/Schemas/Samples/2.0/artifact-metadata.json")))!.AsObject();

    /// <summary>A metadata file of version 1.</summary>
    public static string VersionOne() => File.ReadAllText(Directory.EnumerateFiles(Path.Combine(Repository, "tests/Dailies.Tests/Validation/V1Samples"), "artifact-metadata.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First());

    /// <summary>A run without a ledger; returns its folder.</summary>
    public string Add(string runId, Action<JsonObject>? change = null)
    {
        var metadata = Sample();
        metadata["RunId"] = runId;
        change?.Invoke(metadata);
        return Add(runId, metadata.ToJsonString());
    }

    /// <summary>A run with any metadata.</summary>
    public string Add(string runId, string metadata)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, runId)).FullName;
        File.WriteAllText(Path.Combine(folder, "artifact-metadata.json"), metadata);
        return folder;
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
