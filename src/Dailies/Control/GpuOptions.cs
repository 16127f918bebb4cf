using Dailies.Settings;

namespace Dailies.Control;

/// <summary>How a station's GPU is looked at.</summary>
public static class GpuOptions
{
    private const double Least = 0.1;

    /// <summary>The pause between two looks at the memory in use.</summary>
    public static Setting SampleSeconds { get; } = new("gpuSampleSeconds", SettingKind.Number, "Pause between two looks at the GPU's memory while a prompt executes, for its peak; 0 = off")
    { Default = "2", Min = 0, Max = 3600, Placeholder = "s" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [SampleSeconds];

    /// <summary>The pause; null when nobody looks.</summary>
    public static TimeSpan? Interval(SettingValues values) => values.Number(SampleSeconds) > 0 ? values.Seconds(SampleSeconds) : null;

    /// <summary>What the range alone does not tell.</summary>
    public static IEnumerable<SettingFault> Faults(SettingValues values)
    {
        if (values.Number(SampleSeconds) is > 0 and < Least)
        {
            yield return new SettingFault(SampleSeconds.Key, values.All[SampleSeconds.Key].Text, $"from {values.Origin(SampleSeconds)}", "0 (off), or at least 0.1");
        }
    }
}
