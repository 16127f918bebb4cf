using Dailies.Contract;
using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>Every rule of an attempt, and which of two rules wins.</summary>
public class AttemptDecisionTests
{
    private static readonly QueuePolicy Default = new();
    private static readonly PromptEnd Success = new(PromptOutcome.Succeeded);
    private static readonly PromptEnd Error = new(PromptOutcome.Failed, "ValueError", "bad shape", "KSampler 3");

    private static readonly AttemptFacts Fresh = new() { SinceSubmit = TimeSpan.Zero, SinceChange = TimeSpan.Zero };
    private static readonly AttemptFacts Queued = Fresh with { SinceSubmit = S(60), SinceChange = S(60), SinceLook = S(1), Looks = 30 };
    private static readonly AttemptFacts Running = Queued with { SinceStart = S(50), SinceChange = S(10) };
    private static readonly AttemptFacts Heard = Running with { SinceSuccess = S(0.05), SinceLook = S(0.04) };
    private static readonly AttemptFacts Done = Running with { SinceSuccess = S(1), SinceLook = TimeSpan.Zero, End = Success };

    public static TheoryData<string, AttemptFacts, AttemptStep> Rules => new()
    {
        { "the first look is at once", Fresh, new AttemptStep.Look() },
        { "looked a second ago: the rest of the interval", Queued, Wait(1) },
        { "looked an interval ago", Queued with { SinceLook = S(2) }, new AttemptStep.Look() },
        { "the socket says over", Running with { SocketSaysOver = true, SinceLook = TimeSpan.Zero }, new AttemptStep.Look() },
        { "success heard, history not yet there: soon again", Heard, Wait(0.06) },
        { "success heard, a tenth of a second ago looked", Heard with { SinceLook = S(0.1) }, new AttemptStep.Look() },
        { "nowhere once: soon again, no verdict", Running with { NowhereLooks = 1, SinceLook = S(0.03) }, Wait(0.07) },
        { "nowhere twice: somebody deleted it", Running with { NowhereLooks = 2 }, Fail("unknown", "interrupted", "the prompt is in neither queue nor history: somebody deleted it") },
        { "nowhere twice after a restart", Running with { NowhereLooks = 2, Restarted = true }, new AttemptStep.Fail("unknown", "stationLost", "the station no longer knows the prompt: it was restarted", StationDown: true) },
        { "bug: its failure was heard, and its history entry deleted before it was read", Running with { NowhereLooks = 2, FailureHeard = true }, Fail("unknown", "executionError", "the socket reported a failure; its history entry was deleted before it was read") },
        { "restarted after its failure was heard", Running with { NowhereLooks = 2, Restarted = true, FailureHeard = true }, new AttemptStep.Fail("unknown", "stationLost", "the station no longer knows the prompt: it was restarted", StationDown: false) },
        { "bug: restarted after its success was heard, before its history was read", Heard with { NowhereLooks = 2, Restarted = true }, new AttemptStep.Fail("unknown", "stationLost", "the station no longer knows the prompt: it was restarted", StationDown: false) },
        { "nowhere twice, but success was heard: the history is late", Heard with { NowhereLooks = 2 }, Wait(0.06) },
        { "its process ended", Running with { StationEnded = true }, new AttemptStep.Fail("unknown", "stationLost", "the station's process ended", StationDown: true) },
        { "its process ended, and the history had come first", Running with { StationEnded = true, SinceSuccess = S(0), End = new PromptEnd(PromptOutcome.Succeeded) }, new AttemptStep.Collect() },
        { "silent while files are fetched: no limit holds", Running with { SinceSilent = S(300), SinceSuccess = S(301), SinceFetch = S(3), End = new PromptEnd(PromptOutcome.Succeeded) }, new AttemptStep.Collect() },
        { "silent, patience left", Running with { SinceSilent = S(599) }, Wait(1) },
        { "silent long after max wait: nothing else holds", Running with { SinceSilent = S(500), SinceStart = S(900) }, Wait(1) },
        { "silent for long", Running with { SinceSilent = S(600) }, Fail("unknown", "stationLost", "the station has not answered for 600 s", true) },
        { "the history reports an error", Running with { End = Error }, Fail("unknown", "executionError", "KSampler 3: bad shape") },
        { "an error without a node", Running with { End = Error with { Node = null } }, Fail("unknown", "executionError", "bad shape") },
        { "an error without words", Running with { End = new PromptEnd(PromptOutcome.Failed) }, Fail("unknown", "executionError", "the history reports a failure without a message") },
        { "an error that says out of memory", Running with { End = Error with { ErrorType = "torch.OutOfMemoryError" } }, Fail("unknown", "outOfMemory", "KSampler 3: bad shape") },
        { "interrupted", Running with { End = new PromptEnd(PromptOutcome.Interrupted) }, Fail("unknown", "interrupted", "the prompt was interrupted, and not by us") },
        { "success in the history: collect", Done, new AttemptStep.Collect() },
        { "outputs missing, fetched just now", Done with { SinceFetch = S(0.5) }, Wait(1.5) },
        { "outputs missing, fetched an interval ago", Done with { SinceFetch = S(2) }, new AttemptStep.Collect() },
        { "the last wait for outputs is cut short", Done with { SinceSuccess = S(29.5), SinceFetch = S(0.2) }, Wait(0.3) },
        { "outputs missing to the end", Done with { SinceSuccess = S(30), SinceFetch = S(1) }, Fail("postExecution", "outputsMissing", "success was reported, but outputs were still missing after 30 s") },
        { "found late, never fetched: fetched once at least", Done with { SinceSuccess = S(300) }, new AttemptStep.Collect() },
        { "success heard, no history to the end", Heard with { SinceSuccess = S(30) }, Fail("postExecution", "outputsMissing", "success was reported, but outputs were still missing after 30 s", true) },
        { "every output is here", Done with { OutputsReady = true }, new AttemptStep.Succeed() },
        { "the last wait is cut", Running with { SinceStart = S(599.5), SinceLook = TimeSpan.Zero }, Wait(0.5) },
        { "max wait over, last look before it: one look more", Running with { SinceStart = S(600), SinceLook = S(0.5) }, new AttemptStep.Look() },
        { "max wait over, looked at it", Running with { SinceStart = S(600), SinceLook = TimeSpan.Zero }, Fail("maxWait", "timedOut", "no result within 600 s of execution", true) },
        { "max wait long over, looked since", Running with { SinceStart = S(700), SinceLook = S(100) }, Fail("maxWait", "timedOut", "no result within 600 s of execution", true) },
        { "waiting behind another prompt is no max wait", Queued with { SinceSubmit = S(700) }, Wait(1) },
        { "too long in the queue", Queued with { SinceSubmit = S(3600) }, Fail("unknown", "stalled", "waited 3600 s in ComfyUI's queue without being started", true) },
        { "the wait before the queue limit is cut", Queued with { SinceSubmit = S(3599.75) }, Wait(0.25) },
        { "running, the queue limit is nothing to it", Running with { SinceSubmit = S(4000) }, Wait(1) },
        { "stalled while pending", Queued with { SinceChange = S(900) }, Fail("unknown", "stalled", "no event and no change in the queue for 900 s", true) },
        { "the wait before a stall is cut", Queued with { SinceChange = S(899.5) }, Wait(0.5) },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_first_rule_that_holds_wins(string rule, AttemptFacts facts, AttemptStep step) =>
        AttemptDecision.Next(Default, facts).ShouldBe(step, rule);

    public static TheoryData<string, QueuePolicy, AttemptFacts, AttemptStep> Policies => new()
    {
        { "out of looks", Default with { HistoryMaxAttempts = 30 }, Running, Fail("attemptLimit", "timedOut", "no result after 30 looks", true) },
        { "one look left", Default with { HistoryMaxAttempts = 31 }, Running with { SinceLook = S(2) }, new AttemptStep.Look() },
        { "no look made yet", Default with { HistoryMaxAttempts = 1 }, Fresh, new AttemptStep.Look() },
        { "stalled while running", Default with { HistoryMaxWait = S(2000) }, Running with { SinceStart = S(950), SinceChange = S(900) }, Fail("unknown", "stalled", "no event and no change in the queue for 900 s", true) },
        { "the stall limit is off", Default with { StallTimeout = null }, Queued with { SinceChange = S(3000), SinceSubmit = S(3000) }, Wait(1) },
        { "the queue limit is off", Default with { QueueWait = null }, Queued with { SinceSubmit = S(90_000) }, Wait(1) },
        { "a short interval is kept when success was heard", Default with { HistoryPollInterval = S(0.1) }, Heard with { SinceLook = S(0.1) }, new AttemptStep.Look() },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Another_policy_moves_the_rule(string rule, QueuePolicy policy, AttemptFacts facts, AttemptStep step) =>
        AttemptDecision.Next(policy, facts).ShouldBe(step, rule);

    // Each state gives reason for all states below it, so the order of this list is the order of the rules.
    public static TheoryData<string, AttemptFacts, string> Order => new()
    {
        { "an error beats outputs", Worst with { End = Error, OutputsReady = true }, "executionError" },
        { "an interruption beats outputs", Worst with { End = new PromptEnd(PromptOutcome.Interrupted), OutputsReady = true }, "interrupted" },
        { "an error beats a silent station", Worst with { End = Error, SinceSilent = S(999) }, "executionError" },
        { "a silent station beats nowhere", Worst with { SinceSilent = S(999), SinceSuccess = null }, "stationLost" },
        { "nowhere beats max wait", Worst with { SinceSuccess = null }, "interrupted" },
        { "outputs beat the post-execution timeout", Worst with { End = Success, OutputsReady = true }, "" },
        { "the post-execution timeout beats max wait", Worst with { End = Success, SinceFetch = S(1) }, "outputsMissing" },
        { "max wait beats the looks", Worst with { SinceSuccess = null, NowhereLooks = 0 }, "timedOut" },
    };

    [Theory]
    [MemberData(nameof(Order))]
    public void Of_two_rules_the_earlier_one_wins(string rule, AttemptFacts facts, string kind)
    {
        var step = AttemptDecision.Next(Default with { HistoryMaxAttempts = 5 }, facts);

        (step is AttemptStep.Fail fail ? fail.Kind : step is AttemptStep.Succeed ? "" : step.ToString()).ShouldBe(kind, rule);
    }

    [Fact]
    public void Max_wait_is_the_reason_where_looks_and_stall_are_over_too() =>
        AttemptDecision.Next(Default with { HistoryMaxAttempts = 5 }, Worst with { SinceSuccess = null, NowhereLooks = 0 })
            .ShouldBeOfType<AttemptStep.Fail>().Reason.ShouldBe(ExitReason.MaxWait);

    [Fact]
    public void The_looks_are_the_reason_where_the_stall_limit_is_over_too() =>
        AttemptDecision.Next(Default with { HistoryMaxAttempts = 5 }, Worst with { SinceSuccess = null, NowhereLooks = 0, SinceStart = null })
            .ShouldBeOfType<AttemptStep.Fail>().Reason.ShouldBe(ExitReason.AttemptLimit);

    // Bug: with a post-execution timeout of 0 the socket's word alone ended the attempt, before the history was ever asked.
    [Fact]
    public void A_success_that_only_the_socket_reports_leads_to_a_look_never_to_a_verdict()
    {
        var impatient = Default with { PostExecutionTimeout = TimeSpan.Zero };

        AttemptDecision.Next(impatient, Heard with { SinceSuccess = TimeSpan.Zero, SinceLook = S(1.5) }).ShouldBe(new AttemptStep.Look());
        AttemptDecision.Next(impatient, Heard with { SinceSuccess = S(0.2), SinceLook = S(0.02) }).ShouldBe(Wait(0.08));
        AttemptDecision.Next(impatient, Heard with { SinceSuccess = S(1), SinceLook = S(0.02) }).ShouldBeOfType<AttemptStep.Fail>().Reason.ShouldBe(ExitReason.PostExecution);
    }

    [Fact]
    public void Only_what_may_still_run_is_withdrawn()
    {
        var withdrawn = Rules.Select(r => r.Data.Item3).OfType<AttemptStep.Fail>().ToLookup(f => f.Withdraw, f => f.Kind);

        withdrawn[true].Distinct().Order().ShouldBe(["outputsMissing", "stalled", "stationLost", "timedOut"]);
        withdrawn[false].Distinct().Order().ShouldBe(["executionError", "interrupted", "outOfMemory", "outputsMissing", "stationLost"]);
    }

    private static AttemptFacts Worst => new()
    {
        SinceSubmit = S(9000),
        SinceStart = S(9000),
        SinceChange = S(9000),
        SinceLook = S(1),
        SinceSuccess = S(9000),
        NowhereLooks = 2,
        Looks = 5,
    };

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private static AttemptStep.Wait Wait(double seconds) => new(S(seconds));

    private static AttemptStep.Fail Fail(string reason, string kind, string detail, bool withdraw = false) => new(reason, kind, detail, withdraw);
}
