namespace Dailies.Markers;

/// <summary>One file of a folder as a look saw it; nothing of it was read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Written">When it was last written, by the clock of the disk that it lies on.</param>
public readonly record struct SeenFile(string Name, long Bytes, DateTime Written);

/// <summary>All frames of one prefix in one folder, at one look.</summary>
/// <param name="Prefix">What stands before the numbers, and before <c>.done</c>.</param>
public sealed record FrameSequence(string Prefix)
{
    /// <summary>How many frames there are.</summary>
    public int Frames { get; init; }

    /// <summary>When the newest was written, by the disk's clock.</summary>
    public DateTime Newest { get; init; }

    /// <summary>The frame written last; of several in one tick, the one with the highest number.</summary>
    public string Latest { get; init; } = "";

    /// <summary>A frame without content: created, and not yet written.</summary>
    public string? Empty { get; init; }

    /// <summary>Stands for names, lengths and times of all frames, within this process: as long as it stays, nothing has changed.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>The sequences among a folder's files, by prefix. One walk over the list, in any order.</summary>
    public static IReadOnlyDictionary<string, FrameSequence> Group(IEnumerable<SeenFile> files)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (FrameName.TryParse(file.Name, out var frame))
            {
                if (!tallies.TryGetValue(frame.Prefix, out var tally))
                {
                    tallies.Add(frame.Prefix, tally = new Tally());
                }

                tally.Add(file, frame.Number);
            }
        }

        return tallies.ToDictionary(t => t.Key, t => t.Value.ToSequence(t.Key), StringComparer.Ordinal);
    }

    private sealed class Tally
    {
        private (DateTime Written, long Number, string Name) latest = (DateTime.MinValue, -1, "");
        private string? empty;
        private ulong fingerprint;
        private int frames;

        public void Add(SeenFile file, long number)
        {
            frames++;
            // A sum, since folders are listed in any order.
            fingerprint += ((ulong)(uint)HashCode.Combine(file.Name, file.Bytes, file.Written) << 32) | (uint)HashCode.Combine(file.Written, file.Name, file.Bytes);
            empty ??= file.Bytes == 0 ? file.Name : null;
            if ((file.Written, number) is var (written, n) && (written > latest.Written || (written == latest.Written && n > latest.Number)))
            {
                latest = (written, n, file.Name);
            }
        }

        public FrameSequence ToSequence(string prefix) =>
            new(prefix) { Frames = frames, Newest = latest.Written, Latest = latest.Name, Empty = empty, Fingerprint = fingerprint };
    }
}
