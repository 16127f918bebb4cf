using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>Finds the line on which a member of a JSON text begins, for faults. Read only when there is a fault.</summary>
internal static class JsonLines
{
    /// <summary>The line of the member that the path of names leads to, counted from 1; null when it is not there.</summary>
    public static int? Of(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        var depth = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth + 1)
                {
                    continue;
                }

                if (!reader.ValueTextEquals(path[depth]))
                {
                    reader.Skip();
                    continue;
                }

                depth++;
                if (depth == path.Length)
                {
                    return Line(json, reader.TokenStartIndex);
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    private static int Line(ReadOnlySpan<byte> json, long position) => 1 + json[..(int)position].Count((byte)'\n');
}
