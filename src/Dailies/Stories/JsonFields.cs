using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>Typed reading of one JSON object's members: a missing or null one is silent, one of the wrong type is a fault with its line.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonMember> _members = new(StringComparer.Ordinal);
    private readonly string _owner;
    private readonly Remarks _remarks;

    /// <param name="members">The object's members.</param>
    /// <param name="owner">Whose they are, for messages: empty, or <c> of scene 2</c>.</param>
    /// <param name="remarks">Takes the faults.</param>
    public JsonFields(IEnumerable<JsonMember> members, string owner, Remarks remarks)
    {
        (_owner, _remarks) = (owner, remarks);
        foreach (var member in members)
        {
            if (!_members.TryAdd(member.Name, member))
            {
                _members[member.Name] = member;
                remarks.Note(member.Line, $"{Named(member)} is given twice; the last one holds");
            }
        }
    }

    public int? LineOf(string name) => _members.GetValueOrDefault(name)?.Line;

    public string Text(string name) => TextOrNull(name) ?? "";

    public string? TextOrNull(string name, bool numbers = false) => Find(name) switch
    {
        null => null,
        { Value.ValueKind: JsonValueKind.String } text => Clean(text.Value.GetString()!),
        { Value.ValueKind: JsonValueKind.Number } number when numbers => number.Value.GetRawText(),
        { } other => Wrong<string>(other, "text in quotes"),
    };

    public int? Count(string name) => Find(name) is not { } member ? null
        : Whole(member.Value) is >= 1 and <= int.MaxValue and { } whole ? (int)whole
        : Wrong<int?>(member, "a whole number of 1 or more, or leave it out");

    public ulong? Seed(string name) => Find(name) is not { } member ? null
        : Whole(member.Value) is >= 0 and <= ulong.MaxValue and { } whole ? (ulong)whole
        : Wrong<ulong?>(member, "a whole number from 0 to 18446744073709551615, or leave it out and the seed is derived");

    public double? Rate(string name) => Find(name) is not { } member ? null
        : member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var rate) && rate is >= 1 and <= 240 ? rate
        : Wrong<double?>(member, "frames per second from 1 to 240, or leave it out");

    public DateTimeOffset? Time(string name)
    {
        if (TextOrNull(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        _remarks.Note(LineOf(name), $"\"{StoryText.Excerpt(text)}\" is no time and is left out: write it as 2030-01-31T22:00:00.000Z");
        return null;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } member)
        {
            return [];
        }

        return member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. member.Value.EnumerateArray().Select(item => Clean(item.GetString()!))]
            : Wrong<IReadOnlyList<string>>(member, "a list of texts, for example [\"one\", \"two\"]") ?? [];
    }

    public IReadOnlyDictionary<string, JsonElement> Object(string name)
    {
        if (Find(name) is not { } member)
        {
            return NoFields.Instance;
        }

        return member.Value.ValueKind == JsonValueKind.Object
            ? Gather(member.Value.EnumerateObject().Select(item => (item.Name, item.Value)))
            : Wrong<IReadOnlyDictionary<string, JsonElement>>(member, "an object, for example { \"steps\": 30 }") ?? NoFields.Instance;
    }

    public JsonElement? Any(string name) => Find(name)?.Value;

    /// <summary>The members of other names, with a note where one looks like a slip for a known name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Unknown(ImmutableArray<string> known)
    {
        var unknown = _members.Values.Where(member => !known.Contains(member.Name)).OrderBy(member => member.Line).ToList();
        foreach (var member in unknown)
        {
            if (_remarks.HasRoom && NearestName.Among(member.Name, known) is { } meant)
            {
                _remarks.Note(member.Line, $"{Named(member)} is kept but not used: did you mean {meant}?");
            }
        }

        return unknown.Count == 0 ? NoFields.Instance : Gather(unknown.Select(member => (member.Name, member.Value)));
    }

    private JsonMember? Find(string name) =>
        _members.GetValueOrDefault(name) is { Value.ValueKind: not JsonValueKind.Null } member ? member : null;

    private T? Wrong<T>(JsonMember member, string wanted)
    {
        _remarks.Fault(member.Line, $"{Named(member)} is {StoryText.Excerpt(member.Value.GetRawText())}", $"Give {wanted}");
        return default;
    }

    private string Named(JsonMember member) => $"\"{StoryText.Excerpt(member.Name)}\"{_owner}";

    // 25, 25.0 and "25" are the same number to the people and the models who write stories.
    private static decimal? Whole(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.IsInteger(number) ? number : null;
    }

    private static ImmutableSortedDictionary<string, JsonElement> Gather(IEnumerable<(string Name, JsonElement Value)> items)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in items)
        {
            all[name] = value.Clone();
        }

        return all.ToImmutable();
    }

    private static string Clean(string text) => StoryText.Clean(text);
}
