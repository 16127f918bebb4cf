using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>Compares two JSON values by shape: the same keys, the same kinds, all the way down; and by value where the key says so.</summary>
internal sealed class JsonShape(IReadOnlySet<string> sameValue, IReadOnlySet<string> ignored)
{
    public static JsonShape Only { get; } = new(new HashSet<string>(), new HashSet<string>());

    public void Match(JsonNode? expected, JsonNode? actual, string because) =>
        Differences(expected, actual, "$").ShouldBeEmpty($"{because}\nrecorded: {expected?.ToJsonString()}\nanswered: {actual?.ToJsonString()}");

    private IEnumerable<string> Differences(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject e, JsonObject a) => e.Select(p => p.Key).Union(a.Select(p => p.Key)).Where(k => !ignored.Contains(k)).SelectMany(k => Member(e, a, k, path)),
        (JsonArray e, JsonArray a) when e.Count == a.Count => e.Zip(a).SelectMany((p, i) => Differences(p.First, p.Second, $"{path}[{i}]")),
        (JsonArray e, JsonArray a) when e.Count > 0 => a.SelectMany((n, i) => Differences(e[0], n, $"{path}[{i}]")),
        _ when Kind(expected) != Kind(actual) => [$"{path}: {Kind(expected)} recorded, {Kind(actual)} answered"],
        _ => [],
    };

    private IEnumerable<string> Member(JsonObject expected, JsonObject actual, string key, string path)
    {
        if (!expected.ContainsKey(key) || !actual.ContainsKey(key))
        {
            return [$"{path}.{key}: only {(expected.ContainsKey(key) ? "recorded" : "answered")}"];
        }

        return sameValue.Contains(key) && !JsonNode.DeepEquals(expected[key], actual[key])
            ? [$"{path}.{key}: {expected[key]?.ToJsonString()} recorded, {actual[key]?.ToJsonString()} answered"]
            : Differences(expected[key], actual[key], $"{path}.{key}");
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        { } kind => kind.ToString(),
    };
}
