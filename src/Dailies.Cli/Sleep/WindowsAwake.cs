using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Dailies.Cli.Sleep;

/// <summary>Windows keeps awake for a thread that asked for it, as long as the thread lives.</summary>
internal sealed class WindowsAwake : IDisposable
{
    private const uint Continuous = 0x80000000;
    private const uint SystemRequired = 0x00000001;
    private readonly ManualResetEventSlim end = new();
    private readonly Action refused;

    private WindowsAwake(Action refused) => this.refused = refused;

    /// <summary>Asks for it; <paramref name="refused"/> is told when Windows says no.</summary>
    [SupportedOSPlatform("windows")]
    public static WindowsAwake Begin(Action refused)
    {
        var awake = new WindowsAwake(refused);
        new Thread(awake.Hold) { IsBackground = true, Name = "awake" }.Start();
        return awake;
    }

    public void Dispose() => end.Set();

    [SupportedOSPlatform("windows")]
    private void Hold()
    {
        if (SetThreadExecutionState(Continuous | SystemRequired) == 0)
        {
            refused();
        }

        end.Wait();
        _ = SetThreadExecutionState(Continuous);
        end.Dispose();
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint SetThreadExecutionState(uint flags);
}
