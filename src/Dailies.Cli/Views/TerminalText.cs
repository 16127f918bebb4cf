using System.Globalization;

namespace Dailies.Cli.Views;

/// <summary>Text of a story, a model or a server as a terminal may show it: nothing in it can move the cursor, colour, or turn the line around.</summary>
internal static class TerminalText
{
    /// <summary>Control and direction characters become spaces; quotes and backslashes stay as they are.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        _ => c,
    }));
}
