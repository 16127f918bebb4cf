namespace Dailies.Cli.Units;

/// <summary>A Windows service. NSSM stands between: Windows ends a service that does not answer its control manager within 30 s, and a console program does not.</summary>
internal static class NssmService
{
    public static ServiceUnit Of(string kind, ServicePaths paths, IReadOnlyList<string> words)
    {
        var name = $"dailies-{kind}";
        var parameters = string.Join(' ', words.Skip(1).Select(WindowsWords.Quote));
        return new ServiceUnit(
            name, null,
            [
                Run("nssm", "install", name, words[0]),
                Run("nssm", "set", name, "AppParameters", parameters),
                Run("nssm", "set", name, "AppDirectory", paths.WorkingFolder),
                .. paths.DotnetRoot is { } root ? [Run("nssm", "set", name, "AppEnvironmentExtra", $"DOTNET_ROOT={root}")] : Array.Empty<ServiceCommandLine>(),
                Run("nssm", "set", name, "Start", "SERVICE_AUTO_START"),
                Run("nssm", "set", name, "AppStopMethodConsole", "180000"),
                .. kind == ServiceKinds.Resume ? Once(name) : Always(name),
            ],
            [Run("nssm", "stop", name), Run("nssm", "remove", name, "confirm")],
            [],
            [Run("sc.exe", "query", name)],
            [
                "needs an administrator's prompt, and NSSM on the PATH: https://nssm.cc",
                "the service runs as LocalSystem: give it an account of yours with: nssm set " + name + " ObjectName <account> <password>",
                "without NSSM the command would be the next one, but Windows ends the service after 30 s: Dailies does not answer its service control manager",
                Run("sc.exe", "create", name, "binPath=", string.Join(' ', words.Select(WindowsWords.Quote)), "start=", "auto").ToString(),
            ]);
    }

    // A station that is not up yet (3) is tried again a minute later; whatever else it ends with is an end.
    private static IEnumerable<ServiceCommandLine> Once(string name) =>
    [
        Run("nssm", "set", name, "AppExit", "Default", "Exit"),
        Run("nssm", "set", name, "AppExit", "3", "Restart"),
        Run("nssm", "set", name, "AppRestartDelay", "60000"),
    ];

    private static IEnumerable<ServiceCommandLine> Always(string name) =>
    [
        Run("nssm", "set", name, "AppExit", "Default", "Restart"),
        Run("nssm", "set", name, "AppExit", "2", "Exit"),
        Run("nssm", "set", name, "AppRestartDelay", "10000"),
        Run("nssm", "start", name),
    ];

    private static ServiceCommandLine Run(params IReadOnlyList<string> words) => new(ServiceSystem.Nssm, words);
}
