namespace Dailies.Stories;

/// <summary>Knows the files that people give instead of a story, by their first bytes and by their extension. Pure.</summary>
internal static class ForeignFormat
{
    private const string Export = "Export it as Fountain from the program that made it, and give the .fountain file";
    private const string Choose = "Give a .fountain file or a story.json";

    // First bytes as the formats' own documents give them; a ZIP is what .docx, .odt, .fadein and .highland are inside.
    private static readonly (byte[] Start, string Name, string Fix)[] Starts =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG picture", Choose),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture", Choose),
        ([.. "GIF8"u8], "a GIF picture", Choose),
        ([.. "SQLite format 3"u8], "a SQLite database", Choose),
        ([0x1F, 0x8B], "a gzip archive", "Unpack it and give the story inside"),
        ([.. "%PDF"u8], "a PDF document", Export),
        ([.. "PK\u0003\u0004"u8], "a ZIP container (as .docx, .odt and .fadein files are)", Export),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Microsoft Office document", Export),
        ([.. "{\\rtf"u8], "a Rich Text document", Export),
    ];

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".fdx"] = "a Final Draft document",
        [".fdr"] = "a Final Draft document",
        [".docx"] = "a Word document",
        [".doc"] = "a Word document",
        [".odt"] = "an OpenDocument text",
        [".rtf"] = "a Rich Text document",
        [".pdf"] = "a PDF document",
        [".pages"] = "a Pages document",
        [".celtx"] = "a Celtx document",
        [".fadein"] = "a Fade In document",
        [".highland"] = "a Highland document",
    };

    /// <summary>What the file is and what to do about it; null where it may be a story.</summary>
    public static (string Name, string Fix)? Of(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (Extensions.TryGetValue(Path.GetExtension(fileName), out var document))
        {
            return (document, Export);
        }

        foreach (var (start, name, fix) in Starts)
        {
            if (bytes.StartsWith(start))
            {
                return (name, fix);
            }
        }

        return null;
    }

    /// <summary>The same for formats that are text themselves.</summary>
    public static (string Name, string Fix)? OfText(ReadOnlySpan<char> text)
    {
        var head = text[..Math.Min(text.Length, 2048)].TrimStart();
        return StoryText.IsBinary(text) ? ("a binary file", Choose)
            : !head.StartsWith('<') ? null
            : head.Contains("<FinalDraft", StringComparison.Ordinal) ? ("a Final Draft document", Export)
            : head.StartsWith("<?xml", StringComparison.Ordinal) ? ("an XML document", Export)
            : head.Contains("<html", StringComparison.OrdinalIgnoreCase) ? ("a web page", Choose)
            : null;
    }
}
