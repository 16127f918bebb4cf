using System.Globalization;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Files;

/// <summary>What the node <c>DailiesDoneMarker</c> writes beside its frames: <c>&lt;prefix&gt;.done</c>, as its Python original does (integrations/comfyui).</summary>
internal static class DoneMark
{
    /// <summary>Writes the marker to a temp name, flushed, and renames it.</summary>
    public static void Write(ImagePlace place, int frames, JsonObject? dailies, DateTimeOffset now)
    {
        var marker = new JsonObject
        {
            ["Timestamp"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["FrameCount"] = place.Counter - 1 + frames,
            ["Latest"] = place.FileName(frames - 1),
        };
        foreach (var (from, to) in new[] { ("run", "RunId"), ("attempt", "Attempt") })
        {
            if (dailies?[from] is { } known)
            {
                marker[to] = known.DeepClone();
            }
        }

        var path = Path.Combine(place.Folder, place.Name + ".done");
        var temp = path + ".tmp";
        using (var file = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(marker.ToJsonString() + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temp, path, overwrite: true);
    }
}
