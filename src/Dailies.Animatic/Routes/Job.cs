using System.Text.Json.Nodes;

namespace Dailies.Animatic.Routes;

/// <summary>One line of /api/jobs, seen through a queue item or a history entry.</summary>
internal sealed class Job(string state, JsonArray item)
{
    private readonly JsonObject? _entry;

    public Job(JsonObject entry)
        : this(entry["status"]!["completed"]!.GetValue<bool>() ? "completed" : "failed", entry[AnimaticWire.Prompt]!.AsArray()) => _entry = entry;

    public string State => state;

    public string Id => item[1]!.GetValue<string>();

    public long Created => item[3]![AnimaticWire.CreateTime]!.GetValue<long>();

    public JsonObject ToNode(bool whole = false)
    {
        var job = new JsonObject
        {
            ["id"] = Id,
            ["status"] = state,
            ["priority"] = item[0]!.DeepClone(),
            ["create_time"] = Created,
        };
        AddTimes(job);
        var files = Files().ToList();
        job["outputs_count"] = files.Count;
        if (files.Count > 0)
        {
            job["preview_output"] = files[^1];
        }

        if (Workflow is { } workflow)
        {
            job["workflow_id"] = workflow;
        }

        if (whole)
        {
            job["outputs"] = _entry?["outputs"]!.DeepClone() ?? new JsonObject();
            job["execution_status"] = _entry?["status"]!.DeepClone();
            job["workflow"] = new JsonObject { [AnimaticWire.Prompt] = item[2]!.DeepClone(), [AnimaticWire.ExtraData] = item[3]!.DeepClone() };
        }

        return job;
    }

    private string? Workflow => (item[3]![AnimaticWire.PngInfo] as JsonObject)?["workflow"] is JsonObject { } w ? w["id"]?.ToString() : null;

    private void AddTimes(JsonObject job)
    {
        if (_entry?["status"]!["messages"]!.AsArray() is { Count: > 0 } messages)
        {
            job["execution_start_time"] = messages[0]![1]!["timestamp"]!.DeepClone();
            job["execution_end_time"] = messages[^1]![1]!["timestamp"]!.DeepClone();
        }
    }

    private IEnumerable<JsonObject> Files()
    {
        foreach (var (node, shown) in _entry?["outputs"]!.AsObject() ?? [])
        {
            foreach (var file in shown!["images"]!.AsArray())
            {
                var preview = file!.DeepClone().AsObject();
                preview["nodeId"] = node;
                preview["mediaType"] = "images";
                yield return preview;
            }
        }
    }
}
