using static Dailies.Contract.SummaryEscape;
using static Dailies.Contract.SummaryNumber;

namespace Dailies.Contract;

/// <summary>Every kind of line in run-summary.txt (contract §7), without its stamp. Values are escaped here and nowhere else.</summary>
public static class SummaryLine
{
    /// <summary>What the first line starts with; it has no stamp.</summary>
    public const string HeaderStart = "E2E Story-to-Video Run: ";

    /// <summary>The second line of every run that drew storyboards.</summary>
    public const string Animatic = "Renderer: embedded Animatic (storyboards, not a diffusion model)";

    /// <summary>The artifact index begins here; it and its lines have no stamp.</summary>
    public const string IndexTitle = "## Artifact Index";

    /// <summary>The last line of a good run.</summary>
    public const string ValidationPassed = "[Validation] run-summary validation passed";

    /// <summary>Behind <c>[Scene scene-001] </c>.</summary>
    public const string TelemetryStart = "Telemetry: ";

    /// <summary>What every total line starts with.</summary>
    public const string SceneSummaryStart = "Scene summary: ";

    /// <summary>The first line.</summary>
    public static string Header(string runId) => HeaderStart + runId;

    /// <summary>Any body line.</summary>
    public static string Stamped(DateTimeOffset at, string line) => $"[{Stamp.Text(at)}] {line}";

    /// <summary>What the line of the workflow and its notes start with.</summary>
    public const string WorkflowStart = "[Workflow] ";

    /// <summary>What the line of each station starts with.</summary>
    public const string StationStart = "[Station] ";

    /// <summary>A station that answered.</summary>
    public static string Station(StationRecord s) =>
        $"{StationStart}{Escape(s.Name)}: {Escape(s.Url)} ({s.Renderer} {Escape(s.ComfyVersion ?? "of unknown version")}, {Escape(s.Gpu ?? "unknown GPU")})";

    /// <summary>The story is there.</summary>
    public static string StoryReady(string storyId, int scenes) => $"Story ready: {Escape(storyId)} (scenes={Text(scenes)})";

    /// <summary>The director's vision.</summary>
    public static string Vision(string text) => $"Director's vision: {Escape(text)}";

    /// <summary>The logline.</summary>
    public static string Logline(string text) => $"Story logline: {Escape(text)}";

    /// <summary>How the story was written; a story from a file skips the LLM.</summary>
    public static string LlmStatus(string status, string? provider, string? seed, double? milliseconds) =>
        $"Story LLM status: {status} (provider={Escape(provider ?? "n/a")}, seed={Escape(seed ?? "n/a")}, duration={(milliseconds is { } ms ? Text(ms) + "ms" : "n/a")})";

    /// <summary>The LLM's health check, by its status.</summary>
    public static string LlmHealth(HealthCheckRecord check) => check switch
    {
        { Skipped: true, Url: not null } => "[LLM] Health check skipped by operator request",
        { Status: "success" } => $"[LLM] Health check: success (url={Escape(check.Url)}, models={Text(check.Models ?? 0)}, override={Escape(check.Override ?? "default")})",
        { Status: "failed" } => $"[LLM] Health check failed: {Escape(check.Error)} (url={Escape(check.Url)}, override={Escape(check.Override ?? "default")})",
        _ => "[LLM] Health check skipped (no local provider configured)",
    };

    /// <summary>FastIteration with the values in force.</summary>
    public static string FastIteration(QueueConfig config, double sentinelScan, double sentinelStable) =>
        $"FastIteration mode enabled: historyPollInterval={Text(config.HistoryPollIntervalSeconds)}s postExecTimeout={Text(config.PostExecutionTimeoutSeconds)}s "
        + $"sentinelScan={Text(sentinelScan)}s sentinelStable={Text(sentinelStable)}s queueStability={Text(config.StabilitySeconds)}s "
        + $"stabilityRetries={Text(config.StabilityRetries)} doneMarkerTimeout={Text(config.DoneMarkerTimeoutSeconds)}s";

    /// <summary>One settled attempt.</summary>
    public static string Attempt(string sceneId, int attempt, int frames, double seconds, string reason, string? failure, string prefix) =>
        $"[Scene {sceneId}][Attempt {Text(attempt)}] Frames={Text(frames)} Duration={Text(seconds)}s ExitReason={reason} Failure={failure ?? "none"} Prefix={Escape(prefix)}";

    /// <summary>A line of one scene.</summary>
    public static string Scene(string sceneId, string text) => $"[Scene {sceneId}] {text}";

    /// <summary>Where the history entry lies.</summary>
    public static string HistorySaved(string sceneId, string path) => Scene(sceneId, $"History saved: {Escape(path)}");

    /// <summary>The looking ended without a history entry.</summary>
    public static string HistoryWarning(string sceneId, string message, int attempts) => Scene(sceneId, $"HISTORY WARNING: {Escape(message)} (attempts={Text(attempts)})");

    /// <summary>An error that the history reports.</summary>
    public static string HistoryError(string sceneId, string message) => Scene(sceneId, $"HISTORY ERROR: {Escape(message)}");

    /// <summary>Something to look at.</summary>
    public static string Warning(string sceneId, string message) => Scene(sceneId, $"WARNING: {Escape(message)}");

    /// <summary>The literal warning of a take below its floor.</summary>
    public static string BelowFloor(int frames, int floor) => $"Frame count below floor ({Text(frames)}/{Text(floor)})";

    /// <summary>Why a scene has no take.</summary>
    public static string Error(string sceneId, string message) => Scene(sceneId, $"ERROR: {Escape(message)}");

    /// <summary>The scene goes back into the queue.</summary>
    public static string Requeue(string sceneId, int next, int most, string kind, string message) =>
        Scene(sceneId, $"Requeue requested (next attempt {Text(next)}/{Text(most)}) reason: {kind}: {Escape(message)}");

    /// <summary>The scene's one telemetry line.</summary>
    public static string Telemetry(string sceneId, SceneTelemetry telemetry) => Scene(sceneId, TelemetryStart + TelemetryLine.Write(telemetry));

    /// <summary>The totals.</summary>
    public static string SceneSummary(int succeeded, int scenes, int frames, int requeues) =>
        $"{SceneSummaryStart}{Text(succeeded)}/{Text(scenes)} succeeded | total frames={Text(frames)} | requeues={Text(requeues)}";

    /// <summary>How a suite of post-run checks ended; a word of the operator's own names its command.</summary>
    public static string Check(string suite, int exitCode) =>
        CheckRecord.Own.Contains(suite) ? $"Vitest {suite} exitCode={Text(exitCode)}" : $"Check {Escape(suite)} exitCode={Text(exitCode)}";

    /// <summary>The verdict of the validator, with its exit code where it is not 0.</summary>
    public static string Validation(int code) => code == 0 ? ValidationPassed : $"[Validation] run-summary validation failed (code {Text(code)})";

    /// <summary>The index, without stamps. <c>not produced</c> stands where a run made no such file.</summary>
    public static IEnumerable<string> Index(ArtifactMetadata metadata) => Index(
        metadata.Story.StoryDir, metadata.Scenes.Count(s => s.Success), metadata.Scenes.Where(s => s.Success).Sum(s => s.FrameCount), metadata.VitestLogs, metadata.Archive);

    /// <summary>The whole story as one film was made, or not. No line of the index: readers of version 2.0 know that whole.</summary>
    public static string StoryVideo(string? path) => $"[Run] Story video: {Escape(path ?? "not produced")}";

    /// <summary>The contact sheet was drawn, or not.</summary>
    public static string ContactSheet(string? path) => $"[Run] Contact sheet: {Escape(path ?? "not produced")}";

    /// <summary>The index from its values.</summary>
    public static IEnumerable<string> Index(string storyDir, int captured, int frames, VitestLogs logs, string? archive)
    {
        const string none = "not produced";
        yield return IndexTitle;
        yield return $"Story folder: {Escape(storyDir)}";
        yield return $"Scenes captured: {Text(captured)}";
        yield return $"Total frames copied: {Text(frames)}";
        yield return $"Vitest comfyUI log: {Escape(logs.ComfyUI ?? none)}";
        yield return $"Vitest e2e log: {Escape(logs.E2E ?? none)}";
        yield return $"Vitest scripts log: {Escape(logs.Scripts ?? none)}";
        yield return $"Vitest results json: {Escape(logs.ResultsJson ?? none)}";
        yield return $"Archive: {Escape(archive ?? none)}";
    }
}
