using System.Text.Json.Nodes;

namespace Dailies.Animatic.Routes;

/// <summary>One line of /api/jobs, seen through a queue item or a history entry.</summary>
internal sealed class Job(string state, JsonArray item)
{
    private readonly JsonObject? _entry;

    public Job(JsonObject entry)
        : this(entry[AnimaticWire.Status]?[AnimaticWire.Completed]?.GetValue<bool>() == false ? "failed" : "completed", entry[AnimaticWire.Prompt]!.AsArray()) => _entry = entry;

    public string State => state;

    public string Id => item[1]!.GetValue<string>();

    public long Created => item[3]![AnimaticWire.CreateTime]!.GetValue<long>();

    public JsonObject ToNode(bool whole = false)
    {
        var job = AnimaticWire.Job(Id, state, item[0]!, Created, Times, [.. Files()], Workflow);
        if (whole)
        {
            AnimaticWire.AddJobDetails(job, _entry?[AnimaticWire.Outputs], _entry?[AnimaticWire.Status], item[2]!, item[3]!);
        }

        return job;
    }

    private string? Workflow =>
        (item[3]![AnimaticWire.PngInfo] as JsonObject)?[AnimaticWire.Workflow] is JsonObject workflow ? workflow[AnimaticWire.Id]?.ToString() : null;

    private (JsonNode Start, JsonNode End)? Times => _entry?[AnimaticWire.Status]?[AnimaticWire.Messages]?.AsArray() is { Count: > 0 } messages
        ? (messages[0]![1]![AnimaticWire.Timestamp]!, messages[^1]![1]![AnimaticWire.Timestamp]!)
        : null;

    private IEnumerable<JsonObject> Files() =>
        from shown in _entry?[AnimaticWire.Outputs]!.AsObject() ?? []
        from file in shown.Value![AnimaticWire.ImageList]!.AsArray()
        select AnimaticWire.JobFile(file!, shown.Key);
}
