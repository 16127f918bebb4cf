using System.Text.Json.Nodes;

namespace Dailies.Animatic.Queueing;

/// <summary>What became of the prompts, oldest first, bounded. Guarded by the queue's lock.</summary>
internal sealed class PromptHistory
{
    /// <summary>The oldest entry goes when there are more.</summary>
    public const int Most = 10_000;

    private readonly OrderedDictionary<string, JsonObject> _entries = new(StringComparer.Ordinal);

    public void Add(string id, JsonObject entry)
    {
        if (_entries.Count >= Most && !_entries.ContainsKey(id))
        {
            _entries.RemoveAt(0);
        }

        _entries[id] = entry;
    }

    public JsonObject? Find(string id) => _entries.GetValueOrDefault(id);

    public IReadOnlyList<KeyValuePair<string, JsonObject>> All => [.. _entries];

    /// <summary>The newest <paramref name="most"/> entries, or as many from <paramref name="offset"/> on; oldest first either way.</summary>
    public JsonObject List(int? most, int offset)
    {
        var from = offset < 0 && most is { } n ? Math.Max(0, _entries.Count - n) : Math.Max(0, offset);
        var picked = _entries.Skip(from).Take(most ?? int.MaxValue);
        return new JsonObject(picked.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value.DeepClone())));
    }

    public void Clear() => _entries.Clear();

    public void Delete(string id) => _entries.Remove(id);
}
