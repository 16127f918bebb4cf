using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Dailies.Comfy;

/// <summary>One live process. <c>Session</c> is what stays when its parent has died: the session on Linux, the process group elsewhere.</summary>
internal readonly record struct ProcessRow(int Pid, int Parent, int Session, string Birth);

/// <summary>The processes of this machine. One that is dead and only waits to be buried (a zombie) counts as gone.</summary>
/// <remarks>Linux: boot id and start in clock ticks since boot. <c>Process.StartTime</c> is those ticks added to a boot time that each program reckons from the wall clock:
/// 25 programs read 25 different times of one process, 3.7 ms apart, and a set clock or a laptop's sleep moves it by any amount. So no tolerance would be right; the ticks are exact.
/// Windows keeps the creation time itself, other systems show it by ps.</remarks>
internal static class ProcessTable
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly string BootId = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "";

    /// <summary>The process of that number, or null when there is none.</summary>
    public static ProcessRow? Find(int pid) =>
        OperatingSystem.IsLinux() ? FromProc(pid)
        : OperatingSystem.IsWindows() ? FromWindows(pid)
        : Read().Where(r => r.Pid == pid).Select(r => (ProcessRow?)r).FirstOrDefault();

    /// <summary>All of them; empty on Windows, which ends trees by itself.</summary>
    public static IReadOnlyList<ProcessRow> Read() =>
        OperatingSystem.IsLinux()
            ? [.. Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? FromProc(pid) : null).OfType<ProcessRow>()]
        : OperatingSystem.IsWindows() ? []
        : FromPs();

    // 4711 (any (name) at all) S 1 4711 4711 0 …: state, parent, group, session; the start is field 22, the 20th after the name.
    internal static ProcessRow? ReadStat(string stat, string bootId)
    {
        var open = stat.IndexOf('(', StringComparison.Ordinal);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return open > 0 && fields.Length > 19 && fields[0] is not ("Z" or "X")
            ? new ProcessRow(Number(stat[..open]), Number(fields[1]), Number(fields[3]), $"{bootId}:{fields[19]}")
            : null;
    }

    // "  4711     1  4711 S+   Mon Nov 23 08:34:40 2026": pid, parent, group, state, start.
    internal static ProcessRow? ReadPs(string line)
    {
        var fields = line.Split(Blanks, 5, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields.Length == 5 && fields[3][0] != 'Z' ? new ProcessRow(Number(fields[0]), Number(fields[1]), Number(fields[2]), fields[4]) : null;
    }

    internal static IReadOnlyList<ProcessRow> FromPs()
    {
        var start = new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,lstart="]) { RedirectStandardOutput = true };
        (start.Environment["LC_ALL"], start.Environment["TZ"]) = ("C", "UTC");
        using var ps = Process.Start(start)!;
        return [.. ps.StandardOutput.ReadToEnd().Split('\n').Select(ReadPs).OfType<ProcessRow>()];
    }

    private static ProcessRow? FromProc(int pid)
    {
        try
        {
            return ReadStat(File.ReadAllText($"/proc/{pid}/stat"), BootId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // ended between two looks, or hidden from us and so not ours
        }
    }

    private static ProcessRow? FromWindows(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : new ProcessRow(pid, 0, 0, process.StartTime.ToFileTimeUtc().ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}
