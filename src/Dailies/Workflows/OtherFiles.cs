using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>Recognises the files that people hand over in place of an API graph, and says how to get the right one.</summary>
internal static class OtherFiles
{
    /// <summary>How the right file is exported.</summary>
    public const string HowToExport = "in ComfyUI choose File → Export (API); older front ends: Settings → enable Dev mode options, then Save (API Format).";

    /// <summary>The same as a sentence.</summary>
    public const string Fix = "Give the API format: " + HowToExport;

    /// <summary>What the file is, when it surely is no graph.</summary>
    public static WorkflowFault? Recognise(JsonElement root, string file) => Name(root) is var (what, fix) ? new WorkflowFault(file, null, what, fix) : null;

    /// <summary>The graph inside <c>{"prompt": {…}}</c>, the body of a POST; null when the root is the graph itself.</summary>
    public static JsonElement? Wrapped(JsonElement root) =>
        Member(root, "prompt", JsonValueKind.Object) is { } prompt && !prompt.TryGetProperty("class_type", out _) ? prompt : null;

    private static (string What, string Fix)? Name(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return ("This is a list, not a graph", Fix);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return ("This is a single value, not a graph", Fix);
        }

        if (IsUserInterface(Wrapped(root) ?? root))
        {
            return ("This is a workflow in the format of ComfyUI's editor (nodes and links), which the server can't run", Fix);
        }

        if (Member(root, "scenes", JsonValueKind.Array) is not null)
        {
            return ("This is a story, not a workflow", "Give the story as the argument and the graph with --workflow.");
        }

        return IsHistory(root) || root.EnumerateObject().Any(m => IsHistory(m.Value))
            ? ("This is an entry of ComfyUI's history", "Save the third item of its prompt list as a file of its own, or export the graph again.")
            : null;
    }

    // {"last_node_id": 9, "nodes": [{"id": 3, "type": "KSampler", …}], "links": [[1, 4, 0, …]], "version": 0.4}
    private static bool IsUserInterface(JsonElement root) => Member(root, "nodes", JsonValueKind.Array) is not null
        && (root.TryGetProperty("links", out _) || root.TryGetProperty("last_node_id", out _) || root.TryGetProperty("version", out _));

    // {"prompt": [number, id, graph, extra, outputs], "outputs": {…}, "status": {…}}, or the same under its prompt id
    private static bool IsHistory(JsonElement value) =>
        Member(value, "prompt", JsonValueKind.Array) is not null && (value.TryGetProperty("outputs", out _) || value.TryGetProperty("status", out _));

    private static JsonElement? Member(JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
