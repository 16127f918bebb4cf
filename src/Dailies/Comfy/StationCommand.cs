using System.Diagnostics;

namespace Dailies.Comfy;

/// <summary>Turns a command line as a user types it into a process whose output goes to a file.</summary>
internal static class StationCommand
{
    /// <summary>Ours, not the child's: they can hold credentials of other stations.</summary>
    private const string OwnVariables = "DAILIES_";

    private const string LogVariable = "DAILIES_STATION_LOG";

    // $1 is the log, $2 the command: neither is pasted into this text. bash where there is one: `source venv/bin/activate && …` is what people type, and bash becomes the last program of a command,
    // so that the pid and the exit code that we hold are ComfyUI's own. (dash stays in between and passes the exit code on.)
    // Ctrl-C goes to the terminal's foreground group. In a session of its own the child is out of reach, and we can take our prompt back before it is asked to end;
    // a closed terminal does not end it either. Where there is no setsid (macOS) it ignores the keyboard's signals instead; Python keeps an ignored SIGINT ignored.
    private const string Wrapper = """
        exec </dev/null >>"$1" 2>&1 || exit 1
        shell=$(command -v bash || echo /bin/sh)
        if command -v setsid >/dev/null 2>&1; then exec setsid "$shell" -c "$2"; fi
        trap '' INT QUIT HUP
        exec "$shell" -c "$2"
        """;

    /// <summary>How to start it.</summary>
    public static ProcessStartInfo StartInfo(string command, string logPath)
    {
        var start = OperatingSystem.IsWindows() ? OnWindows(command, logPath) : new ProcessStartInfo("/bin/sh", ["-c", Wrapper, "sh", logPath, command]);

        // Redirected, so that .NET leaves the terminal's modes alone; the shell turns all three to the log before the command begins.
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith(OwnVariables, StringComparison.OrdinalIgnoreCase) && k != LogVariable).ToList())
        {
            start.Environment.Remove(name);
        }

        // Into a file Python writes in blocks: a crash would swallow its last words. And we read the file as UTF-8.
        start.Environment.TryAdd("PYTHONUNBUFFERED", "1");
        start.Environment.TryAdd("PYTHONIOENCODING", "utf-8");
        return start;
    }

    // /s: the outer quotes go, the text between them stays as typed. A console of its own is what Ctrl-C can't reach.
    internal static ProcessStartInfo OnWindows(string command, string logPath)
    {
        var start = new ProcessStartInfo("cmd.exe", $"/d /s /c \"({command}) <nul >>\"%{LogVariable}%\" 2>&1\"") { CreateNoWindow = true };
        start.Environment[LogVariable] = logPath;
        return start;
    }
}
