using System.Globalization;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>Values that people type, as JSON values. Pure.</summary>
internal static class JsonWords
{
    /// <summary>A number, true, false, or a "quoted" or [listed] value as JSON reads it; anything else is the words themselves.</summary>
    public static JsonElement ValueOf(string text)
    {
        // Tested first, because "512x512" is common and an exception is slow.
        var number = text.Length is > 0 and < 40 && text[0] is '-' or (>= '0' and <= '9')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        if (number || text is "true" or "false" or ['"', .., '"'] or ['[', .., ']'] or ['{', .., '}'])
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                _ = JsonSerializer.Serialize(document.RootElement); // half a surrogate pair parses, but can never be written
                return document.RootElement.Clone();
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
            {
                return Words(text);
            }
        }

        return Words(text);
    }

    /// <summary>The text as a JSON string.</summary>
    public static JsonElement Words(string text) => JsonSerializer.SerializeToElement(text);
}
