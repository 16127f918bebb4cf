namespace Dailies.Animatic;

/// <summary>How one Animatic server is set up.</summary>
public sealed record AnimaticOptions
{
    /// <summary>The address to listen on.</summary>
    /// <value>An IP address or <c>localhost</c>. Default: <c>127.0.0.1</c>.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The TCP port to listen on.</summary>
    /// <value>0 to 65535; 0 (the default) takes any free port.</value>
    public int Port { get; init; }

    /// <summary>Where images are saved. Made if missing; nothing is ever read or written outside it (previews live in a private temp folder).</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What goes wrong on purpose.</summary>
    /// <value>Default: nothing.</value>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What faults with a chance (<c>reset-on-post%20</c>) are drawn from: the same seed, the same faults at the same times.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; init; }

    /// <summary>Whether <c>/animatic/…</c> answers: other faults, the executions so far, a kill. For tests.</summary>
    /// <value>Default: no.</value>
    public bool Control { get; init; }

    /// <summary>Pause before each step of a KSampler.</summary>
    /// <value>Zero or more. Default: 15 milliseconds.</value>
    public TimeSpan StepDelay { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>The clock that pauses, time stamps and file names go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The ComfyUI version whose protocol is spoken, as told in <c>/system_stats</c>; an older one lacks what came later.</summary>
    /// <value>Three numbers with dots. Default: <c>0.8.0</c>, the version of the recordings.</value>
    public string Version { get; init; } = "0.8.0";
}
