using System.Globalization;
using System.Text;

namespace Dailies.Cli.Units;

/// <summary>A systemd unit of the user's own.</summary>
internal static class SystemdUnit
{
    public static ServiceUnit Of(string kind, ServicePaths paths, IReadOnlyList<string> words)
    {
        var name = $"dailies-{kind}.service";
        var atOnce = kind == ServiceKinds.Resume ? Array.Empty<string>() : ["--now"];
        return new ServiceUnit(
            name, (Path.Combine(paths.UnitFolder, name).Replace('\\', '/'), Text(kind, paths, words)),
            [Run("systemctl", "--user", "daemon-reload"), Run(["systemctl", "--user", "enable", .. atOnce, name]), Run("loginctl", "enable-linger")],
            [Run("systemctl", "--user", "disable", "--now", name)],
            [Run("systemctl", "--user", "daemon-reload")],
            [Run("systemctl", "--user", "--no-pager", "status", name)],
            [
                "loginctl enable-linger lets your services start at boot, not only when you log in; uninstall leaves it on (off: loginctl disable-linger)",
                $"its words: journalctl --user -u {name}",
            ]);
    }

    private static string Text(string kind, ServicePaths paths, IReadOnlyList<string> words) => $"""
        # Written by: dailies service install {kind}
        [Unit]
        Description=Dailies {kind} in {Specifiers(paths.WorkingFolder)}
        {(kind == ServiceKinds.Resume ? Once : Always)}
        WorkingDirectory={Folder(paths.WorkingFolder)}
        {(paths.DotnetRoot is { } root ? $"Environment={Quoted($"DOTNET_ROOT={root}")}\n" : "")}ExecStart={string.Join(' ', words.Select((w, i) => Word(w, program: i == 0)))}
        # Our own prompt is taken back and the evidence written; a ComfyUI that Dailies started is ended by Dailies.
        KillMode=mixed
        TimeoutStopSec=180

        [Install]
        WantedBy=default.target

        """.ReplaceLineEndings("\n");

    // A station that is not up yet (3), or a run that was killed, is tried again; a run with failed scenes (1) is done.
    private const string Once = """
        StartLimitIntervalSec=7200
        StartLimitBurst=30

        [Service]
        Type=oneshot
        SuccessExitStatus=1
        Restart=on-failure
        RestartPreventExitStatus=2 4 130 143
        RestartSec=60
        """;

    private const string Always = """

        [Service]
        Type=simple
        SuccessExitStatus=130 143
        Restart=on-failure
        RestartPreventExitStatus=2
        RestartSec=10
        """;

    /// <summary>One word of ExecStart. In arguments <c>$</c> would name a variable; the program's own path is not looked at for those.</summary>
    internal static string Word(string word, bool program) => Quoted(program ? word : word.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>In double quotes, with C's escapes and systemd's specifiers.</summary>
    internal static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in Specifiers(text))
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or '\u007f' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // WorkingDirectory takes the rest of its line as it is, but for specifiers, spaces at its end and a backslash that would join the next line.
    private static string Folder(string path) => Specifiers(path) + (path[^1] is ' ' or '\\' ? "/" : "");

    private static string Specifiers(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    private static ServiceCommandLine Run(params IReadOnlyList<string> words) => new(ServiceSystem.Systemd, words);
}
