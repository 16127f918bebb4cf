using System.Text;

namespace Dailies.Cli.Units;

/// <summary>Words of a Windows command line.</summary>
internal static class WindowsWords
{
    /// <summary>As CommandLineToArgvW takes them apart: backslashes count only before a quote.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAny(" \t\""))
        {
            return word;
        }

        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in word)
        {
            if (c == '"')
            {
                quoted.Append('\\', backslashes + 1); // each doubled, and one for the quote
            }

            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
