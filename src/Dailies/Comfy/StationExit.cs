namespace Dailies.Comfy;

/// <summary>How a supervised station ended, in words.</summary>
internal static class StationExit
{
    private const int MostLines = 3;
    private const int MostCharacters = 400;

    /// <summary>The exit code, what it usually means, and the last lines that were printed. The code is null where an earlier controller had started it.</summary>
    public static string Words(int? exitCode, string tail)
    {
        var lines = tail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(MostLines);
        var last = string.Join(" / ", lines) is { Length: > MostCharacters } many ? "…" + many[^MostCharacters..] : string.Join(" / ", lines);
        return $"ended {Code(exitCode)}{(last.Length == 0 ? "; it printed nothing" : $"; its last words: {last}")}";
    }

    private static string Code(int? exitCode) => exitCode switch
    {
        null => "(another controller had started it, so its exit code is not known)",
        0 => "with exit code 0 (the command must stay in the foreground)",
        126 => "with exit code 126 (the shell may not run that file)",
        127 => "with exit code 127 (the shell did not find that program)",
        134 => "with exit code 134 (it aborted itself)",
        137 => "with exit code 137 (killed; the system does that when memory runs out)",
        139 => "with exit code 139 (it crashed: segmentation fault)",
        143 => "with exit code 143 (asked to end, and not by Dailies)",
        _ => $"with exit code {exitCode}",
    };
}
