using Dailies.Markers;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Cli.Commands;

/// <summary>What <c>dailies sentinel</c> can be told. It needs no dailies.json: it runs where ComfyUI runs, and knows no story.</summary>
internal static class SentinelOptions
{
    /// <summary>What to watch.</summary>
    public static Setting Dirs { get; } = new("dir", SettingKind.List, "A folder to watch, with all that lies below it; may be repeated") { Placeholder = "folder" };

    /// <summary>The least that is marked.</summary>
    public static Setting MinFrames { get; } = new("minFrames", SettingKind.Whole, "Leave sequences with fewer frames unmarked")
    { Default = "1", Min = 1, Placeholder = "n" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Dirs, QueueOptions.ScanInterval, QueueOptions.StableSeconds, MinFrames, QueueOptions.FastIteration];

    /// <summary>The values, and every fault at once, also those of the folders.</summary>
    public static (SettingValues Values, IReadOnlyList<string> Faults) Read(IReadOnlyDictionary<string, IReadOnlyList<string>> typed, Func<string, string?> environment)
    {
        var (values, faults) = SettingsResolver.Resolve(All, QueueOptions.FastIteration, new SettingSources(typed, environment, null), []);
        var folders = values.List(Dirs);
        return (values,
        [
            .. faults.Select(f => f.ToString()),
            .. folders.Count == 0 ? new[] { $"no folder to watch: say {Dirs.Option} <folder>, for ComfyUI its output folder" } : [],
            .. folders.Where(f => !Directory.Exists(f)).Select(f => $"{Dirs.Option} {f}: no such folder"),
        ]);
    }

    /// <summary>The policy that these values spell. Call only on values without faults.</summary>
    public static SentinelPolicy ToPolicy(SettingValues values) => new()
    {
        ScanInterval = values.Seconds(QueueOptions.ScanInterval),
        Stable = values.Seconds(QueueOptions.StableSeconds),
        MinFrames = values.Whole(MinFrames),
    };
}
