namespace Dailies.Control;

/// <summary>Scenes that may be sent again, but not yet. Safe for several threads.</summary>
internal sealed class ScenePauses(TimeProvider clock)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Dictionary<string, (long Since, TimeSpan Span)> pauses = [];

    public void Add(string sceneId, TimeSpan span)
    {
        lock (pauses)
        {
            pauses[sceneId] = (clock.GetTimestamp(), span);
        }
    }

    public void End(string sceneId)
    {
        lock (pauses)
        {
            pauses.Remove(sceneId);
        }
    }

    public bool Holds(string sceneId)
    {
        lock (pauses)
        {
            return pauses.TryGetValue(sceneId, out var pause) && Left(pause) > TimeSpan.Zero;
        }
    }

    /// <summary>Until the first pause is over; null when there is none.</summary>
    public TimeSpan? Shortest()
    {
        lock (pauses)
        {
            return pauses.Count == 0 ? null : pauses.Values.Min(p => Left(p) > Tick ? Left(p) : Tick);
        }
    }

    private TimeSpan Left((long Since, TimeSpan Span) pause) => pause.Span - clock.GetElapsedTime(pause.Since);
}
