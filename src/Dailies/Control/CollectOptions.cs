using Dailies.Settings;

namespace Dailies.Control;

/// <summary>How takes come from a station to us.</summary>
public static class CollectOptions
{
    /// <summary>What <see cref="Collect"/> says for a folder.</summary>
    public const string Folder = "folder";

    /// <summary>Over HTTP, or from a folder.</summary>
    public static Setting Collect { get; } = new("collect", SettingKind.Choice, "Fetch takes over /view, or read them from the station's output folder (for nodes that announce nothing)")
    { Default = "view", Choices = ["view", Folder], Placeholder = "view|folder" };

    /// <summary>The station's output folder.</summary>
    public static Setting ComfyOutput { get; } = new("comfyOutput", SettingKind.Text, "The station's output folder as this machine sees it: takes, done markers and the sentinel are looked for there")
    { Placeholder = "folder" };

    /// <summary>Remove what was verified.</summary>
    public static Setting Cleanup { get; } = new("stationCleanup", SettingKind.Flag, "Remove a take from the station's output folder once it is verified here; needs --comfy-output")
    { Default = "false" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Collect, ComfyOutput, Cleanup];

    /// <summary>Whether takes are read from a folder.</summary>
    public static bool FromFolder(SettingValues values) => values.Text(Collect) == Folder;

    /// <summary>What is wrong between them; <paramref name="prefixBound"/>: the workflow's savers take our prefix.</summary>
    public static IEnumerable<string> Faults(SettingValues values, bool animatic, bool prefixBound)
    {
        var folder = values.Text(ComfyOutput);
        if (FromFolder(values) && folder is null && !animatic)
        {
            yield return $"{Collect.Option} {Folder} needs {ComfyOutput.Option} <folder>: the station's output folder as this machine sees it";
        }

        if (folder is not null && !Directory.Exists(folder))
        {
            yield return new SettingFault(ComfyOutput.Key, $"'{folder}'", $"from {values.Origin(ComfyOutput)}", "a folder that is there").ToString();
        }

        if (FromFolder(values) && !prefixBound)
        {
            yield return $"{Collect.Option} {Folder} needs a prefix of our own, and no input of the workflow takes it: name one in the bindings, for example \"prefix\": \"9.filename_prefix\"";
        }
    }

    /// <summary>Things to say before the run starts.</summary>
    public static IEnumerable<string> Warnings(SettingValues values, bool prefixBound)
    {
        if (values.Flag(Cleanup) && !prefixBound)
        {
            yield return $"{Cleanup.Option}: no input of the workflow takes our prefix, so nothing on the station is known to be ours, and nothing is removed";
        }
    }
}
