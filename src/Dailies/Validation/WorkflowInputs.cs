using System.Globalization;
using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-625: where the summary's [Workflow] line says that a scene's values were put, and whether they stand there in the workflows as sent.</summary>
internal sealed class WorkflowInputs
{
    private static readonly string[] Known = ["prompt", "negative", "seed", "prefix"];
    private readonly List<(string Name, string Target)> _inputs = [];

    private WorkflowInputs(string bound)
    {
        // "prompt: 6.text, 7.text, seed: 3.seed, cfg: 3.cfg": a part with a colon and a blank begins a name, the others go on with its inputs.
        var all = new List<(string Name, string Target)>();
        var name = "";
        foreach (var part in bound.Split(", "))
        {
            var colon = part.IndexOf(": ", StringComparison.Ordinal);
            name = colon < 0 ? name : part[..colon];
            all.Add((name, colon < 0 ? part : part[(colon + 2)..]));
        }

        // An input that was also set to something else holds that.
        var once = all.GroupBy(i => i.Target).Where(g => g.Count() == 1).Select(g => g.Single());
        _inputs.AddRange(once.Where(i => Known.Contains(i.Name)));
    }

    /// <summary>Nothing where no such line stands.</summary>
    public static WorkflowInputs Read(SummaryText? summary)
    {
        var line = summary?.Starting(SummaryLine.WorkflowStart).FirstOrDefault(l => !l.Text.StartsWith(SummaryLine.WorkflowStart + "NOTE: ", StringComparison.Ordinal));
        var at = line is null ? -1 : Known.Select(k => line.Text.IndexOf($": {k}: ", StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        return new WorkflowInputs(at < 0 ? "" : line!.Text[(at + 2)..]);
    }

    /// <summary>Judges one attempt's workflow, if there is one.</summary>
    public void Judge(RunEvidence run, SceneEvidence scene, JsonView attempt, string name, long most)
    {
        // A rung of the ladder may set anything.
        if (_inputs.Count == 0 || attempt.Text("Rung") is not null || run.Paths.Resolve(name) is not { } path || !RunFile.Exists(path))
        {
            return;
        }

        var (root, fault) = MetadataReader.ReadOther(path, most);
        if (root is not { Element.ValueKind: JsonValueKind.Object } graph)
        {
            run.Findings.Add(WorkflowOther, name, "", scene.Id, "a graph", fault ?? "no JSON object");
            return;
        }

        foreach (var (value, target) in _inputs)
        {
            if (Expected(scene, attempt, value) is { } right && Input(graph, target) is { } input && input.Element.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && (input.Text is { } text ? text : input.Raw) is var found && found != right)
            {
                run.Findings.Add(WorkflowOther, name, input.Pointer, scene.Id, right, found);
            }
        }
    }

    private static string? Expected(SceneEvidence scene, JsonView attempt, string value) => value switch
    {
        "prompt" => scene.Json.Text("Prompt"),
        "negative" => scene.Json.Text("NegativePrompt") is { Length: > 0 } negative ? negative : null,
        "seed" => attempt.Get("Seed") is { Element.ValueKind: JsonValueKind.Number } seed && seed.Element.TryGetUInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        _ => scene.Described?.Pointer == attempt.Pointer ? scene.Json.Text("FramePrefix") : null,
    };

    // Split at the first dot; an id that has dots itself is found by trying the later ones.
    private static (JsonElement Element, string? Text, string Raw, string Pointer)? Input(JsonView graph, string target)
    {
        for (var dot = target.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = target.IndexOf('.', dot + 1))
        {
            if (graph.Object(target[..dot])?.Object("inputs")?.Get(target[(dot + 1)..]) is { } input)
            {
                return (input.Element, input.Element.ValueKind == JsonValueKind.String ? input.Element.GetString() : null, input.Raw, input.Pointer);
            }
        }

        return null;
    }
}
