using Dailies.Animatic;

namespace Dailies.Tests.Control;

/// <summary>What is open: connections to a renderer, and, on Linux only, the file descriptors of this process (other systems don't show them as files).</summary>
internal sealed record OpenHandles(int Connections, int? Descriptors)
{
    private const string Folder = "/proc/self/fd";
    private const int MostLooks = 1000;

    public static OpenHandles Of(AnimaticServer server) =>
        new(server.Connections, Directory.Exists(Folder) ? Directory.EnumerateFileSystemEntries(Folder).Count(IsOurs) : null);

    /// <summary>Waits, bounded, until no more is open than <paramref name="before"/>: a closed connection takes the server a moment to notice.</summary>
    public static async Task<OpenHandles> SettledAsync(AnimaticServer server, OpenHandles before)
    {
        var now = Of(server);
        for (var looks = 1; looks < MostLooks && (now.Connections > before.Connections || now.Descriptors > before.Descriptors); looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
            now = Of(server);
        }

        return now;
    }

    // Programs and their symbols are opened when they are first needed, and stay open; the folder itself is open while it is read.
    private static bool IsOurs(string descriptor)
    {
        try
        {
            var target = new FileInfo(descriptor).LinkTarget ?? "";
            return !target.StartsWith("/proc/", StringComparison.Ordinal) && !target.EndsWith(".dll", StringComparison.Ordinal)
                && !target.EndsWith(".pdb", StringComparison.Ordinal) && !target.Contains(".so", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // closed meanwhile
        }
    }
}
