using System.Text.Json.Nodes;

namespace Dailies.Tests.Comfy;

/// <summary>Queue and history of a replayed server: as recorded where the recording has them, else in the recorded form. Recorded ids stand for ours.</summary>
internal sealed class RecordedState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OurPost> _cast = [];
    private readonly Dictionary<string, JsonObject> _history = [];
    private readonly List<JsonNode> _running = [];
    private readonly List<JsonNode> _pending = [];
    private readonly Dictionary<string, JsonObject> _said = [];
    private string? _recordedQueue;

    /// <summary>A text of the recording with our ids in it.</summary>
    public string Ours(string text)
    {
        lock (_gate)
        {
            return _cast.Aggregate(text, (all, c) => all.Replace($"\"{c.Key}\"", $"\"{c.Value.PromptId}\"", StringComparison.Ordinal));
        }
    }

    /// <summary>A prompt of ours is queued, whatever the answer says.</summary>
    public void Take(RecordedMoment moment, OurPost post, JsonNode body)
    {
        lock (_gate)
        {
            _cast[moment.PromptId] = post;
            _recordedQueue = null;
            var extra = body["extra_data"]!.DeepClone().AsObject();
            extra["client_id"] = post.ClientId;
            _pending.Add(new JsonArray(_history.Count + _pending.Count, post.PromptId, body["prompt"]!.DeepClone(), extra, new JsonArray()));
        }
    }

    /// <summary>GET /queue as it was recorded here; it holds until something moves.</summary>
    public void Queue(string recorded)
    {
        lock (_gate)
        {
            _recordedQueue = recorded;
        }
    }

    /// <summary>What a frame says of a prompt moves it; null for a stranger's.</summary>
    public OurPost? Hear(string type, string recordedId, JsonNode data, IEnumerable<RecordedMoment> later)
    {
        lock (_gate)
        {
            if (!_cast.TryGetValue(recordedId, out var ours))
            {
                return null;
            }

            if (type == "execution_start" || _pending.Any(i => (string)i[1]! == ours.PromptId))
            {
                Move(ours.PromptId, _pending, _running); // without a client id of its own a prompt has no execution_start
                _said[recordedId] = [];
            }
            else if (type == "executed")
            {
                _said[recordedId][(string)data["node"]!] = data["output"]!.DeepClone();
            }
            else if (type is "execution_success" or "execution_error" or "execution_interrupted")
            {
                Move(ours.PromptId, _running, null);
                _history[ours.PromptId] = Entry(type, recordedId, data, later);
            }

            return ours;
        }
    }

    /// <summary>Somebody looked at the history here: what is in it has ended, heard or not.</summary>
    public void Told(string recordedEntries)
    {
        lock (_gate)
        {
            foreach (var (recordedId, ours) in _cast.Where(c => recordedEntries.Contains($"\"{c.Key}\": {{", StringComparison.Ordinal) || recordedEntries.Contains($"\"{c.Key}\":{{", StringComparison.Ordinal)))
            {
                Finish(ours.PromptId, JsonNode.Parse(Ours(recordedEntries))![ours.PromptId]!.DeepClone().AsObject());
            }
        }
    }

    /// <summary>The one prompt of ours that is there has ended so.</summary>
    public void Told(JsonObject entry)
    {
        lock (_gate)
        {
            if (_pending.Concat(_running).FirstOrDefault() is { } item)
            {
                Finish((string)item[1]!, entry);
            }
        }
    }

    /// <summary>What is still there has ended, and nobody was told.</summary>
    public void EndUnheard()
    {
        lock (_gate)
        {
            foreach (var item in _running.Concat(_pending))
            {
                var file = new JsonObject { ["filename"] = "unheard.png", ["subfolder"] = "", ["type"] = "output" };
                _history[(string)item[1]!] = Entry("execution_success", new JsonObject { ["9"] = new JsonObject { ["images"] = new JsonArray(file) } }, new JsonObject());
            }

            _running.Clear();
            _pending.Clear();
        }
    }

    /// <summary>A restart: nothing of it is known any more.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _recordedQueue = null;
            _running.Clear();
            _pending.Clear();
            _history.Clear();
        }
    }

    public void Delete(IEnumerable<string> ids)
    {
        lock (_gate)
        {
            _pending.RemoveAll(p => ids.Contains((string)p[1]!));
        }
    }

    public string QueueNow()
    {
        lock (_gate)
        {
            return _recordedQueue is { } recorded ? Ours(recorded) : new JsonObject
            {
                ["queue_running"] = new JsonArray([.. _running.Select(i => i.DeepClone())]),
                ["queue_pending"] = new JsonArray([.. _pending.Select(i => i.DeepClone())]),
            }.ToJsonString();
        }
    }

    /// <summary>Somebody else posted this to /queue: what it names, or all that waits, is gone, and nobody is told its id.</summary>
    public void Drop(string recordedBody)
    {
        lock (_gate)
        {
            _recordedQueue = null;
            var body = JsonNode.Parse(Ours(recordedBody))!;
            var named = (body["delete"] as JsonArray ?? []).Select(i => (string)i!).ToList();
            _pending.RemoveAll(p => body["clear"] is not null || named.Contains((string)p[1]!));
        }
    }

    /// <summary>One entry, or all.</summary>
    public string HistoryOf(string? id)
    {
        lock (_gate)
        {
            return new JsonObject(_history.Where(h => id is null || h.Key == id).Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value.DeepClone()))).ToJsonString();
        }
    }

    private void Finish(string id, JsonObject entry)
    {
        if (_pending.Concat(_running).Any(i => (string)i[1]! == id))
        {
            Move(id, _pending, null);
            Move(id, _running, null);
            _history[id] = entry;
        }
    }

    private void Move(string id, List<JsonNode> from, List<JsonNode>? to)
    {
        _recordedQueue = null;
        if (from.FirstOrDefault(i => (string)i[1]! == id) is { } item)
        {
            from.Remove(item);
            to?.Add(item);
        }
    }

    // As recorded, unless the same id runs again before the recorded look; else made of what the frames said.
    private JsonObject Entry(string type, string recordedId, JsonNode data, IEnumerable<RecordedMoment> later)
    {
        var next = later.FirstOrDefault(m => (m.Kind == "ws" && m.Message is { Type: "execution_start", PromptId: { } id } && id == recordedId)
            || (m.Kind == "http" && m.Request == $"GET /history/{recordedId}" && m.Answer.Length > 2));
        return next is { Kind: "http" }
            ? JsonNode.Parse(Ours(next.Answer))![_cast[recordedId].PromptId]!.DeepClone().AsObject()
            : Entry(type, _said[recordedId], data);
    }

    private static JsonObject Entry(string type, JsonObject outputs, JsonNode data) => new()
    {
        ["outputs"] = outputs.DeepClone(),
        ["status"] = new JsonObject
        {
            ["status_str"] = type == "execution_success" ? "success" : "error",
            ["completed"] = type == "execution_success",
            ["messages"] = new JsonArray(new JsonArray(type, data.DeepClone())),
        },
    };
}
