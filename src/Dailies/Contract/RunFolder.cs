using System.Globalization;

namespace Dailies.Contract;

/// <summary>Every path of a run (contract §1). Names are relative to the run folder and use <c>/</c>; methods that take a scene or an attempt
/// only ever see ids of ours, so no path can leave the folder.</summary>
public sealed class RunFolder(string root)
{
    /// <summary>For people and greps: read this first. One line for each thing that happened, one Telemetry line a scene.</summary>
    public const string Summary = "run-summary.txt";

    /// <summary>For programs: the same, value for value. Written anew as scenes settle.</summary>
    public const string Metadata = "artifact-metadata.json";

    /// <summary>Exit codes and logs of the post-run checks.</summary>
    public const string VitestResults = "vitest-results.json";

    /// <summary>The truth: every event of the run, in SQLite.</summary>
    public const string Ledger = "ledger.db";

    /// <summary>The ledger's export, one event a line: enough to make every other file anew.</summary>
    public const string LedgerExport = "ledger.jsonl";

    /// <summary>The program's own log.</summary>
    public const string Log = "run.log";

    /// <summary>Laid there by <c>dailies stop</c>: the controller takes its prompt back and ends with evidence.</summary>
    public const string StopRequest = "stop" + RequestSuffix;

    /// <summary>What every wish of the operator's to a controller ends with.</summary>
    public const string RequestSuffix = ".requested";

    /// <summary>Locked by the controller that works on the run.</summary>
    public const string Lock = "controller.lock";

    /// <summary>Laid there by <c>dailies runs pin</c>: the run is never pruned.</summary>
    public const string Pin = "pinned";

    /// <summary>Room kept free on our disk, so that a run that fills it can still write its evidence. Gone when the run has ended.</summary>
    public const string Reserve = "disk.reserve";

    /// <summary>What a station that we started wrote.</summary>
    public const string StationLog = "station.log";

    /// <summary>The story's folder.</summary>
    public const string Story = "story";

    /// <summary>The story as it was rendered.</summary>
    public const string StoryFile = "story/story.json";

    /// <summary>The videos of the scenes.</summary>
    public const string Video = "video";

    /// <summary>The whole story as one film.</summary>
    public const string StoryVideo = "video/story.mp4";

    /// <summary>Where the pieces of the film lie while it is made.</summary>
    public const string StoryPieces = "video/story-pieces";

    /// <summary>Name that stands for the newest run in every verb.</summary>
    public const string Latest = "latest";

    /// <summary>The newest run's metadata, byte for byte; below <c>--public-dir</c>.</summary>
    public const string LatestRun = "artifacts/latest-run.json";

    /// <summary>The absolute path of the run folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The run's id: the folder's name.</summary>
    public string RunId => Path.GetFileName(Root);

    /// <summary>The absolute path of a name below the run folder.</summary>
    public string At(string name) => Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>How a path is shown to the outside: relative to the run folder that it lies in, else its name alone.</summary>
    public static string Shown(string path)
    {
        var parts = path.Split('/', Path.DirectorySeparatorChar);
        return string.Join('/', parts[(Array.FindLastIndex(parts[..^1], RunIds.IsRunId) is var run and >= 0 ? run + 1 : parts.Length - 1)..]);
    }

    /// <summary>One scene of the story, as it stands in story.json.</summary>
    public static string StoryScene(string sceneId) => $"story/scenes/{sceneId}.json";

    /// <summary>The scene as it was rendered.</summary>
    public static string Scene(string sceneId) => $"{sceneId}/scene.json";

    /// <summary>The graph as sent. The accepted attempt's stands in <c>scene-001</c> too.</summary>
    /// <param name="sceneId">The scene.</param>
    /// <param name="attempt">From 1; null for the accepted one's copy.</param>
    public static string Workflow(string sceneId, int? attempt = null) => Of(sceneId, attempt, "workflow.json");

    /// <summary>The history entry as received, byte for byte. The accepted attempt's stands in <c>scene-001</c> too.</summary>
    /// <param name="sceneId">The scene.</param>
    /// <param name="attempt">From 1; null for the accepted one's copy.</param>
    public static string History(string sceneId, int? attempt = null) => Of(sceneId, attempt, "history.json");

    /// <summary>What a suite of post-run checks said.</summary>
    public static string CheckLog(string suite) => $"checks/{(CheckRecord.Own.Contains(suite) ? "vitest-" : "")}{suite.ToLowerInvariant()}.log";

    /// <summary>Where an attempt's frames lie.</summary>
    public static string Frames(string sceneId, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{sceneId}/{FramesStart}{attempt}");

    /// <summary>What the name of a folder of frames begins with.</summary>
    public const string FramesStart = "generated-frames-attempt-";

    /// <summary>What the name of a folder of an attempt begins with.</summary>
    public const string AttemptStart = "attempt-";

    /// <summary>The done marker that an attempt's take was accepted by, as the producer wrote it.</summary>
    public static string Marker(string sceneId, int attempt) => Of(sceneId, attempt, sceneId + DoneMarker.Suffix);

    /// <summary>Why frames were copied without proof.</summary>
    public static string ForcedCopyDebug(string sceneId, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{sceneId}/forced-copy-debug-{at.UtcDateTime:yyyyMMddHHmmss}.txt");

    /// <summary>The zip of a run, made last of all; below <c>--archive-dir</c>.</summary>
    public static string Archive(string runId) => $"comfyui-e2e-{runId}.zip";

    /// <summary>What the station, our own child, wrote during an attempt.</summary>
    public static string AttemptLog(string sceneId, int attempt) => Of(sceneId, attempt, "station.log");

    /// <summary>Laid there by <c>dailies retry</c> while a controller works on the run: it gives the scene one more attempt. The file holds the seed, or nothing.</summary>
    public static string RetryRequest(string sceneId) => $"retry-{sceneId}{RequestSuffix}";

    /// <summary>The scene's video; with the extension of the renderer's own file where it made one.</summary>
    /// <param name="sceneId">The scene.</param>
    /// <param name="extension">With its dot.</param>
    public static string SceneVideo(string sceneId, string extension) => $"{Video}/{sceneId}{extension}";

    /// <summary>A page of the contact sheet, from 1: <c>video/contact-sheet.png</c>, <c>video/contact-sheet-2.png</c> …</summary>
    public static string ContactSheet(int page) => string.Create(CultureInfo.InvariantCulture, $"{Video}/contact-sheet{(page == 1 ? "" : $"-{page}")}.png");

    /// <summary>A piece of the film while it is made, from 1.</summary>
    public static string StoryPiece(int number) => string.Create(CultureInfo.InvariantCulture, $"{StoryPieces}/{number:00000}.mov");

    /// <summary><c>scene-001</c> for 1.</summary>
    public static string SceneId(int number) => string.Create(CultureInfo.InvariantCulture, $"scene-{number:000}");

    private static string Of(string sceneId, int? attempt, string file) => attempt is { } n
        ? string.Create(CultureInfo.InvariantCulture, $"{sceneId}/{AttemptStart}{n}/{file}")
        : $"{sceneId}/{file}";
}

/// <summary>Run ids: UTC <c>yyyyMMdd-HHmmss</c>.</summary>
public static class RunIds
{
    /// <summary>The id of a run that begins now; <paramref name="taken"/> tells which ids exist, a later run of the same second gets <c>-2</c>.</summary>
    public static string Next(DateTimeOffset now, Func<string, bool> taken)
    {
        var first = now.ToUniversalTime().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var id = first;
        for (var n = 2; taken(id); n++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{first}-{n}");
        }

        return id;
    }

    /// <summary>Whether a folder's name is a run id.</summary>
    public static bool IsRunId(string name) =>
        name.Length >= 15 && name[8] == '-' && name[..8].All(char.IsAsciiDigit) && name[9..15].All(char.IsAsciiDigit)
        && (name.Length == 15 || (name[15] == '-' && name.Length > 16 && name[16..].All(char.IsAsciiDigit)));

    /// <summary>Sorts ids by time: <c>…-10</c> after <c>…-9</c>.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create((a, b) =>
        a.Length >= 15 && b.Length >= 15 && a[..15] == b[..15] && a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));
}
