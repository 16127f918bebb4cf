using System.Globalization;

namespace Dailies.Contract;

/// <summary>The notes that stand where telemetry had to fall back (contract §6); the texts are literal.</summary>
public static class FallbackNotes
{
    /// <summary>The device does not report its memory.</summary>
    public const string NoVram = "Station does not report VRAM";

    /// <summary>Our sample may show another prompt's memory.</summary>
    public const string SampledDuringAnother = "Sampled while another prompt was executing";

    /// <summary>Two prompts of ours ran on one GPU.</summary>
    public const string SharedGpu = "Two prompts shared the GPU";

    /// <summary>/system_stats did not answer. <paramref name="moment"/> is <c>before</c> or <c>after</c>.</summary>
    public static string StatsUnavailable(string moment) => $"/system_stats unavailable {moment} execution";

    /// <summary>/system_stats did not answer and nvidia-smi did.</summary>
    public static string StatsUnavailableUsingSmi(string moment) => $"/system_stats unavailable {moment} execution; using nvidia-smi fallback";

    /// <summary>/system_stats answered without memory figures and nvidia-smi has them.</summary>
    public static string StatsWithoutVramUsingSmi(string moment) => $"/system_stats present but missing VRAM {moment} execution; using nvidia-smi fallback";

    /// <summary>Frames were copied without proof that they were complete.</summary>
    public static string ForcedCopy(string debugPath) => $"Forced copy after stability retries; see {debugPath}";

    /// <summary>The producer's marker did not come.</summary>
    public static string MarkerNotFound(double seconds) => $"Done marker not found after {seconds.ToString(CultureInfo.InvariantCulture)} seconds";
}
