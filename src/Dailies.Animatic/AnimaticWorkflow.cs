namespace Dailies.Animatic;

/// <summary>The workflow that storyboards are drawn with where a story brings none: an ordinary text-to-image graph, and the map that binds it.</summary>
public static class AnimaticWorkflow
{
    /// <summary>The graph in ComfyUI's API format, UTF-8 JSON.</summary>
    public static byte[] Graph { get; } = Read("workflow");

    /// <summary>From names to inputs: <c>{"frames": "5.batch_size", …}</c>, UTF-8 JSON.</summary>
    public static byte[] Bindings { get; } = Read("workflow-bindings");

    private static byte[] Read(string name)
    {
        using var stream = typeof(AnimaticWorkflow).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
