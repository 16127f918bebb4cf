using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Markers;

/// <summary>Writes markers so that a reader, or a power cut, sees none or a whole one: <c>&lt;prefix&gt;.done.tmp</c>, flushed, renamed, folder synced.</summary>
public static class MarkerWriter
{
    /// <summary>Writes or replaces the marker of a prefix and returns its path. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>;
    /// an old marker then stands untouched. The folder must be there. <paramref name="notBefore"/>: the file gets no earlier time than this, the newest frame's, which a
    /// copying program may have set into the future.</summary>
    public static string Write(string folder, string prefix, DoneMarker marker, DateTime? notBefore = null)
    {
        var path = Path.Combine(folder, DoneMarker.FileName(prefix));
        var temp = Path.Combine(folder, prefix + DoneMarker.TempSuffix);
        using (SideEffects.OnFile(SideEffects.Write, path))
        {
            // What a crash left, or a link that somebody laid there; made anew, nothing is written through it.
            File.Delete(temp);
            using var file = new FileStream(temp, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            file.Write(marker.Write());
            file.Flush(flushToDisk: true);
        }

        if (notBefore is { } newest && File.GetLastWriteTimeUtc(temp) < newest)
        {
            File.SetLastWriteTimeUtc(temp, newest);
        }

        AtomicFile.Publish(temp, path);
        return path;
    }
}
