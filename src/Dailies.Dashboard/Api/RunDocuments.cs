using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Dashboard.Api;

/// <summary>A run's metadata as JSON: of a run with a ledger as the ledger tells it now, of any other the bytes of its file.</summary>
internal sealed class RunDocuments(string publicDir)
{
    private const long MostBytes = 256 * 1024 * 1024;
    private const int MostKept = 8;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Row, byte[] Json)> kept = [];

    /// <summary>The metadata, or null where there is none.</summary>
    public byte[]? Metadata(RunFolder run) => OfLedger(run) ?? Bytes(run.Root, RunFolder.Metadata);

    /// <summary>The bytes of the public latest-run.json, or null where there is none.</summary>
    public byte[]? Published() => Bytes(publicDir, RunFolder.LatestRun);

    /// <summary>One scene of it, or null. Throws <see cref="JsonException"/> where the metadata is damaged.</summary>
    public byte[]? Scene(RunFolder run, string sceneId)
    {
        if (Metadata(run) is not { } bytes)
        {
            return null;
        }

        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.ValueKind is JsonValueKind.Object
            && json.RootElement.TryGetProperty(nameof(ArtifactMetadata.Scenes), out var scenes) && scenes.ValueKind is JsonValueKind.Array
            && scenes.EnumerateArray().FirstOrDefault(s => IsScene(s, sceneId)) is { ValueKind: JsonValueKind.Object } scene
            ? JsonSerializer.SerializeToUtf8Bytes(scene, ContractJson.Pascal)
            : null;
    }

    // Of a file that really lies below the root.
    private static byte[]? Bytes(string root, string name) =>
        RealPath.Below(root, name.Split('/')) is { } path && new FileInfo(path) is { Exists: true, Length: > 0 and <= MostBytes } ? File.ReadAllBytes(path) : null;

    private static bool IsScene(JsonElement scene, string sceneId) =>
        scene.ValueKind is JsonValueKind.Object && scene.TryGetProperty(nameof(SceneRecord.SceneId), out var id) && id.ValueKind is JsonValueKind.String && id.ValueEquals(sceneId);

    private byte[]? OfLedger(RunFolder run)
    {
        if (RealPath.Below(run.Root, [RunFolder.Ledger]) is not { } path)
        {
            return null;
        }

        try
        {
            var row = RunLedger.LastRow(path);
            lock (gate)
            {
                if (kept.TryGetValue(path, out var last) && last.Row == row)
                {
                    return last.Json;
                }
            }

            // Rows that come after the count only make the answer newer than it is kept for.
            if (RunState.Fold(RunLedger.Read(path)) is not { Plan: not null } state)
            {
                return null;
            }

            var json = MetadataProjection.Project(state).Write();
            lock (gate)
            {
                if (kept.Count >= MostKept)
                {
                    kept.Clear();
                }

                kept[path] = (row, json);
            }

            return json;
        }
        catch (Exception e) when (e is SqliteException or JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
