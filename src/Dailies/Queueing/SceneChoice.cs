namespace Dailies.Queueing;

/// <summary>Where a scene stands when the next one is chosen.</summary>
public enum SceneStanding
{
    /// <summary>Has no take yet and may be sent.</summary>
    Waiting,

    /// <summary>May be sent again, but not before its pause is over.</summary>
    Pausing,

    /// <summary>A prompt of its own is queued, running, or being collected.</summary>
    InFlight,

    /// <summary>Accepted or given up.</summary>
    Ended,
}

/// <summary>Chooses the next scene. Pure.</summary>
public static class SceneChoice
{
    /// <summary>The first scene in story order that may be sent now; null when there is none.</summary>
    public static string? Next(IEnumerable<(string SceneId, SceneStanding Standing)> scenes) =>
        scenes.Where(s => s.Standing == SceneStanding.Waiting).Select(s => s.SceneId).FirstOrDefault();
}
