using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Notices;

/// <summary>The end of a run as it is told to others; the names of the JSON are published.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="ExitCode">How the program ends.</param>
/// <param name="Scenes">How many were selected.</param>
/// <param name="ScenesDone">How many have a take.</param>
/// <param name="ScenesFailed">How many ended without one.</param>
/// <param name="DurationSeconds">From begin to end, s.</param>
/// <param name="Summary">All that in a sentence.</param>
/// <param name="RunDir">The run folder's name, without the way to it.</param>
public sealed record RunNotice(
    string RunId, string State, int ExitCode, int Scenes, int ScenesDone, int ScenesFailed, double DurationSeconds, string Summary, string RunDir)
{
    /// <summary>The variables of a command that is run at the end.</summary>
    public const string RunIdVariable = "DAILIES_RUN_ID", StateVariable = "DAILIES_STATE", ExitCodeVariable = "DAILIES_EXIT_CODE";

    /// <summary>The notice of a run that has ended. Pure.</summary>
    /// <param name="run">Its last state.</param>
    /// <param name="exitCode">How the program ends.</param>
    /// <param name="folderName">The run folder's name.</param>
    public static RunNotice Of(RunState run, int exitCode, string folderName)
    {
        var (scenes, done) = (run.Scenes.Count, run.Scenes.Values.Count(s => s.Accepted is not null));
        var failed = run.Scenes.Values.Count(s => s is { Accepted: null, Failed: not null });
        var seconds = Math.Round(((run.Ended?.At ?? run.StartedAt) - run.StartedAt).TotalSeconds, 1);
        var words = string.Join(", ", new[]
        {
            $"{done} of {scenes} scenes have a take",
            failed > 0 ? $"{failed} failed" : null,
            scenes - done - failed is > 0 and var left ? $"{left} left" : null,
            $"{Span(seconds)}",
        }.Where(w => w is not null));
        var why = run.Ended is { Why: { } reason } ? $"; {reason}" : "";
        return new RunNotice(
            run.Plan?.RunId ?? folderName, run.State, exitCode, scenes, done, failed, seconds, $"{run.Plan?.Story.Id ?? "run"} {run.State}: {words}{(Drawn(run) ? " (storyboards)" : "")}{why}", folderName);
    }

    /// <summary>The notice of a run whose end could not be written down: how far it came is not known here. Pure.</summary>
    /// <param name="exitCode">How the program ends.</param>
    /// <param name="folderName">The run folder's name.</param>
    public static RunNotice Unwritten(int exitCode, string folderName) =>
        new(folderName, RunStates.Failed, exitCode, 0, 0, 0, 0, $"run {folderName} failed: its evidence could not be written whole", folderName);

    /// <summary>As webhooks get it: UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.CamelLine);

    /// <summary>What ntfy shows above the sentence; ASCII, as headers are.</summary>
    [JsonIgnore]
    public string Title => $"Dailies {RunId}: {State}, {ScenesDone} of {Scenes}";

    /// <summary>How loud: 3 is ntfy's ordinary, 4 high.</summary>
    [JsonIgnore]
    public int Priority => ExitCode == 0 || State == RunStates.Stopped ? 3 : 4;

    /// <summary>The word that ntfy makes a picture of.</summary>
    [JsonIgnore]
    public string Tag => (ExitCode, State) switch
    {
        (0, _) => "white_check_mark",
        (_, RunStates.Finished) => "warning",
        (_, RunStates.Stopped) => "stop_sign",
        _ => "rotating_light",
    };

    private static bool Drawn(RunState run) => run.Stations.Any(s => s.Renderer == "animatic");

    private static string Span(double seconds) => seconds < 60
        ? seconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)}:{(int)(seconds / 60) % 60:00}:{(int)seconds % 60:00}");
}
