using CsCheck;
using Dailies.Contract;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Tests.Queueing;

/// <summary>The knobs as contract §2 names them, and what they become.</summary>
public class QueueOptionsTests
{
    // Key, option, environment, default, fast, allowed, name in QueueConfig.Origins.
    public static TheoryData<string, string, string?, string, string?, string, string> Knobs => new()
    {
        { "sceneRetryBudget", "--scene-retry-budget", "SCENE_RETRY_BUDGET", "1", null, "a whole number, at least 0, at most 10", "SceneRetryBudget" },
        { "sceneMaxWaitSeconds", "--scene-max-wait-seconds", "SCENE_MAX_WAIT_SECONDS", "600", null, "a number, above 0, at most 86400", "HistoryMaxWaitSeconds" },
        { "sceneHistoryMaxAttempts", "--scene-history-max-attempts", "SCENE_HISTORY_MAX_ATTEMPTS", "0", null, "a whole number, at least 0", "HistoryMaxAttempts" },
        { "sceneHistoryPollIntervalSeconds", "--scene-history-poll-interval-seconds", "SCENE_HISTORY_POLL_INTERVAL_SECONDS", "2", "1", "a number, at least 0.1, at most 86400", "HistoryPollIntervalSeconds" },
        { "scenePostExecutionTimeoutSeconds", "--scene-post-execution-timeout-seconds", "SCENE_POST_EXECUTION_TIMEOUT_SECONDS", "30", "15", "a number, at least 0, at most 86400", "PostExecutionTimeoutSeconds" },
        { "waitForDoneMarker", "--wait-for-done-marker", "WAIT_FOR_DONE_MARKER", "auto", null, "auto, true, false", "WaitForDoneMarker" },
        { "doneMarkerTimeoutSeconds", "--done-marker-timeout-seconds", "DONE_MARKER_TIMEOUT_SECONDS", "60", "15", "a number, at least 0, at most 86400", "DoneMarkerTimeoutSeconds" },
        { "stabilitySeconds", "--stability-seconds", "STABILITY_SECONDS", "5", "1", "a number, at least 0, at most 86400", "StabilitySeconds" },
        { "stabilityRetries", "--stability-retries", "STABILITY_RETRIES", "3", "2", "a whole number, at least 0", "StabilityRetries" },
        { "stallTimeoutSeconds", "--stall-timeout-seconds", "STALL_TIMEOUT_SECONDS", "900", null, "a number, at least 0, at most 864000", "StallTimeoutSeconds" },
        { "sceneQueueWaitSeconds", "--scene-queue-wait-seconds", "SCENE_QUEUE_WAIT_SECONDS", "3600", null, "a number, at least 0, at most 864000", "SceneQueueWaitSeconds" },
        { "fps", "--fps", "SCENE_FPS", "24", null, "a number, at least 1, at most 240", "Fps" },
        { "scanIntervalSeconds", "--scan-interval-seconds", null, "2", "0.5", "a number, above 0, at most 86400", "ScanIntervalSeconds" },
        { "stableSeconds", "--stable-seconds", null, "3", "1", "a number, above 0, at most 86400", "StableSeconds" },
        { "belowFloor", "--below-floor", null, "retry", null, "warn, retry, fail", "BelowFloor" },
        { "gate", "--gate", null, "warn", null, "off, warn, retry", "Gate" },
        { "gateDark", "--gate-dark", null, "4", null, "a number, at least 0, at most 255", "GateDark" },
        { "gateFlat", "--gate-flat", null, "1", null, "a number, at least 0, at most 16256", "GateFlat" },
        { "gateFrozen", "--gate-frozen", null, "1", null, "a number, at least 0, at most 1", "GateFrozen" },
        { "fastIteration", "--fast-iteration", "FAST_ITERATION", "false", null, "true or false", "FastIteration" },
    };

    [Theory]
    [MemberData(nameof(Knobs))]
    public void A_knob_is_named_and_limited_as_the_contract_says(string key, string option, string? variable, string value, string? fast, string allowed, string field)
    {
        var knob = QueueOptions.All.Single(s => s.Key == key);

        (knob.Option, knob.Variable, knob.Default, knob.Fast, knob.Allowed, knob.Field).ShouldBe((option, variable, value, fast, allowed, field));
    }

    [Fact]
    public void There_is_no_knob_beyond_these() => QueueOptions.All.Select(s => s.Key).ShouldBe(Knobs.Select(k => k.Data.Item1));

    [Fact]
    public void The_defaults_spell_the_default_policy() => QueueOptions.ToPolicy(Values()).ShouldBe(new QueuePolicy());

    [Fact]
    public void Every_knob_reaches_the_policy() =>
        QueueOptions.ToPolicy(Values(
            ("sceneRetryBudget", "3"), ("sceneMaxWaitSeconds", "90.5"), ("sceneHistoryMaxAttempts", "7"), ("sceneHistoryPollIntervalSeconds", "0.25"),
            ("scenePostExecutionTimeoutSeconds", "0"), ("stallTimeoutSeconds", "11"), ("sceneQueueWaitSeconds", "12"), ("belowFloor", "fail")))
        .ShouldBe(new QueuePolicy
        {
            SceneRetryBudget = 3,
            HistoryMaxWait = TimeSpan.FromSeconds(90.5),
            HistoryMaxAttempts = 7,
            HistoryPollInterval = TimeSpan.FromSeconds(0.25),
            PostExecutionTimeout = TimeSpan.Zero,
            StallTimeout = TimeSpan.FromSeconds(11),
            QueueWait = TimeSpan.FromSeconds(12),
            BelowFloor = BelowFloor.Fail,
        });

    [Fact]
    public void Zero_is_no_limit_for_the_looks_the_stall_and_the_queue()
    {
        var policy = QueueOptions.ToPolicy(Values(("sceneHistoryMaxAttempts", "0"), ("stallTimeoutSeconds", "0"), ("sceneQueueWaitSeconds", "0")));

        (policy.HistoryMaxAttempts, policy.StallTimeout, policy.QueueWait).ShouldBe((null, null, null));
    }

    [Fact]
    public void Every_knob_reaches_the_metadata_with_its_origin()
    {
        var config = QueueOptions.ToConfig(Values(
            ("sceneRetryBudget", "3"), ("sceneMaxWaitSeconds", "90.5"), ("sceneHistoryMaxAttempts", "7"), ("sceneHistoryPollIntervalSeconds", "0.25"),
            ("scenePostExecutionTimeoutSeconds", "4"), ("fastIteration", "yes"), ("doneMarkerTimeoutSeconds", "5"), ("stabilitySeconds", "6")));

        (config with { Origins = Nothing }).ShouldBe(new QueueConfig(3, 90.5, 0.25, 7, 4, true, 5, 6, 2, 900, Nothing));
        config.Origins.Select(o => $"{o.Key}={o.Value}").ShouldBe(
        [
            "SceneRetryBudget=cli", "HistoryMaxWaitSeconds=cli", "HistoryMaxAttempts=cli", "HistoryPollIntervalSeconds=cli", "PostExecutionTimeoutSeconds=cli",
            "WaitForDoneMarker=default", "DoneMarkerTimeoutSeconds=cli", "StabilitySeconds=cli", "StabilityRetries=fast", "StallTimeoutSeconds=default",
            "SceneQueueWaitSeconds=default", "Fps=default", "ScanIntervalSeconds=fast", "StableSeconds=fast", "BelowFloor=default",
            "Gate=default", "GateDark=default", "GateFlat=default", "GateFrozen=default", "FastIteration=cli",
        ]);
    }

    [Theory]
    [InlineData("2", "2.1", null)]
    [InlineData("2", "2", "sceneHistoryPollIntervalSeconds is 2 (from cli); allowed: below sceneMaxWaitSeconds, which is 2")]
    [InlineData("30", "5", "sceneHistoryPollIntervalSeconds is 30 (from cli); allowed: below sceneMaxWaitSeconds, which is 5")]
    public void The_pause_between_looks_is_below_the_max_wait(string interval, string wait, string? fault) =>
        QueueOptions.CrossFaults(Values(("sceneHistoryPollIntervalSeconds", interval), ("sceneMaxWaitSeconds", wait)))
            .Select(f => f.ToString()).SingleOrDefault().ShouldBe(fault);

    [Theory]
    [InlineData(null, null)]
    [InlineData(300, null)]
    [InlineData(299, "299 looks every 2 s end before the max wait of 600 s: raise --scene-history-max-attempts or leave it unbounded")]
    public void Looks_that_end_before_the_max_wait_are_warned_of(int? looks, string? warning) =>
        QueueOptions.Warnings(new QueuePolicy { HistoryMaxAttempts = looks }).SingleOrDefault().ShouldBe(warning);

    // Bug: 2147483647 looks an hour apart were more than a TimeSpan can hold.
    [Fact]
    public void No_allowed_number_of_looks_is_too_much_to_warn_of() => Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double[0.1, 86399]).Sample(
        (looks, interval) =>
        {
            var policy = new QueuePolicy { HistoryMaxAttempts = looks, HistoryPollInterval = TimeSpan.FromSeconds(interval), HistoryMaxWait = TimeSpan.FromSeconds(86400) };

            QueueOptions.Warnings(policy).Any().ShouldBe(looks * policy.HistoryPollInterval.TotalSeconds < 86400);
        },
        iter: 1_000);

    private static readonly Dictionary<string, string> Nothing = [];

    private static SettingValues Values(params (string Key, string Text)[] typed)
    {
        var line = typed.ToDictionary(t => t.Key, t => (IReadOnlyList<string>)[t.Text]);
        var (values, faults) = SettingsResolver.Resolve(QueueOptions.All, QueueOptions.FastIteration, new SettingSources(line, _ => null, null), []);
        faults.ShouldBeEmpty();
        return values;
    }
}
