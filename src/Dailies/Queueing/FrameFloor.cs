namespace Dailies.Queueing;

/// <summary>The least number of frames that a take may have. Pure.</summary>
public static class FrameFloor
{
    /// <summary>The floor of a scene that does not say how many frames it wants.</summary>
    public const int Default = 25;

    /// <summary>What the scene asked for where the graph's count comes from the scene; else what ComfyUI announced, because the graph fixes it.</summary>
    public static int Of(bool framesBound, int expected, int announced) => framesBound || announced == 0 ? expected : announced;
}
