namespace Dailies.Workflows;

/// <summary>The lengths that video models can make. Pure.</summary>
/// <remarks>The latent of a video holds ((length − 1) / step) + 1 slices (comfy_extras nodes_wan, nodes_hunyuan, nodes_lt, nodes_mochi,
/// nodes_cosmos), so ComfyUI silently makes fewer frames than asked when the length is not step·k + 1.</remarks>
public static class FrameLength
{
    // First match wins: CosmosPredict2 differs from Cosmos.
    private static readonly (string Word, int Step, int Least)[] Models =
    [
        ("LTXVImgToVideo", 8, 9), ("LTXV", 8, 1), ("CosmosPredict2", 4, 1), ("Cosmos", 8, 1), ("Mochi", 6, 7),
        ("Wan", 4, 1), ("Hunyuan", 4, 1), ("HyVideo", 4, 1), ("Kandinsky", 4, 1), ("CogVideo", 4, 1),
    ];

    /// <summary>The next length that a node of this class makes in full.</summary>
    /// <param name="classType">The class of the node that has the length; an unknown one takes any.</param>
    /// <param name="wanted">Frames wanted; below 1 counts as 1.</param>
    /// <returns>The least allowed length that is not below <paramref name="wanted"/>.</returns>
    public static int Snap(string classType, int wanted)
    {
        foreach (var (word, step, least) in Models)
        {
            if (classType.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                var from = (long)Math.Max(wanted, least) - 1;
                var next = ((from + step - 1) / step * step) + 1;
                return next <= int.MaxValue ? (int)next : wanted;
            }
        }

        return Math.Max(wanted, 1);
    }
}
