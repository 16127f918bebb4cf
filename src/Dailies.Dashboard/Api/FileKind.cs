namespace Dailies.Dashboard.Api;

/// <summary>What the browser is told that a file is. What is not listed is downloaded, whatever it holds: a run folder holds what stations sent, and a page or drawing of theirs would run as ours.</summary>
/// <param name="ContentType">Never a type that runs scripts.</param>
/// <param name="Inline">It may be shown.</param>
internal sealed record FileKind(string ContentType, bool Inline)
{
    private const string Text = "text/plain; charset=utf-8";
    private static readonly FileKind Unknown = new("application/octet-stream", Inline: false);
    private static readonly FileKind Zip = new("application/zip", Inline: false);

    private static readonly Dictionary<string, string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        [".apng"] = "image/apng",
        [".avif"] = "image/avif",
        [".gif"] = "image/gif",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".m4v"] = "video/mp4",
        [".mkv"] = "video/x-matroska",
        [".mov"] = "video/quicktime",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
        [".flac"] = "audio/flac",
        [".m4a"] = "audio/mp4",
        [".mp3"] = "audio/mpeg",
        [".ogg"] = "audio/ogg",
        [".opus"] = "audio/ogg",
        [".wav"] = "audio/wav",
        [".json"] = "application/json",
        [".jsonl"] = Text,
        [".log"] = Text,
        [".srt"] = Text,
        [".txt"] = Text,
    };

    /// <summary>By the ending of its name.</summary>
    public static FileKind Of(string name) => Path.GetExtension(name) switch
    {
        var ending when Shown.TryGetValue(ending, out var type) => new FileKind(type, Inline: true),
        var ending when ending.Equals(".zip", StringComparison.OrdinalIgnoreCase) => Zip,
        _ => Unknown,
    };
}
