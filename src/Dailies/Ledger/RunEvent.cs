using System.Text.Json;
using System.Text.Json.Serialization;
using Dailies.Contract;
using Dailies.Takes;
using Dailies.Telemetry;

namespace Dailies.Ledger;

/// <summary>Whatever happens to a run is one of these, appended before it is acted on. A closed set; raw facts only (times, bytes, words), nothing derived.</summary>
/// <param name="At">Our clock, UTC, whole milliseconds.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(RunStarted), nameof(RunStarted))]
[JsonDerivedType(typeof(StationProbed), nameof(StationProbed))]
[JsonDerivedType(typeof(RunNoted), nameof(RunNoted))]
[JsonDerivedType(typeof(ClockJumped), nameof(ClockJumped))]
[JsonDerivedType(typeof(StationStarted), nameof(StationStarted))]
[JsonDerivedType(typeof(StationEnded), nameof(StationEnded))]
[JsonDerivedType(typeof(StationRested), nameof(StationRested))]
[JsonDerivedType(typeof(AttemptStarted), nameof(AttemptStarted))]
[JsonDerivedType(typeof(GpuSampled), nameof(GpuSampled))]
[JsonDerivedType(typeof(GpuPeakSampled), nameof(GpuPeakSampled))]
[JsonDerivedType(typeof(PromptAccepted), nameof(PromptAccepted))]
[JsonDerivedType(typeof(PromptRefused), nameof(PromptRefused))]
[JsonDerivedType(typeof(SubmitUnclear), nameof(SubmitUnclear))]
[JsonDerivedType(typeof(ExecutionSeen), nameof(ExecutionSeen))]
[JsonDerivedType(typeof(SuccessSeen), nameof(SuccessSeen))]
[JsonDerivedType(typeof(Looked), nameof(Looked))]
[JsonDerivedType(typeof(HistoryReceived), nameof(HistoryReceived))]
[JsonDerivedType(typeof(AttemptGivenUp), nameof(AttemptGivenUp))]
[JsonDerivedType(typeof(PromptWithdrawn), nameof(PromptWithdrawn))]
[JsonDerivedType(typeof(MemoryFreed), nameof(MemoryFreed))]
[JsonDerivedType(typeof(StationWentDown), nameof(StationWentDown))]
[JsonDerivedType(typeof(StationLogKept), nameof(StationLogKept))]
[JsonDerivedType(typeof(MarkerAwaited), nameof(MarkerAwaited))]
[JsonDerivedType(typeof(CopyForced), nameof(CopyForced))]
[JsonDerivedType(typeof(TakeFetched), nameof(TakeFetched))]
[JsonDerivedType(typeof(TakeSpoiled), nameof(TakeSpoiled))]
[JsonDerivedType(typeof(TakeAdopted), nameof(TakeAdopted))]
[JsonDerivedType(typeof(AttemptSettled), nameof(AttemptSettled))]
[JsonDerivedType(typeof(SceneWarned), nameof(SceneWarned))]
[JsonDerivedType(typeof(SceneRequeued), nameof(SceneRequeued))]
[JsonDerivedType(typeof(SceneAccepted), nameof(SceneAccepted))]
[JsonDerivedType(typeof(SceneFailed), nameof(SceneFailed))]
[JsonDerivedType(typeof(SceneReopened), nameof(SceneReopened))]
[JsonDerivedType(typeof(SceneKept), nameof(SceneKept))]
[JsonDerivedType(typeof(StationCleaned), nameof(StationCleaned))]
[JsonDerivedType(typeof(VideoSettled), nameof(VideoSettled))]
[JsonDerivedType(typeof(StoryVideoSettled), nameof(StoryVideoSettled))]
[JsonDerivedType(typeof(ContactSheetSettled), nameof(ContactSheetSettled))]
[JsonDerivedType(typeof(RunResumed), nameof(RunResumed))]
[JsonDerivedType(typeof(ChecksSettled), nameof(ChecksSettled))]
[JsonDerivedType(typeof(RunEnded), nameof(RunEnded))]
[JsonDerivedType(typeof(RunValidated), nameof(RunValidated))]
[JsonDerivedType(typeof(ArchiveSettled), nameof(ArchiveSettled))]
public abstract record RunEvent(DateTimeOffset At)
{
    private const string PascalKind = "{\"Kind\":", CamelKind = "{\"kind\":";

    // An event that lacks a field is refused, not guessed at: a field added later needs a default.
    private static readonly JsonSerializerOptions Strict =
        new(ContractJson.PascalLine) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>One line of ledger.jsonl, and the body of one row of ledger.db.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, ContractJson.PascalLine);

    /// <summary>One line of <c>--json</c>, and one event of <c>/api/runs/{id}/events</c>: the same in camelCase. The discriminator comes first and is the only name that a naming policy does not reach.</summary>
    public string ToCamelLine() => string.Concat(CamelKind, JsonSerializer.Serialize(this, ContractJson.CamelLine).AsSpan(PascalKind.Length));

    /// <summary>Reads <see cref="ToLine"/> back; throws <see cref="JsonException"/> on anything else.</summary>
    public static RunEvent FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<RunEvent>(line, Strict) ?? throw new JsonException("an event that is null");
        }
        catch (NotSupportedException e)
        {
            throw new JsonException("an event without a kind", e);
        }
    }
}

/// <summary>The run began: what is to be rendered, how, and where every setting came from.</summary>
public sealed record RunStarted(DateTimeOffset At, RunPlan Plan) : RunEvent(At);

/// <summary>A station answered: what it is.</summary>
public sealed record StationProbed(DateTimeOffset At, StationRecord Station) : RunEvent(At);

/// <summary>Something about the whole run that its reader must know.</summary>
public sealed record RunNoted(DateTimeOffset At, string Text) : RunEvent(At);

/// <summary>The wall clock and the monotonic clock went apart: the machine slept, or somebody set the clock. <c>Seconds</c> is by how much the wall clock is ahead; negative: it went back.</summary>
public sealed record ClockJumped(DateTimeOffset At, double Seconds) : RunEvent(At);

/// <summary>We started a station as our own child. <c>Birth</c> is what the system keeps of its start: with the pid it tells the child from any other process.</summary>
public sealed record StationStarted(DateTimeOffset At, string Station, int Pid, DateTimeOffset ProcessStartedAt, string Birth, string Why) : RunEvent(At);

/// <summary>Our child ended, or we ended it. <c>ExitCode</c> is null where the system did not tell.</summary>
public sealed record StationEnded(DateTimeOffset At, string Station, int? ExitCode, bool ByUs) : RunEvent(At);

/// <summary>Nothing is sent to the station for so long: its circuit breaker is open.</summary>
public sealed record StationRested(DateTimeOffset At, string Station, double Seconds, string Why) : RunEvent(At);

/// <summary>An event of one attempt.</summary>
public abstract record AttemptEvent(DateTimeOffset At, string SceneId, int Attempt) : RunEvent(At);

/// <summary>An attempt is about to be sent. Committed before the POST, so that no prompt of ours is ever unknown to us.</summary>
/// <param name="At">Counts as the moment of the POST.</param>
/// <param name="SceneId">The scene.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Stage">Always <c>shot</c> for now.</param>
/// <param name="Station">The station's name.</param>
/// <param name="PromptId">Ours.</param>
/// <param name="ClientId">The socket's, or one without a socket.</param>
/// <param name="Seed">As sent.</param>
/// <param name="Prefix">The output prefix, a folder of this attempt's own.</param>
public sealed record AttemptStarted(
    DateTimeOffset At, string SceneId, int Attempt, string Stage, string Station, string PromptId, string ClientId, ulong Seed, string Prefix)
    : AttemptEvent(At, SceneId, Attempt)
{
    /// <summary>The rung of the out-of-memory ladder, or null for the full size.</summary>
    public string? Rung { get; init; }
}

/// <summary>The GPU was looked at, before or after execution.</summary>
public sealed record GpuSampled(DateTimeOffset At, string SceneId, int Attempt, string Moment, GpuSample Sample) : AttemptEvent(At, SceneId, Attempt)
{
    /// <summary>Just before execution.</summary>
    public const string Before = "before";

    /// <summary>Just after its end.</summary>
    public const string After = "after";
}

/// <summary>The GPU was looked at again and again while the prompt executed; one event for all looks.</summary>
public sealed record GpuPeakSampled(DateTimeOffset At, string SceneId, int Attempt, GpuPeak Peak) : AttemptEvent(At, SceneId, Attempt);

/// <summary>POST was answered: queued under <paramref name="PromptId"/> (ours since v0.3.45).</summary>
public sealed record PromptAccepted(DateTimeOffset At, string SceneId, int Attempt, string PromptId, double? Number) : AttemptEvent(At, SceneId, Attempt);

/// <summary>POST was answered: refused, or part of it was.</summary>
public sealed record PromptRefused(DateTimeOffset At, string SceneId, int Attempt, int Status, IReadOnlyList<string> Faults) : AttemptEvent(At, SceneId, Attempt);

/// <summary>POST timed out, was reset, or answered 5xx: it may be queued all the same.</summary>
public sealed record SubmitUnclear(DateTimeOffset At, string SceneId, int Attempt, string Why) : AttemptEvent(At, SceneId, Attempt);

/// <summary>A witness (socket, queue, history) first saw it execute.</summary>
public sealed record ExecutionSeen(DateTimeOffset At, string SceneId, int Attempt, string Witness) : AttemptEvent(At, SceneId, Attempt);

/// <summary>A witness first reported success.</summary>
public sealed record SuccessSeen(DateTimeOffset At, string SceneId, int Attempt, string Witness) : AttemptEvent(At, SceneId, Attempt);

/// <summary>One look. <c>Status</c>: pending, running, success, error.</summary>
public sealed record Looked(DateTimeOffset At, string SceneId, int Attempt, string Status, bool ReadHistory, string? Message) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The history entry arrived; the bytes as received lie at <paramref name="Path"/>. Server stamps are the station's clock.</summary>
public sealed record HistoryReceived(
    DateTimeOffset At, string SceneId, int Attempt, string Path, IReadOnlyList<string> Errors,
    DateTimeOffset? ServerStartedAt, DateTimeOffset? ServerEndedAt, IReadOnlyList<AnnouncedFile> Files) : AttemptEvent(At, SceneId, Attempt);

/// <summary>We give up on the prompt, and are about to take it back: whoever finds it interrupted later knows by whom, and how it is to be settled.</summary>
public sealed record AttemptGivenUp(DateTimeOffset At, string SceneId, int Attempt, string ExitReason, string FailureKind, string Message) : AttemptEvent(At, SceneId, Attempt);

/// <summary>We gave up on the prompt and took it back. <c>How</c>: deleted, interrupted, left (it was gone), stuck (it would not go), unreachable, hurried (the operator would not wait: it may still be there).</summary>
public sealed record PromptWithdrawn(DateTimeOffset At, string SceneId, int Attempt, string How) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The station was asked to let its memory go; free bytes then, null where it does not say.</summary>
public sealed record MemoryFreed(DateTimeOffset At, string SceneId, int Attempt, long? VramFree) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The station died, or lost its device, while it rendered this attempt, and was well before. <c>How</c>: restarted, ended, deviceLost.</summary>
public sealed record StationWentDown(DateTimeOffset At, string SceneId, int Attempt, string How) : AttemptEvent(At, SceneId, Attempt);

/// <summary>What the station, our own child, wrote to its log during this attempt lies at <paramref name="Path"/>; its exit code where it ended.</summary>
public sealed record StationLogKept(DateTimeOffset At, string SceneId, int Attempt, string Path, int? ExitCode) : AttemptEvent(At, SceneId, Attempt);

/// <summary>A done marker was waited for since <paramref name="Since"/>. It lies at <paramref name="Path"/>, as the producer wrote it; null: none came that counts, and why.</summary>
public sealed record MarkerAwaited(DateTimeOffset At, string SceneId, int Attempt, DateTimeOffset Since, string? Path, string? Why) : AttemptEvent(At, SceneId, Attempt);

/// <summary>Files of the output folder were copied without proof that they are all; why stands at <paramref name="Path"/>.</summary>
public sealed record CopyForced(DateTimeOffset At, string SceneId, int Attempt, string Path) : AttemptEvent(At, SceneId, Attempt);

/// <summary>An accepted take's files were removed from the station's output folder: how many, and how many bytes.</summary>
public sealed record StationCleaned(DateTimeOffset At, string SceneId, int Attempt, int Files, long Bytes) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The announced files were fetched, hashed and decoded.</summary>
public sealed record TakeFetched(
    DateTimeOffset At, string SceneId, int Attempt, string FrameSource, int AnnouncedFrames, int FrameCount, IReadOnlyList<FrameRecord> Files) : AttemptEvent(At, SceneId, Attempt)
{
    /// <summary>What the frames show; null where they can't be decoded here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TakeContent? Content { get; init; }

    /// <summary>The node that saved the files; null in older ledgers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }
}

/// <summary>The accepted take's files are gone or changed since, and the station has them no more: the scene needs another. Not charged.</summary>
public sealed record TakeSpoiled(DateTimeOffset At, string SceneId, int Attempt, string Why) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The attempt's take is whole and was not taken at first: it was given up and finished all the same, or set aside for a better one that never came. The scene has no other.</summary>
public sealed record TakeAdopted(DateTimeOffset At, string SceneId, int Attempt) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The attempt is over.</summary>
public sealed record AttemptSettled(
    DateTimeOffset At, string SceneId, int Attempt, string ExitReason, string? FailureKind, string? Message, bool Charged) : AttemptEvent(At, SceneId, Attempt)
{
    /// <summary>Its take is whole and was set aside, because a better one is wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Aside { get; init; }
}

/// <summary>Something about one attempt that its reader must know; stands as a WARNING line.</summary>
public sealed record SceneWarned(DateTimeOffset At, string SceneId, int Attempt, string Text) : AttemptEvent(At, SceneId, Attempt);

/// <summary>The scene goes back into the queue.</summary>
public sealed record SceneRequeued(DateTimeOffset At, string SceneId, int NextAttempt, string FailureKind, string Message) : RunEvent(At);

/// <summary>The attempt's take is the scene's. The run never undoes it; only files that are gone do (<see cref="TakeSpoiled"/>).</summary>
public sealed record SceneAccepted(DateTimeOffset At, string SceneId, int Attempt, int FrameFloor) : RunEvent(At);

/// <summary>The scene ended without a take.</summary>
public sealed record SceneFailed(DateTimeOffset At, string SceneId, string FailureKind, string Message) : RunEvent(At);

/// <summary>A person asked for one more attempt at a failed scene, with a seed of their own or not. It is not charged.</summary>
public sealed record SceneReopened(DateTimeOffset At, string SceneId, ulong? Seed) : RunEvent(At);

/// <summary>The scene's take comes from an earlier run, verified and copied: nothing it depends on has changed. <c>Events</c> are that attempt's own, as attempt 1.</summary>
public sealed record SceneKept(DateTimeOffset At, string SceneId, string FromRun, IReadOnlyList<RunEvent> Events) : RunEvent(At);

/// <summary>The scene's video was made, or why not.</summary>
public sealed record VideoSettled(DateTimeOffset At, string SceneId, VideoRecord Video) : RunEvent(At);

/// <summary>The whole story as one film was made, or why not.</summary>
/// <param name="At">When.</param>
/// <param name="Video">The film, or why there is none.</param>
/// <param name="Of">The checksum of what it was made of: while that stays the same it need not be made again.</param>
public sealed record StoryVideoSettled(DateTimeOffset At, VideoRecord Video, string Of) : RunEvent(At);

/// <summary>The contact sheet was drawn, or why not.</summary>
/// <param name="At">When.</param>
/// <param name="Sheet">The contact sheet, or why there is none.</param>
/// <param name="Of">The checksum of what it was made of: while that stays the same it need not be made again.</param>
public sealed record ContactSheetSettled(DateTimeOffset At, ContactSheetRecord Sheet, string Of) : RunEvent(At);

/// <summary>Another controller took the run up.</summary>
public sealed record RunResumed(DateTimeOffset At, ProgramRecord Program) : RunEvent(At);

/// <summary>The post-run checks were made.</summary>
public sealed record ChecksSettled(DateTimeOffset At, IReadOnlyList<CheckRecord> Checks) : RunEvent(At);

/// <summary>The run is over. <c>State</c> is one of <see cref="RunStates"/>.</summary>
public sealed record RunEnded(DateTimeOffset At, string State, string? Why) : RunEvent(At);

/// <summary>The validator judged the files. <c>Code</c> is its exit code.</summary>
public sealed record RunValidated(DateTimeOffset At, int Code, int Findings) : RunEvent(At);

/// <summary>The archive's path as the operator named its folder: announced before it is made, since it holds the file that names it. Null: it could not be made, and why.</summary>
public sealed record ArchiveSettled(DateTimeOffset At, string? Path, string? Why) : RunEvent(At);
