using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dailies.Contract;

/// <summary>How one suite of post-run checks went (contract §8; the spelling is literal).</summary>
/// <param name="Suite"><c>comfyUI</c>, <c>e2e</c>, <c>scripts</c>, or the name of a configured command.</param>
/// <param name="ExitCode">0: all well.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="LogPath">What it said, relative to the run folder.</param>
/// <param name="StartedAt">When it began.</param>
/// <source>Dailies itself</source>
public sealed record CheckRecord(string Suite, int ExitCode, long DurationMs, string LogPath, DateTimeOffset StartedAt)
{
    /// <summary>The suite that could not be ended: killed at its time limit, as timeout(1) says it.</summary>
    public const int TimedOut = 124;

    /// <summary>The suite was cut off by the operator.</summary>
    public const int Interrupted = 130;

    /// <summary>Each station's routes against the recorded protocol.</summary>
    public const string ComfyUI = "comfyUI";

    /// <summary>The run as it lies on disk.</summary>
    public const string E2E = "e2e";

    /// <summary>The tools that a run uses.</summary>
    public const string Scripts = "scripts";

    /// <summary>The three that every run has, in their order.</summary>
    public static IReadOnlyList<string> Own { get; } = [ComfyUI, E2E, Scripts];
}

/// <summary>vitest-results.json: the name is kept for existing readers (contract §8).</summary>
/// <param name="ComfyExit">Exit code of the checks of the stations; null where they were not made.</param>
/// <param name="E2eExit">Exit code of the checks of the run on disk; null where they were not made.</param>
/// <param name="ScriptsExit">Exit code of the checks of the tools; null where they were not made.</param>
/// <param name="ComfyLog">Log of the checks of the stations, relative to the run folder.</param>
/// <param name="E2eLog">Log of the checks of the run on disk, relative to the run folder.</param>
/// <param name="ScriptsLog">Log of the checks of the tools, relative to the run folder.</param>
/// <param name="RunDir">The run folder as the operator named it, with <c>/</c>.</param>
/// <param name="Timestamp">When the last of them had ended.</param>
/// <param name="Checks">Every suite, one by one; <c>suites</c> in the file.</param>
/// <source>Dailies itself</source>
public sealed record VitestResults(
    int? ComfyExit, int? E2eExit, int? ScriptsExit, string? ComfyLog, string? E2eLog, string? ScriptsLog, string RunDir, DateTimeOffset Timestamp,
    [property: JsonIgnore] IReadOnlyList<CheckRecord> Checks)
{
    /// <summary>The results of a run's checks.</summary>
    public static VitestResults Of(string runDir, DateTimeOffset at, IReadOnlyList<CheckRecord> checks)
    {
        var (comfy, e2e, scripts) = (Find(checks, CheckRecord.ComfyUI), Find(checks, CheckRecord.E2E), Find(checks, CheckRecord.Scripts));
        return new VitestResults(comfy?.ExitCode, e2e?.ExitCode, scripts?.ExitCode, comfy?.LogPath, e2e?.LogPath, scripts?.LogPath, runDir, at, checks);
    }

    /// <summary>The file's bytes: camelCase, but for the suites, whose members are PascalCase.</summary>
    public byte[] Write()
    {
        var json = JsonSerializer.SerializeToNode(this, ContractJson.Camel)!.AsObject();
        json["suites"] = JsonSerializer.SerializeToNode(Checks, ContractJson.Pascal);
        return [.. JsonSerializer.SerializeToUtf8Bytes(json, ContractJson.Pascal), (byte)'\n'];
    }

    /// <summary>One line for the metadata: <c>comfyUI=0 e2e=0 scripts=1</c>.</summary>
    public static string Summary(IReadOnlyList<CheckRecord> checks) => string.Join(' ', checks.Select(c => $"{c.Suite}={SummaryNumber.Text(c.ExitCode)}"));

    private static CheckRecord? Find(IReadOnlyList<CheckRecord> checks, string suite) => checks.FirstOrDefault(c => c.Suite == suite);
}
