using System.ComponentModel;
using System.Diagnostics;

namespace Dailies.Comfy;

/// <summary>A ComfyUI that Dailies started: watched, and ended only when asked. It may outlive us: a later controller finds it by <see cref="Child"/>.</summary>
internal sealed class StationProcess : IDisposable
{
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AdoptedPulse = TimeSpan.FromMilliseconds(250);

    private readonly Process? process; // null where it is not our own child, so that nobody tells us its exit code
    private readonly TimeProvider clock;
    private readonly StationTree tree;
    private readonly CancellationTokenSource watching = new();
    private bool disposed;

    private StationProcess(Process? process, StationChild child, StationLog log, long begin, TimeProvider clock)
    {
        (this.process, this.clock) = (process, clock);
        (Child, Log, Begin) = (child, log, begin);
        tree = new StationTree(child);
        Ended = WatchAsync(watching.Token);
    }

    /// <summary>Who it is, for the ledger.</summary>
    public StationChild Child { get; }

    /// <summary>What it prints.</summary>
    public StationLog Log { get; }

    /// <summary>Where its own part of the log begins; 0 for an adopted one.</summary>
    public long Begin { get; }

    /// <summary>Completes when it has ended, however; cancelled when this is disposed first.</summary>
    public Task Ended { get; }

    /// <summary>It has ended.</summary>
    public bool HasExited => Ended.IsCompletedSuccessfully;

    /// <summary>Its exit code, 128 + the signal where one ended it; null while it runs, and for an adopted one.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Starts <paramref name="command"/> in a shell, in the working folder, its output appended to <paramref name="logPath"/>.
    /// Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the log can't be written, <see cref="StationException"/> when there is no shell.
    /// A command that is wrong is no error here: the shell says so in the log and ends.</summary>
    public static StationProcess Start(string command, string logPath, TimeProvider clock)
    {
        var path = Path.GetFullPath(logPath);
        File.AppendAllText(path, $"--- dailies starts the station, {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z ---\n");
        var log = new StationLog(path, command);
        var begin = log.Mark();
        var process = Start(StationCommand.StartInfo(command, path));
        return new StationProcess(process, Identify(process, clock), log, begin, clock);
    }

    /// <summary>Takes over the child of an earlier controller; null when it is gone, even where another process has its number now. <paramref name="command"/>, where known, is kept out of tails.</summary>
    public static StationProcess? TryAdopt(StationChild child, string logPath, TimeProvider clock, string? command = null) =>
        IsAlive(child) ? new StationProcess(null, child, new StationLog(Path.GetFullPath(logPath), command), 0, clock) : null;

    /// <summary>Asks it and all that it started to end (SIGTERM), and after 10 s, or at once when <paramref name="hurry"/> is cancelled, kills them. Call it after a crash too: what a dead station
    /// leaves behind holds its port and its GPU. Windows has no way to ask a console program: there they are killed. True when nobody is left; false when something can't be killed
    /// (a driver that hangs), after 5 s more.</summary>
    public async Task<bool> EndAsync(CancellationToken hurry)
    {
        if (OperatingSystem.IsWindows())
        {
            return await EndOnWindowsAsync();
        }

        foreach (var member in tree.Look())
        {
            UnixSignal.Send(member, UnixSignal.Terminate);
        }

        if (await GoneAsync(AskPatience, _ => { }, hurry))
        {
            return true;
        }

        return await GoneAsync(KillPatience, left =>
        {
            foreach (var member in left)
            {
                UnixSignal.Send(member, UnixSignal.Kill);
            }
        }, CancellationToken.None);
    }

    /// <summary>Looks away. Ends nothing.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        watching.Cancel();
        process?.Dispose();
        watching.Dispose();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Dispose();
            process.StandardOutput.Dispose();
            process.StandardError.Dispose();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new StationException(StationFault.Unreachable, $"{start.FileName} can't be started: {e.Message}", e);
        }
    }

    // One that has ended already is nobody that could be mistaken for it later.
    private static StationChild Identify(Process process, TimeProvider clock)
    {
        var birth = ProcessTable.Find(process.Id)?.Birth ?? "";
        try
        {
            return new StationChild(process.Id, WholeMilliseconds(new DateTimeOffset(process.StartTime).ToUniversalTime()), birth);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return new StationChild(process.Id, WholeMilliseconds(clock.GetUtcNow()), birth);
        }
    }

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    private static bool IsAlive(StationChild child) => ProcessTable.Find(child.Pid) is { } now && now.Birth == child.Birth;

    private async Task WatchAsync(CancellationToken cancel)
    {
        if (process is not null)
        {
            await process.WaitForExitAsync(cancel);
            ExitCode = process.ExitCode;
        }
        else
        {
            while (IsAlive(Child))
            {
                await Task.Delay(AdoptedPulse, clock, cancel);
            }
        }

        tree.Look(); // now, while what it leaves behind can still be told from others
    }

    private async Task<bool> GoneAsync(TimeSpan patience, Action<IReadOnlyList<ProcessRow>> act, CancellationToken hurry)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            var left = tree.Look();
            if (left.Count == 0 && HasExited)
            {
                return true;
            }

            act(left);
            if (hurry.IsCancellationRequested || clock.GetElapsedTime(since) >= patience)
            {
                return false;
            }

            var pulse = Task.Delay(Pulse, clock, hurry);
            await Task.WhenAny(HasExited ? pulse : Ended, pulse);
        }
    }

    private async Task<bool> EndOnWindowsAsync()
    {
        using var found = process is null && IsAlive(Child) ? Process.GetProcessById(Child.Pid) : null;
        if (!HasExited && (process ?? found) is { } root)
        {
            root.Kill(entireProcessTree: true);
        }

        await Task.WhenAny(Ended, Task.Delay(KillPatience, clock));
        return HasExited;
    }
}
