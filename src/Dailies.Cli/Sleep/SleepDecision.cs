using System.Globalization;

namespace Dailies.Cli.Sleep;

/// <summary>The systems that we know how to keep awake.</summary>
internal enum SleepSystem
{
    Linux,
    Mac,
    Windows,
    Other,
}

/// <summary>What decides whether and how the machine is kept awake.</summary>
/// <param name="Allowed">The operator lets it sleep.</param>
/// <param name="System">The system.</param>
/// <param name="Systemd">systemd runs here.</param>
/// <param name="Pid">This process.</param>
/// <param name="RunId">The run.</param>
internal sealed record SleepFacts(bool Allowed, SleepSystem System, bool Systemd, int Pid, string RunId)
{
    // sd_booted(3): this folder is there exactly where systemd is the init system.
    private const string SystemdMark = "/run/systemd/system";

    /// <summary>The facts of this machine and process.</summary>
    public static SleepFacts Here(bool allowed, string runId, string systemdMark = SystemdMark) => new(
        allowed,
        OperatingSystem.IsLinux() ? SleepSystem.Linux : OperatingSystem.IsMacOS() ? SleepSystem.Mac : OperatingSystem.IsWindows() ? SleepSystem.Windows : SleepSystem.Other,
        Directory.Exists(systemdMark),
        Environment.ProcessId,
        runId);
}

/// <summary>How the machine is kept awake.</summary>
internal abstract record SleepStep
{
    private SleepStep()
    {
    }

    /// <summary>Not at all: nothing here would put it to sleep, or the operator allows it.</summary>
    public sealed record Nothing : SleepStep;

    /// <summary>By a program that runs as long as the run does. It ends by itself when its standard input closes or we are gone.</summary>
    public sealed record Program(string File, IReadOnlyList<string> Arguments, bool EndsWithInput) : SleepStep;

    /// <summary>By a thread that tells Windows so as long as it lives.</summary>
    public sealed record Thread : SleepStep;
}

/// <summary>Decides how the machine is kept awake while a run goes on. Pure.</summary>
internal static class SleepDecision
{
    public static SleepStep Of(SleepFacts facts) => facts switch
    {
        { Allowed: true } => new SleepStep.Nothing(),

        // In a session of its own: the terminal's Ctrl-C is not for it, and it finds no terminal to ask for a password on.
        { System: SleepSystem.Linux, Systemd: true } => new SleepStep.Program(
            "setsid", ["systemd-inhibit", "--what=sleep:idle", "--who=Dailies", $"--why=run {facts.RunId}", "--mode=block", "cat"], EndsWithInput: true),
        { System: SleepSystem.Mac } => new SleepStep.Program("caffeinate", ["-i", "-w", facts.Pid.ToString(CultureInfo.InvariantCulture)], EndsWithInput: false),
        { System: SleepSystem.Windows } => new SleepStep.Thread(),
        _ => new SleepStep.Nothing(),
    };
}
