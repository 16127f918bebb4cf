using Dailies.Comfy;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>How a station is started by Dailies. The command can hold secrets: it reaches no ledger, no log, no metadata and no fault.</summary>
public static class StationOptions
{
    /// <summary>The key of one station's command in <c>stations[]</c> of dailies.json.</summary>
    public const string StartKey = "start";

    /// <summary>What is recorded instead of the command.</summary>
    public const string Set = "(set)";

    /// <summary>What is said where storyboards are drawn all the same.</summary>
    public const string Ignored = "the command that starts a station is not used: the embedded renderer needs no start";

    /// <summary>The command.</summary>
    public static Setting Start { get; } = new("stationStart", SettingKind.Text, "The command that starts the ComfyUI on this machine: run when it does not answer, and again when it dies")
    { Variable = "DAILIES_STATION_START", Placeholder = "command" };

    /// <summary>How long it may take.</summary>
    public static Setting StartTimeout { get; } = new("stationStartTimeoutSeconds", SettingKind.Number, "How long a station that was started may take to answer")
    { Default = "300", Min = 0, AboveMin = true, Max = 3600, Placeholder = "s" };

    /// <summary>Both.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Start, StartTimeout];

    /// <summary>The command in force for a station, and where it was said: command line and environment beat the station's own, which beats the file's general one. An empty one means none.</summary>
    public static (string? Command, string Origin) Choose(SettingValues values, string? own)
    {
        var (said, origin) = (values.Text(Start), values.Origin(Start));
        var (command, where) = own is null || (said is not null && origin is "cli" or "env") ? (said, origin) : (own, "file");
        return (string.IsNullOrWhiteSpace(command) ? null : command, where);
    }

    /// <summary>What is wrong with starting the station at <paramref name="address"/> so; null when nothing is.</summary>
    public static SettingFault? Fault(string command, string origin, StationAddress address) =>
        !address.Root.IsLoopback ? new SettingFault(Start.Key, "given", $"from {origin}", $"for {address.Shown}: none; only a station on this machine can be started (127.0.0.1 or localhost)")
        : command.Contains('\0', StringComparison.Ordinal) ? new SettingFault(Start.Key, "a text with a NUL character", $"from {origin}", "a command line")
        : null;
}
