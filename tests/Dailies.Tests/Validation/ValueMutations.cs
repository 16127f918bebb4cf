using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-7xx: the text agrees with the metadata, and the metadata contradicts itself.</summary>
internal static class ValueMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Measured("TC-701", "delta with the wrong sign", 0, t => t with { GPU = t.GPU with { VramDeltaMB = 576 } }),
        Measured("TC-702", "MiB that aren't the bytes", 0, t => t with { GPU = t.GPU with { VramFreeBefore = 1 } }),
        Scene("TC-703", "duration that isn't the span", 0, s => With(s, t => t with { DurationSeconds = 137 }) with { DurationSeconds = 137 }),
        Measured("TC-704", "queue wait that isn't", 0, t => t with { QueueWaitSeconds = 2 }),
        Measured("TC-704", "collect time that isn't", 0, t => t with { CollectSeconds = 0.5 }),
        Measured("TC-705", "execution before submission", 0, t => t with { QueueStart = t.SubmittedAt.AddSeconds(-1) }),
        Change("TC-705", "an end before the begin", m => m with { EndedAt = m.Timestamp.AddSeconds(-1) }),
        Scene("TC-706", "more attempts told than kept", 0, s => s with { AttemptsRun = 2 }),
        Scene("TC-706", "requeued without a second attempt", 0, s => s with { Requeued = true }),
        Scene("TC-706", "attempts numbered from 2", 2, s => s with { Attempts = [s.Attempts[0] with { Attempt = 2 }], GeneratedFramesDir = RunFolder.Frames(s.SceneId, 2) }),
        Change("TC-707", "more charged than the budget", m => Everywhere(m, c => c with { SceneRetryBudget = 0 }, t => t with { SceneRetryBudget = 0 })),
        Scene("TC-708", "success with a kind", 0, s => With(s, t => t with { FailureKind = FailureKind.BadFrames })),
        Scene("TC-708", "no success without a kind", 2, s => With(s, t => t with { FailureKind = null })),
        Measured("TC-709", "post execution flag without the reason", 0, t => t with { HistoryPostExecutionTimeoutReached = true }),
        Measured("TC-710", "success that nobody saw", 0, t => t with { ExecutionSuccessDetected = false, ExecutionSuccessAt = null, CollectSeconds = null }),
        Measured("TC-711", "a late take that wasn't adopted", 0, t => t with { HistoryExitReason = ExitReason.MaxWait }),
        Measured("TC-712", "success at no time", 0, t => t with { ExecutionSuccessAt = null }),
        Measured("TC-713", "a dump without a copy", 1, t => t with { ForcedCopyTriggered = false }),
        Measured("TC-713", "a copy without a dump", 0, t => t with { ForcedCopyTriggered = true }),
        Scene("TC-714", "telemetry of no attempt", 0, s => s with { Telemetry = s.Telemetry! with { SampledBeforeAt = null } }),
        Scene("TC-715", "another title", 0, s => s with { StoryTitle = "Scene one" }),
        Scene("TC-715", "another duration", 0, s => s with { DurationSeconds = 1 }),
        Scene("TC-715", "other looks", 2, s => s with { HistoryAttempts = 5 }),
        Scene("TC-715", "another budget", 2, s => s with { SceneRetryBudget = 2 }),
        Scene("TC-715", "another frame count", 0, s => s with { Attempts = [s.Attempts[0] with { FrameCount = 2 }] }),
        Scene("TC-715", "another wish", 0, s => s with { StoryExpectedFrames = 24 }),
        Measured("TC-716", "out of looks without a limit", 2, t => t with { HistoryExitReason = ExitReason.AttemptLimit }),
        Change("TC-717", "more looks than the limit", m => Everywhere(m, c => c with { HistoryMaxAttempts = 2 }, t => t with { HistoryAttemptLimit = 2 })),
        Measured("TC-718", "no VRAM and no note", 2, t => t with { GPU = t.GPU with { VramFreeAfter = null, VramAfterMB = null, VramDeltaMB = null } }),
        Measured("TC-719", "no name and no note", 2, t => t with { GPU = t.GPU with { Name = "Unknown" } }),
        Scene("TC-720", "a floor that wasn't met", 1, s => s with { MeetsFrameFloor = true }),
        Scene("TC-721", "fewer than announced", 0, s => s with { AnnouncedFrames = 4 }),
        Scene("TC-722", "looks lost", 0, s => s with { HistoryPollLogTotal = 9 }),
        Scene("TC-723", "a history that nobody retrieved", 0, s => s with { HistoryRetrieved = false }) with { Break = r => r.InsertLine("Scene summary", SummaryLine.Stamped(GoodMetadata.Begin, SummaryLine.HistoryWarning("scene-001", "gone", 3))) },
        Scene("TC-723", "retrieved at no time", 0, s => s with { HistoryRetrievedAt = null }),
        Change("TC-724", "more scenes than the story", m => m with { Story = m.Story with { SceneCount = 3 } }) with { Break = r => r.File(RunFolder.StoryFile, "{}"u8) },
        Measured("TC-725", "a station of nobody", 0, t => t with { Station = "studio" }),
        Change("TC-726", "finished at no time", m => m with { EndedAt = null }),
        Scene("TC-727", "an attempt without telemetry", 2, s => s with { Telemetry = null }),
    ];
}
