using Dailies.Settings;

namespace Dailies.Notices;

/// <summary>Who is told that a run has ended. Address and command can hold secrets: they reach no ledger, no log, no metadata and no fault.</summary>
public static class NoticeOptions
{
    /// <summary>Where the end is posted.</summary>
    public static Setting Notify { get; } = new("notify", SettingKind.Text, "Post the end of the run there: an http(s) address gets JSON, ntfy://<host>/<topic> a message for people")
    { Variable = "DAILIES_NOTIFY", Placeholder = "url" };

    /// <summary>What is run at the end.</summary>
    public static Setting OnFinish { get; } = new("onFinish", SettingKind.Text, "A command to run once the run has ended, whatever ended it; it finds the run in DAILIES_RUN_DIR, DAILIES_STATE and DAILIES_EXIT_CODE")
    { Variable = "DAILIES_ON_FINISH", Placeholder = "command" };

    /// <summary>Both.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Notify, OnFinish];
}

/// <summary>Who is told, read and checked.</summary>
/// <param name="Target">Where the end is posted, or null.</param>
/// <param name="Command">What is run, or null.</param>
public sealed record NoticeSettings(NoticeTarget? Target, string? Command)
{
    /// <summary>Nobody.</summary>
    public static NoticeSettings None { get; } = new(null, null);

    /// <summary>What the settings in force say; each fault names the setting, never its value. An empty text means none.</summary>
    public static (NoticeSettings Settings, IReadOnlyList<SettingFault> Faults) Read(SettingValues values)
    {
        var (address, command) = (values.Text(NoticeOptions.Notify), values.Text(NoticeOptions.OnFinish));
        var target = string.IsNullOrWhiteSpace(address) ? null : NoticeTarget.Parse(address);
        var faults = new List<SettingFault>();
        if (target is null && !string.IsNullOrWhiteSpace(address))
        {
            faults.Add(Fault(NoticeOptions.Notify, "another text", "http(s)://…, ntfy://<host>/<topic>, or ntfy:http(s)://<host>/<topic>"));
        }

        if (command?.Contains('\0', StringComparison.Ordinal) == true)
        {
            faults.Add(Fault(NoticeOptions.OnFinish, "a text with a NUL character", "a command line"));
        }

        return (new NoticeSettings(target, string.IsNullOrWhiteSpace(command) ? null : command), faults);

        SettingFault Fault(Setting setting, string found, string allowed) => new(setting.Key, found, $"from {values.Origin(setting)}", allowed);
    }
}
