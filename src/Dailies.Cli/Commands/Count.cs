using System.Globalization;

namespace Dailies.Cli.Commands;

/// <summary>A whole number on the command line.</summary>
internal static class Count
{
    /// <summary>The number, <paramref name="otherwise"/> where none was typed, or null with words on standard error.</summary>
    public static int? Read(string option, string? text, int otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Console.Error.WriteLine($"{CommandLine.Program}: {option.TrimStart('-')} is '{Views.TerminalText.Plain(text)}'; allowed: a whole number, 0 or more");
        return null;
    }
}
