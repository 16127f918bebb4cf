using System.Globalization;

namespace Dailies.Dashboard.Views;

/// <summary>Words and classes of the pages. Pure.</summary>
public static class Tones
{
    /// <summary>The class of a tone.</summary>
    public static string Class(Tone tone) => tone switch { Tone.Good => "good", Tone.Warn => "warn", Tone.Bad => "bad", _ => "plain" };

    /// <summary>The class of a run's state.</summary>
    public static string OfState(string state) => state switch { "finished" => "good", "running" => "live", "failed" or "damaged" or "died" => "bad", "stopped" => "warn", _ => "plain" };

    /// <summary>The class and the word of a scene's standing.</summary>
    public static (string Class, string Word) Of(SceneStanding standing) => standing switch
    {
        SceneStanding.Taken => ("good", "take"),
        SceneStanding.Failed => ("bad", "failed"),
        SceneStanding.Working => ("live", "working"),
        _ => ("plain", "waiting"),
    };

    /// <summary>A span for people: <c>4.2 s</c>, <c>3 min 12 s</c>, <c>7 h 05 min</c>.</summary>
    public static string Span(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600} h {(int)seconds % 3600 / 60:00} min"),
    };

    /// <summary>The address of a file of a run; each part of its path is escaped.</summary>
    public static string FileUrl(string runId, string path) => $"/runs/{Uri.EscapeDataString(runId)}/files/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
}
