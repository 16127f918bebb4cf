using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-728 to TC-744: what a scene got and what it cost, told by one field and denied by another.</summary>
internal static class TakeMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Scene("TC-728", "a prompt of two attempts", 1, s => s with { Attempts = [s.Attempts[0] with { Telemetry = s.Attempts[0].Telemetry with { PromptId = s.Telemetry!.PromptId } }, s.Attempts[1]] }),
        Scene("TC-729", "two accepted attempts", 1, s => s with { Attempts = [First(s.Attempts[0]) with { Success = true }, s.Attempts[1]] }),
        Scene("TC-729", "an accepted attempt of a scene without a take", 1, Denied),
        Measured("TC-730", "charged for a station that was lost", 2, t => t with { FailureKind = FailureKind.StationLost }),
        Measured("TC-730", "charged for a device that was lost", 2, t => t with { FailureKind = FailureKind.DeviceLost }),
        Scene("TC-731", "a take of no source", 0, s => s with { FrameSource = null }),
        Scene("TC-731", "a still of three frames", 0, s => s with { FrameSource = FrameSource.Still }),
        Edit("TC-731", "a video of three files", r => r.Set("/Scenes/0/FrameSource", FrameSource.Video)),
        Scene("TC-731", "a take without a frame", 1, s => s with { FrameCount = 0, AnnouncedFrames = 0, Frames = [], Warnings = [SummaryLine.BelowFloor(0, 3)], Attempts = [s.Attempts[0], s.Attempts[1] with { FrameCount = 0 }] }),
        Scene("TC-732", "a mean darker than the darkest", 0, s => s with { Content = s.Content! with { LumaMean = 30 } }),
        Scene("TC-732", "a mean brighter than the brightest", 0, s => s with { Content = s.Content! with { LumaMean = 90 } }),
        Scene("TC-732", "black that is not dark", 0, s => s with { Content = s.Content! with { AllBlack = true } }),
        Scene("TC-204", "a luma beyond white", 0, s => s with { Content = s.Content! with { BrightestFrame = 256 } }),
        Scene("TC-204", "a share above one", 0, s => s with { Content = s.Content! with { EqualShare = 1.5 } }),
        Measured("TC-733", "detected without a path", 2, t => t with { DoneMarkerDetected = true }),
        Measured("TC-733", "a path of a marker that wasn't detected", 0, t => t with { DoneMarkerDetected = false, DoneMarkerWaitSeconds = 0 }),
        Measured("TC-734", "a detected marker that wasn't found", 0, t => Noted(t, FallbackNotes.MarkerNotFound(60))),
        Measured("TC-734", "a note of another time-out", 2, t => Noted(t with { DoneMarkerWaitSeconds = 60 }, FallbackNotes.MarkerNotFound(15))),
        Measured("TC-734", "waited in vain without a word", 2, t => t with { DoneMarkerWaitSeconds = 60 }),
        Measured("TC-735", "waited longer than collected", 0, t => t with { DoneMarkerWaitSeconds = 20 }),
        Measured("TC-736", "a forced copy without a note", 1, t => t with { System = t.System with { FallbackNotes = [FallbackNotes.NoVram] } }),
        Measured("TC-736", "a note about another dump", 1, t => t with { System = t.System with { FallbackNotes = [FallbackNotes.NoVram, FallbackNotes.ForcedCopy("scene-002/other.txt")] } }),
        Measured("TC-736", "a note without a copy", 2, t => Noted(t, FallbackNotes.ForcedCopy("scene-003/other.txt"))),
        Scene("TC-737", "a video of another length", 0, s => s with { Video = s.Video with { DurationSeconds = 1 } }),
        Scene("TC-738", "a video of a scene without a take", 2, s => s with { Video = new VideoRecord("video/scene-003.mp4", 1, VideoRecord.Complete, GoodMetadata.Begin, null, "h264", 24, 4, 4, GoodRun.Hash("a film"u8)) }),
        Scene("TC-739", "looks out of order", 0, s => s with { HistoryPollLog = [.. s.HistoryPollLog.Reverse()] }),
        Scene("TC-739", "the first looks for the last", 0, s => s with { HistoryPollLogTotal = 60, HistoryPollLog = [.. Enumerable.Range(1, 40).Select(n => new PollLogEntry(n, GoodMetadata.Begin.AddSeconds(n), "running", null))] }),
        Scene("TC-740", "more readings than looks", 2, s => With(s, t => t with { HistoryAttempts = 5 }) with { HistoryAttempts = 5 }),
        Measured("TC-741", "an execution longer than the attempt", 0, t => t with { ExecutionSeconds = 200 }),
        Measured("TC-742", "success before submission", 0, t => t with { ExecutionSuccessAt = t.SubmittedAt.AddSeconds(-1), CollectSeconds = (t.QueueEnd - t.SubmittedAt).TotalSeconds + 1 }),
        Measured("TC-742", "a second look before the first", 0, t => t with { SampledAfterAt = t.SampledBeforeAt!.Value.AddSeconds(-1) }),
        Scene("TC-747", "looks without an attempt", 3, s => s with { HistoryAttempts = 1 }),
        Scene("TC-747", "a duration without an attempt", 3, s => s with { DurationSeconds = 4.2 }),
        Change("TC-743", "stopped at no time", m => m with { State = RunStates.Stopped, EndedAt = null }),
        Change("TC-743", "running and ended", m => m with { State = RunStates.Running }),
        Health("skipped and not skipped", h => h with { Status = "skipped" }),
        Health("Skipped while not asked for", h => h with { Skipped = true, SkipReason = "--skip-llm-healthcheck" }),
        Health("a reason for no skip", h => h with { SkipReason = "why not" }),
        Health("failed without an error", h => h with { Status = "failed" }),
        Health("success without models", h => h with { Status = "success" }),
    ];

    private static Mutation Health(string what, Func<HealthCheckRecord, HealthCheckRecord> change) =>
        Change("TC-744", what, m => m with { Story = m.Story with { HealthCheck = change(m.Story.HealthCheck with { Url = "http://127.0.0.1:1234/v1/models" }) } });

    private static SceneTelemetry Noted(SceneTelemetry t, string note) => t with { System = t.System with { FallbackNotes = [note] } };

    private static AttemptRecord First(AttemptRecord attempt) => attempt with { AdoptedLate = true, Telemetry = attempt.Telemetry with { FailureKind = null } };

    // The first attempt has the take that the scene doesn't have.
    private static SceneRecord Denied(SceneRecord s)
    {
        var last = s.Telemetry! with { FailureKind = FailureKind.BadFrames };
        return s with
        {
            Success = false,
            Errors = ["badFrames: no take"],
            Telemetry = last,
            Attempts = [First(s.Attempts[0]) with { Success = true }, s.Attempts[1] with { Success = false, Telemetry = last }],
        };
    }
}
