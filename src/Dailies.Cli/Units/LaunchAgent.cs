using System.Security;

namespace Dailies.Cli.Units;

/// <summary>A launch agent of macOS.</summary>
internal static class LaunchAgent
{
    public static ServiceUnit Of(string kind, ServicePaths paths, IReadOnlyList<string> words)
    {
        var name = $"dailies.{kind}";
        var path = Path.Combine(paths.UnitFolder, $"{name}.plist").Replace('\\', '/');
        return new ServiceUnit(
            name, (path, Text(kind, name, paths, words)),
            [Run("launchctl", "load", "-w", path)], [Run("launchctl", "unload", "-w", path)], [], [Run("launchctl", "list", name)],
            [
                kind == ServiceKinds.Resume ? "it runs at once, and each time you log in; launchd starts no agent of yours before that" : "it runs while you are logged in",
                $"its words: {paths.WorkingFolder}/{name}.log",
            ]);
    }

    private static string Text(string kind, string name, ServicePaths paths, IReadOnlyList<string> words) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key>
          <string>{name}</string>
          <key>ProgramArguments</key>
          <array>
        {string.Join('\n', words.Select(w => $"    {String(w)}"))}
          </array>
          <key>WorkingDirectory</key>
          {String(paths.WorkingFolder)}
        {(paths.DotnetRoot is { } root ? $"  <key>EnvironmentVariables</key>\n  <dict>\n    <key>DOTNET_ROOT</key>\n    {String(root)}\n  </dict>\n" : "")}  <key>RunAtLoad</key>
          <true/>
          <key>KeepAlive</key>
          {(kind == ServiceKinds.Resume ? "<false/>" : "<true/>")}
          <key>ExitTimeOut</key>
          <integer>180</integer>
          <key>StandardOutPath</key>
          {String($"{paths.WorkingFolder}/{name}.log")}
          <key>StandardErrorPath</key>
          {String($"{paths.WorkingFolder}/{name}.log")}
        </dict>
        </plist>

        """.ReplaceLineEndings("\n");

    private static string String(string text) => $"<string>{SecurityElement.Escape(text)}</string>";

    private static ServiceCommandLine Run(params IReadOnlyList<string> words) => new(ServiceSystem.Launchd, words);
}
