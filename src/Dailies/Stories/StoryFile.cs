using System.Security;
using Dailies.Settings;

namespace Dailies.Stories;

/// <summary>Reads a story from a file, or from a folder that holds one. Never throws for what it finds there: each trouble is a fault.</summary>
public static class StoryFile
{
    /// <summary>The largest file that is read.</summary>
    /// <value>5 MiB, in bytes.</value>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>The most scenes that one story may have.</summary>
    /// <value>2,000 scenes.</value>
    public const int MaxScenes = 2_000;

    private const string TooLargeFix = "A story is text: give the screenplay alone, or split it into several files";

    /// <summary>The story in a file, or the one story in a folder.</summary>
    /// <param name="path">A <c>.fountain</c> file, a <c>story.json</c>, or a folder with exactly one of them.</param>
    public static StoryReading Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (Directory.Exists(path))
            {
                var (story, fault) = StoryFolder.Find(path);
                return story is null ? Faulty(fault!) : Read(story);
            }

            return !File.Exists(path) ? Faulty(StoryFolder.Missing(path))
                : ReadBytes(path) is { } bytes ? Parse(bytes, path)
                : Faulty(TooLarge(path));
        }
        catch (Exception e) when (IsIo(e))
        {
            return Faulty(new StoryFault(path, null, $"can't be read: {e.Message.TrimEnd('.')}", "Check that the file is there and that you may read it"));
        }
    }

    /// <summary>The story in some bytes. Pure.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="fileName">The file's name: its extension says what to expect, and faults name it.</param>
    public static StoryReading Parse(ReadOnlyMemory<byte> bytes, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Parse(bytes, fileName, IsJson);
    }

    internal static StoryReading Parse(ReadOnlyMemory<byte> bytes, string fileName, Func<string, string, bool> isJson)
    {
        if (bytes.Length > MaxBytes)
        {
            return Faulty(TooLarge(fileName));
        }

        if (ForeignFormat.Of(bytes.Span, fileName) is { } foreign)
        {
            return Faulty(NotAStory(fileName, foreign));
        }

        var (text, note) = StoryText.Decode(bytes.Span);
        if (string.IsNullOrWhiteSpace(text))
        {
            return Faulty(new StoryFault(fileName, null, "the file is empty", "Write at least one scene, for example \"EXT. LIGHTHOUSE - NIGHT\" and, below it, what is seen"));
        }

        if (ForeignFormat.OfText(text) is { } strange)
        {
            return Faulty(NotAStory(fileName, strange));
        }

        var remarks = new Remarks(fileName);
        if (note is not null)
        {
            remarks.Note(null, note);
        }

        return remarks.Close(isJson(fileName, text) ? StoryJsonReader.Read(text, remarks) : FountainReader.Read(text, fileName, remarks));
    }

    internal static bool IsFountain(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() is ".FOUNTAIN" or ".SPMD";

    /// <summary>The content, or null where there is more than we read.</summary>
    internal static byte[]? ReadBytes(string path) => BoundedFile.Read(path, MaxBytes);

    internal static bool IsIo(Exception e) =>
        e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException;

    private static bool IsJson(string fileName, string text) =>
        Path.GetExtension(fileName).Equals(".json", StringComparison.OrdinalIgnoreCase)
        || (!IsFountain(fileName) && text.AsSpan().TrimStart().StartsWith('{'));

    private static StoryReading Faulty(StoryFault fault) => new(null, [fault], []);

    private static StoryFault TooLarge(string file) =>
        new(file, null, FormattableString.Invariant($"larger than {MaxBytes / 1024 / 1024} MB, the most that a story may be"), TooLargeFix);

    private static StoryFault NotAStory(string file, (string Name, string Fix) what) => new(file, null, $"this is {what.Name}, not a story", what.Fix);
}
