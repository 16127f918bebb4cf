using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>One rung of the out-of-memory ladder: values that make a scene smaller.</summary>
/// <param name="Name">As the metadata shows it.</param>
/// <param name="Set">As with <c>--set</c>: a binding's name or <c>&lt;nodeId&gt;.&lt;input&gt;</c> → value.</param>
public sealed record LadderRung(string Name, IReadOnlyDictionary<string, JsonNode> Set)
{
    /// <summary>The key in dailies.json: <c>"ladder": [{"name": "half size", "set": {"width": 384, "height": 216}}]</c>.</summary>
    public const string Key = "ladder";

    private const string Form = "[{\"name\": …, \"set\": {\"width\": 384, …}}]";

    /// <summary>The rungs of a settings file, in order; what can't be read is a fault.</summary>
    public static IReadOnlyList<LadderRung> Read(SettingsFile? file, List<string> faults)
    {
        if (file is null || !file.Members.TryGetValue(Key, out var list))
        {
            return [];
        }

        var rungs = new List<LadderRung>();
        foreach (var item in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [list])
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("set", out var set) || set.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new SettingFault(Key, "an entry without set", file.Path, Form).ToString());
                continue;
            }

            var name = item.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : $"rung {rungs.Count + 1}";
            rungs.Add(new LadderRung(name, Values(set)));
        }

        return rungs;
    }

    // A name that stands twice says what it said last, as elsewhere in the file.
    private static Dictionary<string, JsonNode> Values(JsonElement set) => set.EnumerateObject()
        .Where(m => m.Value.ValueKind != JsonValueKind.Null)
        .GroupBy(m => m.Name).ToDictionary(g => g.Key, g => JsonNode.Parse(g.Last().Value.GetRawText())!);
}
