using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>Every kind of summary line against the literal text of contract §7.</summary>
public class SummaryLineTests
{
    private static readonly HealthCheckRecord Healthy = new("http://127.0.0.1:1234/v1/models", null, "success", 3, null, Samples.Night, false, null);
    private static readonly HealthCheckRecord NotAsked = new(null, null, "not requested", null, null, Samples.Night, true, "no provider");

    public static TheoryData<string, string> Lines => new()
    {
        { SummaryLine.Header("20261123-221507"), "E2E Story-to-Video Run: 20261123-221507" },
        { SummaryLine.Stamped(Samples.Night, "x"), "[2026-11-23T22:15:07.042Z] x" },
        { SummaryLine.Animatic, "Renderer: embedded Animatic (storyboards, not a diffusion model)" },
        { SummaryLine.StoryReady("the-lighthouse", 3), "Story ready: the-lighthouse (scenes=3)" },
        { SummaryLine.Vision("Slow\nand blue"), "Director's vision: Slow\\nand blue" },
        { SummaryLine.Logline("A keeper | a storm"), "Story logline: A keeper \\u007c a storm" },
        { SummaryLine.LlmStatus("success", "http://127.0.0.1:1234", "42", 1834), "Story LLM status: success (provider=http://127.0.0.1:1234, seed=42, duration=1834ms)" },
        { SummaryLine.LlmStatus("skipped", null, null, null), "Story LLM status: skipped (provider=n/a, seed=n/a, duration=n/a)" },
        { SummaryLine.LlmHealth(Healthy), "[LLM] Health check: success (url=http://127.0.0.1:1234/v1/models, models=3, override=default)" },
        { SummaryLine.LlmHealth(Healthy with { Override = "http://h/" }), "[LLM] Health check: success (url=http://127.0.0.1:1234/v1/models, models=3, override=http://h/)" },
        { SummaryLine.LlmHealth(Healthy with { Status = "failed", Error = "refused" }), "[LLM] Health check failed: refused (url=http://127.0.0.1:1234/v1/models, override=default)" },
        { SummaryLine.LlmHealth(Healthy with { Status = "skipped", Skipped = true }), "[LLM] Health check skipped by operator request" },
        { SummaryLine.LlmHealth(NotAsked), "[LLM] Health check skipped (no local provider configured)" },
        {
            SummaryLine.FastIteration(new QueueConfig(1, 600, 1, 0, 15, true, 15, 1, 2, 900, new Dictionary<string, string>()), 0.5, 1),
            "FastIteration mode enabled: historyPollInterval=1s postExecTimeout=15s sentinelScan=0.5s sentinelStable=1s queueStability=1s stabilityRetries=2 doneMarkerTimeout=15s"
        },
        { PolicyLine.Write(Samples.Policy), "Queue policy: sceneRetries=1, historyMaxWait=600s, historyPollInterval=2s, historyMaxAttempts=unbounded, postExecutionTimeout=30s" },
        {
            PolicyLine.Write(Samples.Policy with { SceneRetryBudget = 0, HistoryMaxWaitSeconds = 90.5, HistoryPollIntervalSeconds = 0.25, HistoryMaxAttempts = 7, PostExecutionTimeoutSeconds = 0 }),
            "Queue policy: sceneRetries=0, historyMaxWait=90.5s, historyPollInterval=0.25s, historyMaxAttempts=7, postExecutionTimeout=0s"
        },
        { SummaryLine.Attempt("scene-001", 1, 25, 136.8, "success", null, "dailies/r/s"), "[Scene scene-001][Attempt 1] Frames=25 Duration=136.8s ExitReason=success Failure=none Prefix=dailies/r/s" },
        { SummaryLine.Attempt("scene-001", 2, 0, 10, "maxWait", "timedOut", "p"), "[Scene scene-001][Attempt 2] Frames=0 Duration=10s ExitReason=maxWait Failure=timedOut Prefix=p" },
        { SummaryLine.HistorySaved("scene-001", "scene-001/history.json"), "[Scene scene-001] History saved: scene-001/history.json" },
        { SummaryLine.HistoryWarning("scene-001", "no entry", 65), "[Scene scene-001] HISTORY WARNING: no entry (attempts=65)" },
        { SummaryLine.HistoryError("scene-001", "bad shape"), "[Scene scene-001] HISTORY ERROR: bad shape" },
        { SummaryLine.Warning("scene-001", SummaryLine.BelowFloor(19, 25)), "[Scene scene-001] WARNING: Frame count below floor (19/25)" },
        { SummaryLine.Error("scene-001", "rejected: no such checkpoint"), "[Scene scene-001] ERROR: rejected: no such checkpoint" },
        { SummaryLine.Requeue("scene-001", 2, 2, "outOfMemory", "too big"), "[Scene scene-001] Requeue requested (next attempt 2/2) reason: outOfMemory: too big" },
        { SummaryLine.Telemetry("scene-001", Samples.Telemetry)[..53], "[Scene scene-001] Telemetry: DurationSeconds=10s | Ma" },
        { SummaryLine.SceneSummary(3, 3, 75, 0), "Scene summary: 3/3 succeeded | total frames=75 | requeues=0" },
        { SummaryLine.Validation(0), "[Validation] run-summary validation passed" },
        { SummaryLine.Validation(1), "[Validation] run-summary validation failed (code 1)" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_written_to_the_letter(string line, string text) => line.ShouldBe(text);

    [Fact]
    public void The_index_is_written_to_the_letter() => SummaryLine.Index("story", 3, 75, new VitestLogs("checks/vitest-comfyui.log", "checks/vitest-e2e.log", null, "vitest-results.json"), null).ShouldBe(
    [
        "## Artifact Index",
        "Story folder: story",
        "Scenes captured: 3",
        "Total frames copied: 75",
        "Vitest comfyUI log: checks/vitest-comfyui.log",
        "Vitest e2e log: checks/vitest-e2e.log",
        "Vitest scripts log: not produced",
        "Vitest results json: vitest-results.json",
        "Archive: not produced",
    ]);

    [Fact]
    public void A_policy_line_reads_back_as_it_was_written() => PolicyLine.Read(PolicyLine.Write(Samples.Policy)[PolicyLine.Start.Length..]).ShouldBe(PolicyLine.Expected(Samples.Policy));

    [Theory]
    [InlineData("", ":")]
    [InlineData("sceneRetries, x=1=2", "sceneRetries: x:1=2")]
    public void A_broken_policy_line_reads_as_what_it_says(string text, string parts) =>
        string.Join(' ', PolicyLine.Read(text).Select(p => $"{p.Key}:{p.Value}")).ShouldBe(parts);
}
