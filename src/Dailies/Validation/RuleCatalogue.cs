using System.Reflection;
using static Dailies.Validation.Severity;

namespace Dailies.Validation;

/// <summary>Every rule of the validator, once. Codes are stable: a rule may go, its code never comes back with another meaning.</summary>
public static class RuleCatalogue
{
    private const string Copy = "Copy the run folder anew from where it was made.";
    private const string Writer = "Correct the program that wrote this file; a run of Dailies is written anew from its ledger by: dailies runs rewrite.";
    private const string Retake = "Restore the file from a copy, or render the scene again.";
    private const string Rewrite = "The summary was edited, or its writer is at fault: write it anew from the ledger: dailies runs rewrite.";

    // Presence and parse
    internal static readonly Rule SummaryMissing = new("TC-101", "presence", Error, "A run folder holds run-summary.txt.", Copy);
    internal static readonly Rule MetadataMissing = new("TC-102", "presence", Error, "A run folder holds artifact-metadata.json.", Copy);
    internal static readonly Rule Unreadable = new("TC-103", "presence", Error, "Every file that the contract names can be read.", "Look at its kind and permissions.");
    internal static readonly Rule NotUtf8 = new("TC-104", "presence", Error, "Text and JSON are UTF-8.", Writer);
    internal static readonly Rule ByteOrderMark = new("TC-105", "presence", Warning, "Text and JSON have no byte order mark.", "Write UTF-8 without BOM.");
    internal static readonly Rule NotJson = new("TC-106", "presence", Error, "The metadata is one JSON object.", Copy);
    internal static readonly Rule KeyTwice = new("TC-107", "presence", Error, "No JSON object names a key twice.", Writer);
    internal static readonly Rule BrokenText = new("TC-108", "presence", Error, "JSON names and texts are whole Unicode.", Writer);
    internal static readonly Rule WrongVersion = new("TC-109", "presence", Error, "ContractVersion is 2.x.", "Use a validator that knows this version.");
    internal static readonly Rule CheckNotJson = new("TC-110", "presence", Error, "vitest-results.json, where it is there, is one JSON object.", Writer);

    // Types, ranges and closed sets outside the telemetry
    internal static readonly Rule FieldMissing = new("TC-201", "types", Error, "Every field of the metadata is there.", Writer);
    internal static readonly Rule WrongType = new("TC-202", "types", Error, "Every field has its type.", Writer);
    internal static readonly Rule NullValue = new("TC-203", "types", Error, "Null stands only where the contract allows it.", Writer);
    internal static readonly Rule OutOfRange = new("TC-204", "types", Error, "Every number is within its range.", Writer);
    internal static readonly Rule NotInSet = new("TC-205", "types", Error, "Values of closed sets are spelled as the contract spells them.", Writer);
    internal static readonly Rule TimeForm = new("TC-206", "types", Error, "Times are ISO 8601 UTC with Z and milliseconds.", Writer);
    internal static readonly Rule RunIdForm = new("TC-207", "types", Error, "A RunId is UTC yyyyMMdd-HHmmss, -2 and so on for later runs of the same second.", Writer);
    internal static readonly Rule SceneIdForm = new("TC-208", "types", Error, "A scene's id is scene-NNN.", Writer);
    internal static readonly Rule SceneTwice = new("TC-209", "types", Error, "Every scene stands once in the metadata.", Writer);
    internal static readonly Rule Credentials = new("TC-210", "types", Error, "A station's url holds no credentials.", "Change that password: the file may have been shared.");
    internal static readonly Rule ShaForm = new("TC-211", "types", Error, "A SHA-256 is 64 lower-case hex digits.", Writer);

    // Telemetry, field by field
    internal static readonly Rule TelemetryMissing = new("TC-301", "telemetry", Error, "Every telemetry field is there.", Writer);
    internal static readonly Rule TelemetryType = new("TC-302", "telemetry", Error, "Every telemetry field has its type.", Writer);
    internal static readonly Rule TelemetryNull = new("TC-303", "telemetry", Error, "A telemetry field is null only where the contract allows it.", Writer);
    internal static readonly Rule TelemetryRange = new("TC-304", "telemetry", Error, "Every telemetry number is within its range.", Writer);
    internal static readonly Rule TelemetrySet = new("TC-305", "telemetry", Error, "Exit reasons and failure kinds are of the closed sets.", Writer);
    internal static readonly Rule TelemetryTime = new("TC-306", "telemetry", Error, "Telemetry times are ISO 8601 UTC with Z and milliseconds.", Writer);
    internal static readonly Rule PromptIdForm = new("TC-307", "telemetry", Error, "PromptId is a UUID.", Writer);
    internal static readonly Rule UnknownNote = new("TC-308", "telemetry", Warning, "Fallback notes are the contract's own texts.", Writer);

    // Policy line
    internal static readonly Rule PolicyMissing = new("TC-401", "policy", Error, "The summary has a Queue policy line.", Writer);
    internal static readonly Rule PolicyTwice = new("TC-402", "policy", Error, "The Queue policy line stands once.", Rewrite);
    internal static readonly Rule PolicyValue = new("TC-403", "policy", Error, "Every part of the policy line says what QueueConfig says.", Rewrite);
    internal static readonly Rule PolicyPartMissing = new("TC-404", "policy", Error, "The policy line has all its parts.", Writer);
    internal static readonly Rule PolicyPartExtra = new("TC-405", "policy", Error, "The policy line has no part that the contract doesn't know, and none twice.", Rewrite);
    internal static readonly Rule PolicyOrder = new("TC-406", "policy", Error, "The parts of the policy line stand in the contract's order.", Writer);
    internal static readonly Rule FastIteration = new("TC-407", "policy", Error, "The FastIteration line stands exactly when QueueConfig says so, with the values in force.", Writer);
    internal static readonly Rule PollNotShorter = new("TC-408", "policy", Error, "The poll interval is shorter than the longest wait.", "Choose a shorter interval or a longer wait.");
    internal static readonly Rule KnobsDiffer = new("TC-409", "policy", Error, "A scene's HistoryConfig and its telemetry name the same knobs.", Writer);
    internal static readonly Rule KnobsChanged = new("TC-410", "policy", Error, "Every scene was rendered under the knobs of QueueConfig.", Rewrite);
    internal static readonly Rule FastOrigin = new("TC-411", "policy", Error, "A knob comes from fast only where FastIteration is on.", Writer);

    // Telemetry line
    internal static readonly Rule LineMissing = new("TC-501", "line", Error, "Every scene that has telemetry has a Telemetry line.", Writer);
    internal static readonly Rule LineTwice = new("TC-502", "line", Error, "A scene has one Telemetry line.", Rewrite);
    internal static readonly Rule LineWithoutTelemetry = new("TC-503", "line", Error, "A scene without telemetry has no Telemetry line.", Rewrite);
    internal static readonly Rule LineValue = new("TC-504", "line", Error, "Every part of the Telemetry line says what the metadata says.", Rewrite);
    internal static readonly Rule LinePartMissing = new("TC-505", "line", Error, "The Telemetry line has all its parts.", Writer);
    internal static readonly Rule LinePartExtra = new("TC-506", "line", Error, "The Telemetry line has no part that doesn't belong, and none twice.", Rewrite);
    internal static readonly Rule LineOrder = new("TC-507", "line", Error, "The parts of the Telemetry line stand in the contract's order.", Writer);
    internal static readonly Rule PollLimitText = new("TC-508", "line", Error, "pollLimit is the limit, or unbounded for 0.", Writer);
    internal static readonly Rule LineFallback = new("TC-509", "line", Error, "Every fallback note of the metadata stands in the Telemetry line, last and whole.", Writer);

    // Files
    internal static readonly Rule FrameMissing = new("TC-601", "files", Error, "Every frame of the metadata is a file of the run.", Retake);
    internal static readonly Rule PathEscapes = new("TC-602", "files", Error, "Paths are relative and stay inside the run folder, links included.", "Trust nothing in this folder; copy real files instead of links.");
    internal static readonly Rule FrameSize = new("TC-603", "files", Error, "Every frame has the size that the metadata says.", Retake);
    internal static readonly Rule FrameHash = new("TC-604", "files", Error, "Every frame has the SHA-256 that the metadata says.", Retake);
    internal static readonly Rule FrameTally = new("TC-605", "files", Error, "FrameCount is the number of listed frames.", Writer);
    internal static readonly Rule FrameExtra = new("TC-606", "files", Error, "The folder of an accepted take holds no picture that isn't listed.", "Move the picture elsewhere.");
    internal static readonly Rule FrameTwice = new("TC-607", "files", Error, "No frame is listed twice.", Writer);
    internal static readonly Rule VideoMissing = new("TC-608", "files", Error, "A complete video is a file of the run.", Retake);
    internal static readonly Rule VideoHash = new("TC-609", "files", Error, "The video has the SHA-256 that the metadata says.", Retake);
    internal static readonly Rule VideoStatus = new("TC-610", "files", Error, "A complete video has a path and no error, a missing one an error and no path.", Writer);
    internal static readonly Rule HistoryMissing = new("TC-611", "files", Error, "HistoryPath is a file of the run.", Copy);
    internal static readonly Rule StoryMissing = new("TC-612", "files", Error, "The story file and its folder are there.", Copy);
    internal static readonly Rule NamedFileMissing = new("TC-613", "files", Error, "Every other file that the metadata names is there.", Copy);
    internal static readonly Rule Backslash = new("TC-614", "files", Warning, "Paths inside a run use /.", Writer);
    internal static readonly Rule SceneUnlisted = new("TC-615", "files", Error, "Every scene folder is a scene of the metadata.", Writer);
    internal static readonly Rule FrameTorn = new("TC-616", "files", Error, "Every frame decodes whole, where this machine can decode its kind.", Retake);
    internal static readonly Rule FrameDimensions = new("TC-617", "files", Error, "Width and Height are the picture's; 0 and 0 stand only where it can't be decoded.", Writer);
    internal static readonly Rule FramesDiffer = new("TC-618", "files", Error, "All frames of a take have one size.", "Render the scene again.");
    internal static readonly Rule FrameShared = new("TC-619", "files", Error, "A frame belongs to one scene.", Retake);
    internal static readonly Rule FrameElsewhere = new("TC-620", "files", Error, "Frames lie in GeneratedFramesDir.", Writer);
    internal static readonly Rule FramesDirOther = new("TC-621", "files", Error, "GeneratedFramesDir is the folder of the attempt that the scene describes.", Writer);
    internal static readonly Rule HistoryOther = new("TC-622", "files", Error, "A history is the entry of its attempt's own prompt.", Copy);
    internal static readonly Rule AttemptFileMissing = new("TC-623", "files", Error, "An accepted attempt has its workflow and its history, in its own folder and in the scene's.", Copy);
    internal static readonly Rule AttemptFileDiffers = new("TC-624", "files", Error, "A scene's workflow and history are its accepted attempt's, byte for byte.", Copy);
    internal static readonly Rule WorkflowOther = new("TC-625", "files", Error, "A workflow holds seed, prompt and prefix where the summary says they were put.", Copy);
    internal static readonly Rule StoryOther = new("TC-626", "files", Error, "The story file says what Story and the scenes say.", Copy);
    internal static readonly Rule AttemptUnlisted = new("TC-627", "files", Warning, "Every attempt's folder is an attempt of the metadata.", "Nothing to do if a controller was killed there; else something was struck out of the metadata.");
    internal static readonly Rule MarkerMissing = new("TC-628", "files", Error, "A done marker below the run folder is there.", Copy);
    internal static readonly Rule MarkerUnseen = new("TC-629", "files", Warning, "A done marker outside of the run is there and of this run.", "Nothing to do if it lies on the station, or was cleaned up.");
    internal static readonly Rule MarkerOther = new("TC-630", "files", Error, "A kept done marker can be read, and speaks of this attempt and of its files.", Copy);
    internal static readonly Rule DumpForm = new("TC-631", "files", Error, "The dump of a forced copy has its lines.", Writer);
    internal static readonly Rule DumpCount = new("TC-632", "files", Warning, "The dump of a forced copy counts the files of the take.", "Look at the take: its folder changed while it was copied.");
    internal static readonly Rule HistoryFailed = new("TC-633", "files", Error, "The history of an accepted attempt reports no error.", "Render the scene again.");
    internal static readonly Rule StoryPictureMissing = new("TC-634", "files", Error, "The story's video and every page of its contact sheet are files of the run.", Copy);

    // The metadata against itself
    internal static readonly Rule VramDelta = new("TC-701", "arithmetic", Error, "VramDeltaMB is VramAfterMB minus VramBeforeMB.", Writer);
    internal static readonly Rule VramMegabytes = new("TC-702", "arithmetic", Error, "The MiB figures are the byte figures divided by 1048576, one decimal.", Writer);
    internal static readonly Rule Duration = new("TC-703", "arithmetic", Error, "DurationSeconds is QueueEnd minus QueueStart.", Writer);
    internal static readonly Rule DurationParts = new("TC-704", "arithmetic", Error, "QueueWaitSeconds and CollectSeconds agree with the stamps.", Writer);
    internal static readonly Rule TimeOrder = new("TC-705", "arithmetic", Error, "Nothing ends before it begins.", Writer);
    internal static readonly Rule AttemptTally = new("TC-706", "arithmetic", Error, "AttemptsRun is the number of attempts, numbered from 1; Requeued says whether there were several.", Writer);
    internal static readonly Rule OverBudget = new("TC-707", "arithmetic", Error, "Charged attempts are at most the retry budget plus one.", Writer);
    internal static readonly Rule SuccessAndKind = new("TC-708", "arithmetic", Error, "Success exactly when FailureKind is null.", Writer);
    internal static readonly Rule PostExecution = new("TC-709", "arithmetic", Error, "HistoryPostExecutionTimeoutReached exactly when the exit reason is postExecution.", Writer);
    internal static readonly Rule SuccessUnseen = new("TC-710", "arithmetic", Error, "Exit reasons success and postExecution need a detected success.", Writer);
    internal static readonly Rule NotAdopted = new("TC-711", "arithmetic", Error, "A take with another exit reason than success was adopted late.", Writer);
    internal static readonly Rule SuccessAt = new("TC-712", "arithmetic", Error, "ExecutionSuccessAt stands exactly when success was detected.", Writer);
    internal static readonly Rule ForcedCopy = new("TC-713", "arithmetic", Error, "A forced copy names its dump, and only a forced copy does.", Writer);
    internal static readonly Rule OtherAttempt = new("TC-714", "arithmetic", Error, "A scene's telemetry is its accepted attempt's, else the last's.", Writer);
    internal static readonly Rule SaidTwice = new("TC-715", "arithmetic", Error, "A value that stands twice in a scene is the same twice.", Writer);
    internal static readonly Rule LimitWithoutLimit = new("TC-716", "arithmetic", Error, "attemptLimit needs a limit.", Writer);
    internal static readonly Rule TooManyLooks = new("TC-717", "arithmetic", Warning, "HistoryAttempts is at most HistoryAttemptLimit.", "Look at the poll log: something asked more often than allowed.");
    internal static readonly Rule VramWithoutNote = new("TC-718", "arithmetic", Error, "A null VRAM figure comes with a fallback note.", Writer);
    internal static readonly Rule GpuWithoutNote = new("TC-719", "arithmetic", Error, "A GPU called Unknown comes with a fallback note.", Writer);
    internal static readonly Rule FloorFlag = new("TC-720", "arithmetic", Error, "MeetsFrameFloor exactly when FrameCount reaches FrameFloor.", Writer);
    internal static readonly Rule FewerThanAnnounced = new("TC-721", "arithmetic", Error, "A take has every announced frame.", "Render the scene again.");
    internal static readonly Rule PollLogTally = new("TC-722", "arithmetic", Error, "HistoryPollLog holds all looks, or the first 20 and the last 20.", Writer);
    internal static readonly Rule HistoryFlag = new("TC-723", "arithmetic", Error, "HistoryRetrieved exactly when HistoryPath and HistoryRetrievedAt are there.", Writer);
    internal static readonly Rule SceneTally = new("TC-724", "arithmetic", Error, "No more scenes were rendered than the story has.", Writer);
    internal static readonly Rule StationUnknown = new("TC-725", "arithmetic", Error, "Telemetry names a station of Stations.", Writer);
    internal static readonly Rule NotEnded = new("TC-726", "arithmetic", Error, "A finished run has an end.", Writer);
    internal static readonly Rule NeverAttempted = new("TC-727", "arithmetic", Error, "Telemetry is null exactly when there was no attempt.", Writer);
    internal static readonly Rule PromptTwice = new("TC-728", "arithmetic", Error, "No two attempts have one PromptId.", Writer);
    internal static readonly Rule AcceptedTally = new("TC-729", "arithmetic", Error, "A scene has a take exactly when one of its attempts was accepted; never two were.", Writer);
    internal static readonly Rule StationCharged = new("TC-730", "arithmetic", Error, "An attempt that the station lost is not charged.", Writer);
    internal static readonly Rule TakeEmpty = new("TC-731", "arithmetic", Error, "A take has a source and at least one frame; a still has one, a video lists one file.", Writer);
    internal static readonly Rule ContentFigures = new("TC-732", "arithmetic", Error, "Content's figures agree: darkest, mean, brightest, and black is 0.", Writer);
    internal static readonly Rule MarkerFlag = new("TC-733", "arithmetic", Error, "A detected done marker has a path, and only a detected one.", Writer);
    internal static readonly Rule MarkerNote = new("TC-734", "arithmetic", Error, "The note about a done marker stands exactly where one was waited for in vain, with the time-out in force.", Writer);
    internal static readonly Rule MarkerWait = new("TC-735", "arithmetic", Warning, "The wait for a take's done marker lies between success and the attempt's end.", "Look for a clock that was set meanwhile.");
    internal static readonly Rule ForcedCopyNote = new("TC-736", "arithmetic", Error, "A forced copy has its note, with the path of its dump, and only a forced copy has.", Writer);
    internal static readonly Rule VideoLength = new("TC-737", "arithmetic", Error, "A video made from frames lasts FrameCount divided by Fps, to a frame.", "Make the video again.");
    internal static readonly Rule VideoWithoutTake = new("TC-738", "arithmetic", Error, "A scene without a take has no complete video.", Writer);
    internal static readonly Rule PollLogOrder = new("TC-739", "arithmetic", Error, "The looks of HistoryPollLog are numbered from 1, the last ones up to HistoryPollLogTotal.", Writer);
    internal static readonly Rule LooksTally = new("TC-740", "arithmetic", Error, "The history was not read more often than was looked.", Writer);
    internal static readonly Rule ExecutionSpan = new("TC-741", "arithmetic", Warning, "ExecutionSeconds fits between SubmittedAt and QueueEnd.", "Look for a clock that was set meanwhile.");
    internal static readonly Rule StampOrder = new("TC-742", "arithmetic", Warning, "Success comes after submission, and the second look at the GPU after the first.", "Look for a clock that was set meanwhile.");
    internal static readonly Rule StateAndEnd = new("TC-743", "arithmetic", Error, "A running run has no end, a stopped or failed one has.", Writer);
    internal static readonly Rule HealthFlags = new("TC-744", "arithmetic", Error, "HealthCheck agrees with itself: skipped is Skipped, a failure has its error, a success its models.", Writer);
    internal static readonly Rule CheckSuites = new("TC-745", "arithmetic", Error, "Each suite of vitest-results.json has the exit code and the log that its own fields have.", Writer);
    internal static readonly Rule CheckUnnamed = new("TC-746", "arithmetic", Error, "VitestLogs names vitest-results.json and the logs that it names.", Writer);
    internal static readonly Rule NothingMeasured = new("TC-747", "arithmetic", Error, "A scene that was never attempted has no duration, no looks, no history and no frames.", Writer);

    // Summary against metadata
    internal static readonly Rule HeaderMissing = new("TC-801", "summary", Error, "The first line names the run.", Writer);
    internal static readonly Rule HeaderRun = new("TC-802", "summary", Error, "The first line names the metadata's RunId.", Copy);
    internal static readonly Rule HeaderTwice = new("TC-803", "summary", Error, "There is one first line.", Rewrite);
    internal static readonly Rule FolderName = new("TC-804", "summary", Warning, "The folder is called like its run.", "Rename the folder back, or know that this is a copy.");
    internal static readonly Rule NoStamp = new("TC-805", "summary", Error, "Every line of the body starts with its UTC time.", Rewrite);
    internal static readonly Rule UnknownScene = new("TC-806", "summary", Error, "Scene lines name scenes of the metadata.", Rewrite);
    internal static readonly Rule LineRepeated = new("TC-807", "summary", Error, "Lines that are unique stand once.", Rewrite);
    internal static readonly Rule AfterVerdict = new("TC-808", "summary", Error, "Nothing follows the [Validation] line.", Rewrite);
    internal static readonly Rule Renderer = new("TC-809", "summary", Error, "The second line says Animatic exactly when a station is one.", Writer);
    internal static readonly Rule StoryLines = new("TC-810", "summary", Error, "The story's lines say what Story says.", Writer);
    internal static readonly Rule Totals = new("TC-811", "summary", Error, "The Scene summary line is the sum of the scenes.", Rewrite);
    internal static readonly Rule AttemptLines = new("TC-812", "summary", Error, "Every attempt has its line, with the metadata's values.", Rewrite);
    internal static readonly Rule WarningLines = new("TC-813", "summary", Error, "Warnings and WARNING lines are the same.", Writer);
    internal static readonly Rule ErrorLines = new("TC-814", "summary", Error, "Errors and ERROR lines are the same, and a scene without a take has one.", Writer);
    internal static readonly Rule FloorLine = new("TC-815", "summary", Error, "A take below its floor has its WARNING line.", Writer);
    internal static readonly Rule HistoryLine = new("TC-816", "summary", Error, "A missing history has its HISTORY line.", Writer);
    internal static readonly Rule HistorySaved = new("TC-817", "summary", Error, "A saved history has its line.", Writer);
    internal static readonly Rule Index = new("TC-818", "summary", Error, "The artifact index, and the lines of film and contact sheet, say what the metadata says.", Writer);
    internal static readonly Rule HealthLine = new("TC-819", "summary", Error, "The LLM's health line says what HealthCheck says.", Writer);
    internal static readonly Rule VerdictLine = new("TC-820", "summary", Error, "A run without errors is not called failed.", "Validate the run again with the program that wrote it.");
    internal static readonly Rule CheckLines = new("TC-821", "summary", Error, "The Vitest lines say what vitest-results.json says.", Rewrite);
    internal static readonly Rule StationLines = new("TC-822", "summary", Error, "The [Station] lines, where there are any, are the stations of the metadata.", Rewrite);
    internal static readonly Rule StampsBack = new("TC-823", "summary", Warning, "Stamps don't go back by more than a minute, and scenes are told between the run's begin and end.", "Look for a clock that was set meanwhile, or for lines that were moved.");
    internal static readonly Rule HistoryErrorLines = new("TC-824", "summary", Error, "HistoryErrors and HISTORY ERROR lines are the same.", Writer);
    internal static readonly Rule HistoryLooks = new("TC-825", "summary", Error, "A HISTORY WARNING names the number of looks.", Rewrite);
    internal static readonly Rule RequeueLines = new("TC-826", "summary", Error, "A Requeue line follows an attempt, and names the kind that it ended with.", Rewrite);

    // Other
    internal static readonly Rule VersionOne = new("TC-901", "other", Warning, "Version 1 folder: judged only by presence, parse, exit reasons and the telemetry values that stand in both files.", "Nothing to do: older runs are judged by what version 1 promised.");
    internal static readonly Rule VersionOneSet = new("TC-902", "other", Error, "Version 1: exit reasons are of the closed set.", Writer);
    internal static readonly Rule VersionOneLine = new("TC-903", "other", Error, "Version 1: the Telemetry line says what the metadata says.", Rewrite);
    internal static readonly Rule LatestRun = new("TC-904", "other", Warning, "latest-run.json has the bytes of its run's metadata.", "Publish the run again.");
    internal static readonly Rule ArchiveMissing = new("TC-905", "other", Warning, "The archive that the metadata names is there, and of this run.", "Nothing to do if it was moved on purpose; dailies resume makes a missing one.");
    internal static readonly Rule ArchiveLacks = new("TC-906", "other", Error, "The archive can be read and holds every file that the metadata names, frames aside.", "Delete the archive and make it again: dailies resume.");
    internal static readonly Rule ArchiveDiffers = new("TC-907", "other", Error, "Summary and metadata in the archive are the run's own: it is made last.", "Delete the archive and make it again: dailies resume.");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. typeof(RuleCatalogue).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(f => f.FieldType == typeof(Rule)).Select(f => (Rule)f.GetValue(null)!).OrderBy(r => r.Code, StringComparer.Ordinal),
    ];
}
