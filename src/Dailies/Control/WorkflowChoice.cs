using System.Text.Json.Nodes;
using Dailies.Settings;
using Dailies.Stories;
using Dailies.Workflows;

namespace Dailies.Control;

/// <summary>What the embedded renderer draws with where a story brings no workflow.</summary>
public sealed record StoryboardWorkflow(string Name, byte[] Graph, byte[] Bindings);

/// <summary>The workflow of a run: the file named, else <c>workflow.json</c> beside the story, and its bindings beside it.</summary>
internal sealed record WorkflowChoice(string File, WorkflowTemplate Template, WorkflowBinding Binding)
{
    private const string DefaultName = "workflow.json";

    /// <summary>Reads both files; null with faults when there is no usable workflow.</summary>
    public static WorkflowChoice? Read(string storyPath, SettingValues values, SettingsFile? settings, StoryboardWorkflow? storyboards, bool hasStory, List<string> faults)
    {
        if (Find(storyPath, values, settings) is not { } path)
        {
            if (storyboards is not null)
            {
                return Bind(storyboards.Name, storyboards.Graph, storyboards.Bindings, storyboards.Name, faults);
            }

            // Without a story there is no telling where its workflow would be.
            if (hasStory)
            {
                faults.Add($"no workflow: give --workflow <file> (in ComfyUI: File → Export (API)), or put {DefaultName} beside the story");
            }

            return null;
        }

        var mapPath = Path.ChangeExtension(path, ".bindings.json");
        var hasMap = System.IO.File.Exists(mapPath);
        return ReadBytes(path, faults) is { } graph && (hasMap ? ReadBytes(mapPath, faults) : []) is { } map
            ? Bind(path, graph, hasMap ? map : null, mapPath, faults)
            : null;
    }

    private static WorkflowChoice? Bind(string path, byte[] graph, byte[]? map, string mapPath, List<string> faults)
    {
        var reading = WorkflowTemplate.Parse(graph, path);
        faults.AddRange(reading.Faults.Select(f => f.ToString()));
        if (reading.Template is not { } template)
        {
            return null;
        }

        if (map is null)
        {
            return new WorkflowChoice(path, template, WorkflowBinding.Resolve(template));
        }

        var bound = WorkflowBinding.ReadMap(map, mapPath, template);
        faults.AddRange(bound.Faults.Select(f => f.ToString()));
        return bound.Binding is null ? null : new WorkflowChoice(path, template, WorkflowBinding.Resolve(template, bound.Binding));
    }

    /// <summary>Values of <c>--set</c>, of the scenes and of the ladder that hit nothing.</summary>
    public IEnumerable<string> Check(IReadOnlyDictionary<string, JsonNode> set, IReadOnlyList<Scene> scenes, IReadOnlyList<LadderRung> ladder)
    {
        IEnumerable<(string Where, IReadOnlyDictionary<string, JsonNode> Set)> all =
        [
            ("--set", set),
            .. ladder.Select(r => ($"{LadderRung.Key} '{r.Name}'", r.Set)),
            .. scenes.Where(s => s.Set.Count > 0).Select(s =>
                ($"{s.Id} set", (IReadOnlyDictionary<string, JsonNode>)s.Set.ToDictionary(v => v.Key, v => JsonNode.Parse(v.Value.GetRawText())!))),
        ];
        return all.SelectMany(one => WorkflowFill.Fill(Template, Binding, new SceneValues { Prompt = "", Seed = 0, Prefix = "", Set = one.Set }).Faults.Select(f => $"{one.Where}: {f}"));
    }

    // A path in dailies.json counts from that file; one that was typed from the working folder.
    private static string? Find(string storyPath, SettingValues values, SettingsFile? settings)
    {
        if (values.Text(RunOptions.Workflow) is { } named)
        {
            return values.Origin(RunOptions.Workflow) == "file" ? Path.Combine(Path.GetDirectoryName(settings!.Path) ?? ".", named) : named;
        }

        var beside = Path.Combine(Directory.Exists(storyPath) ? storyPath : Path.GetDirectoryName(storyPath) ?? ".", DefaultName);
        return System.IO.File.Exists(beside) ? beside : null;
    }

    private static byte[]? ReadBytes(string path, List<string> faults)
    {
        try
        {
            var bytes = BoundedFile.Read(path, WorkflowTemplate.MaxBytes);
            faults.AddRange(bytes is null ? [$"{path}: larger than {WorkflowTemplate.MaxBytes / 1024 / 1024} MB. Is this a workflow?"] : []);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add($"{path}: can't be read ({e.Message}). Check --workflow");
            return null;
        }
    }
}
