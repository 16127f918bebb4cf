using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Validation;
using Microsoft.Data.Sqlite;

namespace Dailies.Dashboard.Reading;

/// <summary>Where what a page shows of a run comes from.</summary>
public enum RunSource
{
    /// <summary>Its ledger: the truth, also while it goes on.</summary>
    Ledger,

    /// <summary>Its two JSON files: a copy, or somebody else's run.</summary>
    Files,

    /// <summary>The files of a version 1 run.</summary>
    VersionOne,

    /// <summary>Nothing that can be read.</summary>
    Damaged,
}

/// <summary>One run as it was read at one moment.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Metadata">artifact-metadata.json, or what it would be now; null where nothing can be read.</param>
/// <param name="Damage">Why not.</param>
public sealed record RunReading(RunFolder Folder, RunSource Source, JsonElement? Metadata, string? Damage = null)
{
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>The folded ledger, where there is one.</summary>
    public RunState? State { get; init; }

    /// <summary>How far running attempts are.</summary>
    public IReadOnlyList<AttemptProgress> Progress { get; init; } = [];

    /// <summary>It goes on: a controller works on it.</summary>
    public bool IsLive { get; init; }

    /// <summary>Reads a run folder. Never throws for what lies in it.</summary>
    public static RunReading Of(string folder)
    {
        var run = new RunFolder(folder);
        return OfLedger(run) ?? OfFiles(run);
    }

    /// <summary>What the validator says of the files; frames are not read.</summary>
    public Verdict Judge() => RunValidator.Validate(Folder.Root, new ValidationOptions { Deep = false, Archive = false });

    private static RunReading? OfLedger(RunFolder run)
    {
        try
        {
            var path = run.At(RunFolder.Ledger);
            // A link may lead out of the run: what lies there is not the run's.
            if (!File.Exists(path) || new FileInfo(path).LinkTarget is not null || RunState.Fold(RunLedger.Read(path)) is not { Plan: not null } state)
            {
                return null;
            }

            var live = state.Ended is null && RunLock.IsHeld(run.Root);
            return new RunReading(run, RunSource.Ledger, JsonSerializer.SerializeToElement(MetadataProjection.Project(state), ContractJson.Pascal))
            {
                State = state,
                IsLive = live,
                Progress = live ? RunLedger.ReadProgress(path) : [],
            };
        }
        catch (Exception e) when (e is SqliteException or JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static RunReading OfFiles(RunFolder run)
    {
        var path = run.At(RunFolder.Metadata);
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return new RunReading(run, RunSource.Damaged, null, $"{RunFolder.Metadata} is a link");
            }

            if (new FileInfo(path).Length > MostBytes)
            {
                return new RunReading(run, RunSource.Damaged, null, $"{RunFolder.Metadata} has more than {MostBytes / 1048576} MB");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement.Clone();
            return root.ValueKind != JsonValueKind.Object
                ? new RunReading(run, RunSource.Damaged, null, $"{RunFolder.Metadata} is no JSON object")
                : new RunReading(run, root.TryGetProperty("ContractVersion", out _) ? RunSource.Files : RunSource.VersionOne, root);
        }
        catch (FileNotFoundException)
        {
            return new RunReading(run, RunSource.Damaged, null, $"it has neither a ledger that can be read nor {RunFolder.Metadata}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new RunReading(run, RunSource.Damaged, null, $"{RunFolder.Metadata} can't be read: {e.Message}");
        }
    }
}
