using Dailies.Control;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Cli.Commands;

/// <summary>Whether the machine may fall asleep during a run: what is said now, else what the run was started with.</summary>
internal static class SleepSetting
{
    /// <summary>As the run was started.</summary>
    public static bool Allows(RunRequest request) =>
        request.Settings.FirstOrDefault(s => s.Key == RunOptions.AllowSleep.Key)?.Value is { } text && SettingsResolver.ParseFlag(text) == true;

    /// <summary>For a run that is taken up: the command line, then dailies.json, then as it was started.</summary>
    public static bool Allows(RunRequest request, SettingSources now)
    {
        // Other keys of dailies.json are not this verb's business; a text that is no flag says nothing.
        var (values, _) = SettingsResolver.Resolve([RunOptions.AllowSleep], QueueOptions.FastIteration, now, []);
        return values.Origin(RunOptions.AllowSleep) is "cli" or "file" ? values.Flag(RunOptions.AllowSleep) : Allows(request);
    }
}
