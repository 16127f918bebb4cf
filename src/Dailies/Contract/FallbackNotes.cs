using System.Globalization;

namespace Dailies.Contract;

/// <summary>The notes that stand where telemetry had to fall back (contract §6); the texts are literal.</summary>
public static class FallbackNotes
{
    /// <summary>The station answers, but does not say how much memory its device has free.</summary>
    /// <source>ComfyUI's <c>/system_stats</c></source>
    /// <advice>Nothing, for a renderer on the CPU. A GPU without figures: update ComfyUI.</advice>
    public const string NoVram = "Station does not report VRAM";

    /// <summary>Another prompt was executing when the memory was looked at: the figures may be its own.</summary>
    /// <source>ComfyUI's queue</source>
    /// <advice>Nothing; don't compare this scene's memory with others'.</advice>
    public const string SampledDuringAnother = "Sampled while another prompt was executing";

    /// <summary>Two prompts ran on one GPU: memory and durations of both are mixed.</summary>
    /// <source>ComfyUI's queue</source>
    /// <advice>Give each station a GPU of its own, or render on one of the two.</advice>
    public const string SharedGpu = "Two prompts shared the GPU";

    /// <summary><c>/system_stats</c> did not answer at that moment, and nothing else did.</summary>
    /// <source>ComfyUI's <c>/system_stats</c></source>
    /// <advice>Nothing for a single scene. If all have it: see whether a proxy blocks /system_stats.</advice>
    public static string StatsUnavailable(string moment) => $"/system_stats unavailable {moment} execution";

    /// <summary><c>/system_stats</c> did not answer at that moment; nvidia-smi on this machine did.</summary>
    /// <source>nvidia-smi</source>
    /// <advice>Nothing.</advice>
    public static string StatsUnavailableUsingSmi(string moment) => $"/system_stats unavailable {moment} execution; using nvidia-smi fallback";

    /// <summary><c>/system_stats</c> answered without memory figures; nvidia-smi on this machine has them.</summary>
    /// <source>nvidia-smi</source>
    /// <advice>Nothing.</advice>
    public static string StatsWithoutVramUsingSmi(string moment) => $"/system_stats present but missing VRAM {moment} execution; using nvidia-smi fallback";

    /// <summary>Frames were copied from the output folder without proof that they are all: no marker came, and the files did not come to rest.</summary>
    /// <source>the station's output folder</source>
    /// <advice>Read the dump that it names. Let the sentinel or the marker node say when a sequence is whole, or raise --stability-seconds.</advice>
    public static string ForcedCopy(string debugPath) => $"Forced copy after stability retries; see {debugPath}";

    /// <summary>The producer's done marker did not come in time. A take that came over /view stands all the same.</summary>
    /// <source>the station's output folder, or <c>/view</c></source>
    /// <advice>See whether the sentinel runs and watches that folder; raise --done-marker-timeout-seconds where it is slow.</advice>
    public static string MarkerNotFound(double seconds) => $"Done marker not found after {seconds.ToString(CultureInfo.InvariantCulture)} seconds";
}
