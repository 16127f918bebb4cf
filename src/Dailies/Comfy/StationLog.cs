using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dailies.Comfy;

/// <summary>What a supervised station prints, in a file that it writes itself: it outlives us. Read from the end, so its length costs nothing; never written but by the child.</summary>
/// <param name="path">The file. One that is not there reads as empty.</param>
/// <param name="command">The command that was started: it may hold secrets, and shells quote it in their complaints.</param>
internal sealed partial class StationLog(string path, string? command = null)
{
    /// <summary>What a tail holds unless more is wanted, bytes of the file.</summary>
    public const int DefaultTail = 8 * 1024;

    // A shorter line of the command hides nothing, and may be a word of every other line.
    private const int LeastSecret = 8;

    /// <summary>The present length in bytes: what is printed from here on begins there.</summary>
    public long Mark() => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>The last lines between two marks, at most <paramref name="maxBytes"/> of the file, as a terminal would show them: no colours, no control characters but line ends and tabs,
    /// of a progress bar only its last state. A line that is cut in front is left out, unless it is all there is. Works while the child writes: then the last line may be half written.</summary>
    public string Tail(int maxBytes = DefaultTail, long since = 0, long? until = null)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var end = Math.Min(until ?? long.MaxValue, file.Length);
            var begin = Math.Max(since > file.Length ? 0 : since, end - maxBytes); // shorter than its mark: somebody emptied it
            if (end <= begin)
            {
                return "";
            }

            var bytes = new byte[end - begin];
            file.Position = begin;
            return Text(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), cut: begin > since);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }

    private string Text(ReadOnlySpan<byte> bytes, bool cut)
    {
        var text = Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        var first = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        var lines = Escapes().Replace(cut && first > 0 && first < text.Length ? text[first..] : text, "").Split('\n').Select(Shown);
        return WithoutCommand(string.Join('\n', lines)).TrimEnd();
    }

    // A carriage return starts the line anew: that is how progress bars are drawn.
    private static string Shown(string line) => string.Concat(line.TrimEnd('\r').Split('\r')[^1]
        .Where(c => c == '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format)));

    private string WithoutCommand(string text) => (command ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => line.Length >= LeastSecret)
        .Aggregate(text, (kept, line) => kept.Replace(line, "(the station's command)", StringComparison.Ordinal));

    // Colours and cursor moves (CSI), titles and links (OSC), other two-character escapes.
    [GeneratedRegex("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b\n]*(?:\u0007|\u001b\\\\)?|[@-Z\\\\^_])")]
    private static partial Regex Escapes();
}
