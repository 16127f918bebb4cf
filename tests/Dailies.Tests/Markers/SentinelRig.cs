using Dailies.Contract;
using Dailies.Markers;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Markers;

/// <summary>A sentinel over a real folder, with a clock that the test moves. Files' times are the test's too: they begin long before that clock.</summary>
public sealed class SentinelRig : IDisposable
{
    private static readonly byte[] PngEnd = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];
    private readonly TempFolder temp = new();

    public SentinelRig(SentinelPolicy? policy = null)
    {
        Root = Directory.CreateDirectory(Path.Combine(temp.Path, "output")).FullName;
        Sentinel = new Sentinel(policy ?? new SentinelPolicy(), [Root], Clock, Said.Add);
    }

    public static DateTimeOffset Start { get; } = new(2090, 11, 23, 22, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>What is watched; beside it lies what is not.</summary>
    public string Root { get; }

    public string Outside => temp.Path;

    public Sentinel Sentinel { get; }

    public List<SentinelEvent> Said { get; } = [];

    public IEnumerable<SentinelEvent.Marked> Marks => Said.OfType<SentinelEvent.Marked>();

    public IEnumerable<string> Troubles => Said.OfType<SentinelEvent.Trouble>().Select(t => t.Words);

    /// <summary>One look, so many seconds after the last.</summary>
    public SentinelRig Look(double after = 0)
    {
        Clock.Advance(TimeSpan.FromSeconds(after));
        Sentinel.Look();
        return this;
    }

    /// <summary>Long enough that whatever stands still is marked.</summary>
    public SentinelRig Settle()
    {
        Look(10);
        return Look(10);
    }

    /// <summary>Writes a frame whole.</summary>
    public string Frame(string name, string content = "pixels", DateTime? at = null)
    {
        var path = Torn(name, content);
        using (var file = new FileStream(path, FileMode.Append))
        {
            file.Write(PngEnd);
        }

        if (at is { } time)
        {
            File.SetLastWriteTimeUtc(path, time);
        }

        return path;
    }

    /// <summary>Writes a frame that has no end.</summary>
    public string Torn(string name, string content = "pixels")
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Frames(string prefix, int count, string format = "_{0:00000}_.png")
    {
        for (var n = 1; n <= count; n++)
        {
            Frame(prefix + string.Format(System.Globalization.CultureInfo.InvariantCulture, format, n));
        }
    }

    /// <summary>The marker of a prefix, or null.</summary>
    public DoneMarker? Marker(string prefix) =>
        MarkerFile.Read(Path.GetDirectoryName(Path.Combine(Root, prefix))!, Path.GetFileName(prefix))?.Content;

    public void Dispose()
    {
        Sentinel.Dispose();
        temp.Dispose();
    }
}
