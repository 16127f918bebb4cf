using System.Text.Json;

namespace Dailies.Stories;

/// <summary>A named value of a JSON object and the line it stands on.</summary>
internal sealed record JsonMember(string Name, JsonElement Value, int Line);

/// <summary>A scene as it stands in the file: its members, or the one value that stands where an object should.</summary>
internal sealed record JsonSceneAt(int Line, IReadOnlyList<JsonMember>? Members);

/// <summary>The two levels of story.json with their lines: <see cref="JsonDocument"/> forgets where things stood.</summary>
internal sealed class JsonMembers
{
    public static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly byte[] _utf8;
    private int _counted;
    private int _line = 1;

    private JsonMembers(byte[] utf8) => _utf8 = utf8;

    public List<JsonMember> Story { get; } = [];

    /// <summary>The scenes; null where there is no list of that name.</summary>
    public List<JsonSceneAt>? Scenes { get; private set; }

    public int ScenesLine { get; private set; }

    /// <summary>Reads an object; null where the root is none. Throws <see cref="JsonException"/> for broken JSON, which knows its line.</summary>
    public static JsonMembers? Read(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var members = new JsonMembers(utf8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members.ReadMember(ref reader);
        }

        return members;
    }

    /// <summary>The line of the first text that is half of a surrogate pair (<c>"\ud83d"</c>): it can be read but never written. Null where all are whole.</summary>
    public static int? BrokenText(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        while (reader.Read())
        {
            try
            {
                _ = reader.ValueIsEscaped ? reader.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                return new JsonMembers(utf8).LineOf(reader.TokenStartIndex);
            }
        }

        return null;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var line = LineOf(reader.TokenStartIndex);
        var name = reader.GetString()!;
        reader.Read();
        if (name != "scenes" || reader.TokenType != JsonTokenType.StartArray)
        {
            Story.Add(new JsonMember(name, JsonElement.ParseValue(ref reader), line));
            return;
        }

        (Scenes, ScenesLine) = ([], line);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Scenes.Add(ReadScene(ref reader));
        }
    }

    private JsonSceneAt ReadScene(ref Utf8JsonReader reader)
    {
        var line = LineOf(reader.TokenStartIndex);
        if (reader.TokenType != JsonTokenType.StartObject || Scenes!.Count > StoryFile.MaxScenes)
        {
            reader.Skip(); // beyond the limit scenes are refused anyhow
            return new JsonSceneAt(line, null);
        }

        var members = new List<JsonMember>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = LineOf(reader.TokenStartIndex);
            var name = reader.GetString()!;
            reader.Read();
            members.Add(new JsonMember(name, JsonElement.ParseValue(ref reader), at));
        }

        return new JsonSceneAt(line, members);
    }

    // Offsets only grow, so each byte is counted once.
    private int LineOf(long offset)
    {
        for (; _counted < offset; _counted++)
        {
            _line += _utf8[_counted] == (byte)'\n' ? 1 : 0;
        }

        return _line;
    }
}
