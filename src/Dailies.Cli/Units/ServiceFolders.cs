namespace Dailies.Cli.Units;

/// <summary>This machine: its system, our program, the folder for its user's units.</summary>
internal static class ServiceFolders
{
    public static ServiceSystem System => OperatingSystem.IsWindows() ? ServiceSystem.Nssm : OperatingSystem.IsMacOS() ? ServiceSystem.Launchd : ServiceSystem.Systemd;

    public static ServicePaths Here(string workingFolder) => new(
        Program(), Path.TrimEndingDirectorySeparator(Path.GetFullPath(workingFolder)), Units(), Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? root : null);

    // Behind ./run we are a dll that dotnet runs.
    private static string[] Program() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? [path, Path.Combine(AppContext.BaseDirectory, typeof(ServiceFolders).Assembly.GetName().Name + ".dll")]
        : [Environment.ProcessPath!];

    private static string Units()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "LaunchAgents")
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(home, ".config"), "systemd", "user");
    }
}
