using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Dailies.Stories;

/// <summary>Bytes to text, and text to clean text. Pure.</summary>
internal static class StoryText
{
    /// <summary>Text in whatever encoding it came: by byte order mark, else UTF-8 where valid, else Windows-1252 with a note.</summary>
    public static (string Text, string? Note) Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8.GetString(bytes[3..]), null),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (Encoding.UTF32.GetString(bytes[4..]), null),
        [0xFF, 0xFE, ..] => (Encoding.Unicode.GetString(bytes[2..]), null),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode.GetString(bytes[2..]), null),
        _ when LooksUtf16(bytes, zeros: 1) => (Encoding.Unicode.GetString(bytes), null),
        _ when LooksUtf16(bytes, zeros: 0) => (Encoding.BigEndianUnicode.GetString(bytes), null),
        _ when Utf8.IsValid(bytes) => (Encoding.UTF8.GetString(bytes), null),
        _ => (Windows1252.GetString(bytes), "not valid UTF-8; read as Windows-1252. Save it as UTF-8 if letters look wrong"),
    };

    /// <summary>Whether this is no text at all: more than one character in twenty is a control character.</summary>
    public static bool IsBinary(ReadOnlySpan<char> text)
    {
        var head = text[..Math.Min(text.Length, 65_536)];
        var odd = 0;
        foreach (var c in head)
        {
            odd += IsNoise(c) && c != '\f' ? 1 : 0;
        }

        return odd > 16 && odd > head.Length / 20;
    }

    /// <summary>Line ends become LF, form feeds and Unicode line separators a space; other control characters and halves of surrogate pairs go.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                clean.Append('\n');
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else if (c is '\f' or '\v' or '\u2028' or '\u2029')
            {
                clean.Append(' ');
            }
            else if (!IsNoise(c) && !IsHalf(text, i))
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    /// <summary>The text on one line: each run of white space is one space, none at the ends.</summary>
    public static string Collapse(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>The start of a text, short enough for a message.</summary>
    public static string Excerpt(string text)
    {
        var line = Collapse(text.Length > 400 ? text[..400] : text);
        return line.Length > 60 ? Cut(line, 60) + "…" : line;
    }

    /// <summary>At most so many characters: whole words where possible, whole characters always.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', most);
        var end = space > most / 2 ? space : most - (char.IsHighSurrogate(text[most - 1]) ? 1 : 0);
        return text[..end].TrimEnd();
    }

    /// <summary>The id of a story that names none: the same content always gives the same id.</summary>
    public static string IdOf(string text) =>
        "story-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    // U+FEFF in the middle is a byte order mark that an editor pasted along.
    private static bool IsNoise(char c) => c == '\uFEFF' || (char.IsControl(c) && c is not ('\n' or '\t' or '\r'));

    // Half a character can't be written as UTF-8; a string from elsewhere may hold one, a decoded file never does.
    private static bool IsHalf(string text, int i) =>
        char.IsHighSurrogate(text[i]) ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
        : char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));

    // UTF-16 without a mark: of Latin text every second byte is zero, and the others never are.
    private static bool LooksUtf16(ReadOnlySpan<byte> bytes, int zeros)
    {
        var head = bytes[..Math.Min(bytes.Length & ~1, 4096)];
        if (head.Length < 8)
        {
            return false;
        }

        int zero = 0, other = 0;
        for (var i = 0; i < head.Length; i++)
        {
            _ = (i % 2 == zeros, head[i] == 0) switch { (true, true) => zero++, (false, true) => other++, _ => 0 };
        }

        return other == 0 && zero > head.Length / 4;
    }
}
