using Dailies.Checks;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Ledger;
using Dailies.Notices;
using Dailies.Queueing;
using Dailies.Stories;
using Dailies.Takes;
using Dailies.Workflows;

namespace Dailies.Control;

/// <summary>Everything a run needs, read and checked: nothing in here can be wrong any more.</summary>
public sealed record RunRequest
{
    /// <summary>What the embedded renderer is called as a station.</summary>
    public const string AnimaticName = "animatic";

    /// <summary>The story.</summary>
    public required Story Story { get; init; }

    /// <summary>What to render, in story order.</summary>
    public required IReadOnlyList<Scene> Selected { get; init; }

    /// <summary>The graph.</summary>
    public required WorkflowTemplate Workflow { get; init; }

    /// <summary>Its file, as it may be shown.</summary>
    public required string WorkflowFile { get; init; }

    /// <summary>Where the scene's values go.</summary>
    public required WorkflowBinding Binding { get; init; }

    /// <summary>The policy.</summary>
    public required QueuePolicy Policy { get; init; }

    /// <summary>The policy as recorded.</summary>
    public required QueueConfig Config { get; init; }

    /// <summary>Every setting in force, for the record.</summary>
    public required IReadOnlyList<SettingRecord> Settings { get; init; }

    /// <summary>Values of <c>--set</c>, by name.</summary>
    public required IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> Set { get; init; }

    /// <summary>What a scene that ran out of memory falls to, one rung at a time.</summary>
    public IReadOnlyList<LadderRung> Ladder { get; init; } = [];

    /// <summary>A seed for every scene, or null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The seeds that the workflow's nodes take, once the station was asked; null where it does not tell.</summary>
    public (ulong Min, ulong Max)? SeedRange { get; init; }

    /// <summary>The operator's name for the run.</summary>
    public string? Name { get; init; }

    /// <summary>Where run folders are made.</summary>
    public required string RunsDir { get; init; }

    /// <summary>Where <c>artifacts/latest-run.json</c> goes.</summary>
    public required string PublicDir { get; init; }

    /// <summary>Where the run's archive goes; null for no archive.</summary>
    public string? ArchiveDir { get; init; }

    /// <summary>The archive holds the frames too.</summary>
    public bool ArchiveFrames { get; init; }

    /// <summary>Frames per second of videos made from frames.</summary>
    public required double Fps { get; init; }

    /// <summary>Who said <see cref="Fps"/>: <c>cli</c>, <c>env</c>, <c>file</c> or <c>default</c>.</summary>
    public required string FpsOrigin { get; init; }

    /// <summary>No video is made.</summary>
    public bool NoVideo { get; init; }

    /// <summary>No post-run checks are made.</summary>
    public bool NoChecks { get; init; }

    /// <summary>Post-run checks of the operator's own.</summary>
    public IReadOnlyList<CheckCommand> Checks { get; init; } = [];

    /// <summary>Takes are read from <see cref="ComfyOutput"/>, not fetched over /view.</summary>
    public bool FromFolder { get; init; }

    /// <summary>The station's output folder as this machine sees it, or null.</summary>
    public string? ComfyOutput { get; init; }

    /// <summary>A take is removed from the station once it is verified here.</summary>
    public bool StationCleanup { get; init; }

    /// <summary>The pause between two looks at the memory in use while a prompt executes; null when nobody looks.</summary>
    public TimeSpan? GpuSample { get; init; }

    /// <summary>What else is made of the takes when the night is over, and how.</summary>
    public required CutSettings Cut { get; init; }

    /// <summary>The station; null while the embedded renderer has not been started.</summary>
    public StationAddress? Station { get; init; }

    /// <summary>The station's name.</summary>
    public string StationName { get; init; } = "station-1";

    /// <summary>The command that starts the station, or null. It may hold secrets: never written down.</summary>
    public string? StationStart { get; init; }

    /// <summary>How long a station that was started may take to answer.</summary>
    public TimeSpan StationStartTimeout { get; init; }

    /// <summary>The embedded renderer was asked for.</summary>
    public bool Animatic { get; init; }

    /// <summary>The sentinel's scan interval, s.</summary>
    public double SentinelScanSeconds { get; init; }

    /// <summary>The sentinel's stable span, s.</summary>
    public double SentinelStableSeconds { get; init; }

    /// <summary>From then on nothing new is sent; null for no such time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The run folder whose takes are kept where nothing they depend on has changed, or null.</summary>
    public string? From { get; init; }

    /// <summary>What of the workflow is bound, and what not.</summary>
    public WorkflowRecord WorkflowRecord => RunOpening.Workflow(this);

    /// <summary>Things to say before the run starts.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Who is told that the run has ended. It may hold secrets: never written down.</summary>
    public NoticeSettings Notices { get; init; } = NoticeSettings.None;

    /// <summary>What writes the files.</summary>
    public required ProgramRecord Program { get; init; }

    /// <summary>ffmpeg and ffprobe.</summary>
    public required VideoTools VideoTools { get; init; }
}

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">Contract §1.</param>
/// <param name="RunDir">The run folder as the operator named it.</param>
/// <param name="State">The last state.</param>
/// <param name="Verdict">What the validator said.</param>
public sealed record RunResult(int ExitCode, string RunDir, RunState State, Validation.Verdict Verdict)
{
    /// <summary>What of the evidence could not be written, or null.</summary>
    public string? Trouble { get; init; }
}

/// <summary>The program's exit codes (contract §1).</summary>
/// <source>the program</source>
public static class ExitCode
{
    /// <summary>Every scene has a take, and the contract is kept.</summary>
    /// <advice>Nothing.</advice>
    public const int Ok = 0;

    /// <summary>Some scenes have no take, or the contract is broken.</summary>
    /// <advice>Read the ERROR lines of run-summary.txt, or the findings of dailies validate.</advice>
    public const int Failed = 1;

    /// <summary>Wrong usage, or input that can't be read. Nothing was started.</summary>
    /// <advice>Each fault is named on standard error, with what would be right.</advice>
    public const int Usage = 2;

    /// <summary>The station, or our own disk, stopped the run. The evidence is written.</summary>
    /// <advice>Mend what the last lines of run.log name, then: dailies resume latest.</advice>
    public const int Station = 3;

    /// <summary>Our own fault.</summary>
    /// <advice>Report it with what standard error says; dailies resume latest may still go on.</advice>
    public const int Internal = 4;

    /// <summary>Ctrl-C. Our prompt was taken back, the evidence is written.</summary>
    /// <advice>Go on with: dailies resume latest.</advice>
    public const int Interrupted = 130;

    /// <summary>SIGTERM. Our prompt was taken back, the evidence is written.</summary>
    /// <advice>Go on with: dailies resume latest.</advice>
    public const int Terminated = 143;
}
