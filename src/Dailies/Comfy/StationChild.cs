namespace Dailies.Comfy;

/// <summary>A ComfyUI that Dailies started, so that another controller can tell it from a process that got the same number later.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="StartedAt">When it started, whole milliseconds; for people. On Linux it is reckoned from the boot time and moves with the wall clock, so it proves nothing.</param>
/// <param name="Birth">What the system itself keeps of its start (<see cref="ProcessTable"/>); never changes while it lives, and no two processes of one number share it.</param>
public sealed record StationChild(int Pid, DateTimeOffset StartedAt, string Birth);
