using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dailies.Comfy;

/// <summary>Sends a signal to exactly one process and never to one that got its number since: a handle on the process is opened first, and its birth is looked at while the handle holds the number.</summary>
internal static class UnixSignal
{
    /// <summary>Please end.</summary>
    public const int Terminate = 15;

    /// <summary>End.</summary>
    public const int Kill = 9;

    // The same on every Linux of today (5.3 and later), whatever the processor.
    private const int PidfdOpen = 434;
    private const int PidfdSendSignal = 424;

    /// <summary>Sends it, if the process is still the one that is meant.</summary>
    public static void Send(ProcessRow target, int signal)
    {
        using var handle = OperatingSystem.IsLinux() ? Open(target.Pid) : null;
        if (ProcessTable.Find(target.Pid) is not { } now || now.Birth != target.Birth)
        {
            return;
        }

        if (handle is not null)
        {
            _ = SystemCall(PidfdSendSignal, handle.DangerousGetHandle(), signal, 0, 0);
        }
        else
        {
            _ = SendTo(target.Pid, signal); // older kernels, other systems: microseconds after the look
        }
    }

    private static SafeFileHandle? Open(int pid)
    {
        var handle = SystemCall(PidfdOpen, pid, 0, 0, 0);
        return handle < 0 ? null : new SafeFileHandle(handle, ownsHandle: true);
    }

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendTo(int pid, int signal);
}
