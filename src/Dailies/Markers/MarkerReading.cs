using Dailies.Contract;

namespace Dailies.Markers;

/// <summary>Whose marker a consumer looks for.</summary>
/// <param name="RunId">Its run, or null where it has none.</param>
/// <param name="Attempt">Its attempt, from 1, or null.</param>
/// <param name="StartedAt">When the attempt began: before its POST left.</param>
public sealed record MarkerWish(string? RunId, int? Attempt, DateTimeOffset StartedAt);

/// <summary>What a look for a marker came to: the marker, or why none counts.</summary>
/// <param name="File">The marker that counts, or null.</param>
/// <param name="Why">Why none counts; empty where one does.</param>
public sealed record MarkerVerdict(MarkerFile? File, string Why);

/// <summary>The consumer's side: which marker is the word about this very attempt. The consumer never writes one.</summary>
public static class MarkerReading
{
    /// <summary>Looks for the marker of a prefix in a folder. A file that can't be opened counts as none, with the reason.</summary>
    public static MarkerVerdict Find(string folder, string prefix, MarkerWish wish)
    {
        try
        {
            return Judge(MarkerFile.Read(folder, prefix), wish);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MarkerVerdict(null, $"can't be read: {e.Message}");
        }
    }

    /// <summary>Whether a marker is of the wished attempt. Pure. The first rule that holds wins. One that names another run or attempt never counts; one that names both, and
    /// they are ours, counts whenever it was written; any other counts only if it is newer than the attempt's start, by its own time and by its file's.</summary>
    public static MarkerVerdict Judge(MarkerFile? file, MarkerWish wish) => file switch
    {
        null => No("no marker"),
        { Content: null } => No($"no marker that can be read: {file.Fault}"),
        { Content: { RunId: { } run } } when wish.RunId is { } ours && run != ours => No($"of another run: {run}"),
        { Content: { Attempt: { } attempt } } when wish.Attempt is { } ours && attempt != ours => No($"of another attempt: {attempt}"),
        { Content: { RunId: not null, Attempt: not null } } when wish is { RunId: not null, Attempt: not null } => new MarkerVerdict(file, ""),
        _ when Older(file) < wish.StartedAt => No($"older than the attempt: {Stamp.Text(Older(file))}"),
        _ => new MarkerVerdict(file, ""),
    };

    // A copied marker has a new file and an old time; one on a disk whose clock is ahead the other way round.
    private static DateTimeOffset Older(MarkerFile file)
    {
        var written = new DateTimeOffset(file.Written, TimeSpan.Zero);
        return file.Content?.Timestamp is { } said && said < written ? said : written;
    }

    private static MarkerVerdict No(string why) => new(null, why);
}
