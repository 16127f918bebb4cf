using System.Text;
using static Dailies.Contract.SummaryEscape;
using static Dailies.Contract.SummaryNumber;

namespace Dailies.Contract;

/// <summary>Why frames were copied without proof that they were complete: <c>forced-copy-debug-&lt;time&gt;.txt</c> (contract §8). The spelling of its lines is literal.</summary>
public sealed record ForcedCopyDebug
{
    /// <summary>What the line with the number of files begins with.</summary>
    public const string CountHead = "Frame count: ";

    /// <summary>What each line of every dump begins with; then a line for each candidate.</summary>
    public static IReadOnlyList<string> Heads { get; } =
        ["Timestamp: ", "ScenePrefix: ", "Best output dir: ", CountHead, "Latest file: ", "Stability retries: ", "Stability window: ", "Marker path waited: ", "Candidates: "];

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The output prefix of the attempt.</summary>
    public required string ScenePrefix { get; init; }

    /// <summary>The folder that was copied from.</summary>
    public required string BestOutputDir { get; init; }

    /// <summary>How many files.</summary>
    public required int FrameCount { get; init; }

    /// <summary>The file written last.</summary>
    public required string LatestFile { get; init; }

    /// <summary>The knob in force.</summary>
    public required int StabilityRetries { get; init; }

    /// <summary>The knob in force, s.</summary>
    public required double StabilityWindowSeconds { get; init; }

    /// <summary>Where a marker was looked for; null where none was waited for.</summary>
    public string? MarkerPathWaited { get; init; }

    /// <summary>Every folder that held files of the prefix: path, how many, when the newest was written.</summary>
    public required IReadOnlyList<(string Folder, int Frames, DateTimeOffset? Latest)> Candidates { get; init; }

    /// <summary>The file's text.</summary>
    public string Write()
    {
        var text = new StringBuilder()
            .Append($"Timestamp: {Stamp.Text(Timestamp)}\n")
            .Append($"ScenePrefix: {Escape(ScenePrefix)}\n")
            .Append($"Best output dir: {Escape(BestOutputDir)}\n")
            .Append($"{CountHead}{Text(FrameCount)}\n")
            .Append($"Latest file: {Escape(LatestFile)}\n")
            .Append($"Stability retries: {Text(StabilityRetries)}\n")
            .Append($"Stability window: {Text(StabilityWindowSeconds)}s\n")
            .Append($"Marker path waited: {Escape(MarkerPathWaited ?? "n/a")}\n")
            .Append($"Candidates: {Text(Candidates.Count)}\n");
        foreach (var (folder, frames, latest) in Candidates)
        {
            text.Append($"Candidate: {Escape(folder)} frames={Text(frames)} latest={(latest is { } at ? Stamp.Text(at) : "n/a")}\n");
        }

        return text.ToString();
    }
}
