namespace Dailies.Cli.Units;

/// <summary>The verbs that can run as a service.</summary>
internal static class ServiceKinds
{
    public const string Sentinel = "sentinel", Serve = "serve", Resume = "resume";

    public static IReadOnlyList<string> All { get; } = [Sentinel, Serve, Resume];
}

/// <summary>What starts services.</summary>
internal enum ServiceSystem
{
    /// <summary>Linux: a user unit.</summary>
    Systemd,

    /// <summary>macOS: a launch agent.</summary>
    Launchd,

    /// <summary>Windows, with NSSM.</summary>
    Nssm,
}

/// <summary>Where things are; absolute paths.</summary>
/// <param name="Program">The program and what comes before the verb: an executable, or <c>dotnet</c> and our dll.</param>
/// <param name="WorkingFolder">Where the service works: its dailies.json, logs, public and artifacts.</param>
/// <param name="UnitFolder">Where the system looks for units of this user; unused on Windows.</param>
/// <param name="DotnetRoot">DOTNET_ROOT, where it is set: a service does not inherit it.</param>
internal sealed record ServicePaths(IReadOnlyList<string> Program, string WorkingFolder, string UnitFolder, string? DotnetRoot = null);

/// <summary>A service as the system knows it: at most one file, and the commands that bring it in, take it out and ask for it. Pure.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="File">The unit's path and text, or null where commands say it all.</param>
/// <param name="Install">After the file is written.</param>
/// <param name="Uninstall">Before the file is removed.</param>
/// <param name="Uninstalled">After it is removed.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Notes">What else there is to know.</param>
internal sealed record ServiceUnit(
    string Name, (string Path, string Text)? File,
    IReadOnlyList<ServiceCommandLine> Install, IReadOnlyList<ServiceCommandLine> Uninstall, IReadOnlyList<ServiceCommandLine> Uninstalled, IReadOnlyList<ServiceCommandLine> Status,
    IReadOnlyList<string> Notes)
{
    /// <summary>The service of a kind on a system.</summary>
    /// <param name="kind">One of <see cref="ServiceKinds"/>.</param>
    /// <param name="system">The system.</param>
    /// <param name="paths">Where things are.</param>
    /// <param name="options">What the verb is given besides.</param>
    public static ServiceUnit Of(string kind, ServiceSystem system, ServicePaths paths, IReadOnlyList<string> options)
    {
        IReadOnlyList<string> words = [.. paths.Program, kind, .. kind == ServiceKinds.Resume ? [Contract.RunFolder.Latest] : Array.Empty<string>(), .. options];
        return system switch
        {
            ServiceSystem.Systemd => SystemdUnit.Of(kind, paths, words),
            ServiceSystem.Launchd => LaunchAgent.Of(kind, paths, words),
            _ => NssmService.Of(kind, paths, words),
        };
    }

    /// <summary>Why there can be no such service, or null.</summary>
    public static string? Fault(ServiceSystem system, ServicePaths paths, IReadOnlyList<string> options) =>
        paths.Program.Append(paths.WorkingFolder).Concat(options).Any(t => t.Any(char.IsControl)) ? "a path or an option holds a line break or another control character: a service can't be given that"
        : system == ServiceSystem.Systemd && paths.Program[0].AsSpan().ContainsAny("\"'\\") ? $"systemd starts no program whose path holds a quote or a backslash: {paths.Program[0]}"
        : null;

    /// <summary>What is done, as it is shown by <c>--dry-run</c>.</summary>
    public string Shown(string action) => string.Concat(
    [
        .. action == "install" && File is { } made ? [$"writes {made.Path}:\n\n{made.Text}\n"] : Array.Empty<string>(),
        .. (action switch { "install" => Install, "uninstall" => Uninstall, _ => Status }).Select(Runs),
        .. action == "uninstall" && File is { } gone ? [$"removes {gone.Path}\n"] : Array.Empty<string>(),
        .. action == "uninstall" ? Uninstalled.Select(Runs) : [],
        .. action == "install" ? Notes.Select(n => $"note: {n}\n") : [],
    ]);

    private static string Runs(ServiceCommandLine command) => $"runs {command}\n";
}

/// <summary>A program and its arguments, as the system is to get them.</summary>
internal sealed record ServiceCommandLine(ServiceSystem System, params IReadOnlyList<string> Words)
{
    /// <summary>As one would type it.</summary>
    public override string ToString() => string.Join(' ', Words.Select(w => System == ServiceSystem.Nssm ? WindowsWords.Quote(w) : ShellWord(w)));

    private static string ShellWord(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:@,+".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
