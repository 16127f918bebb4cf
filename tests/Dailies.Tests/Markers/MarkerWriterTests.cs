using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>No marker or a whole one. That it reaches the disk is AtomicFile's business.</summary>
public sealed class MarkerWriterTests : IDisposable
{
    private static readonly DoneMarker Marker = new(new DateTimeOffset(2026, 11, 23, 22, 15, 7, TimeSpan.Zero), 25, "p_00025_.png");
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_marker_replaces_an_old_one_and_what_a_crash_left()
    {
        temp.Write("p.done", "a longer old text " + new string('x', 500));
        temp.Write("p.done.tmp", "half");

        var path = MarkerWriter.Write(temp.Path, "p", Marker);

        File.ReadAllBytes(path).ShouldBe(Marker.Write());
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBe([path]);
    }

    [Fact]
    public void An_old_marker_survives_a_write_that_fails()
    {
        var path = temp.Write("p.done", "old");
        Directory.CreateDirectory(Path.Combine(temp.Path, "p.done.tmp"));

        var fault = Should.Throw<Exception>(() => MarkerWriter.Write(temp.Path, "p", Marker));

        (fault is IOException or UnauthorizedAccessException).ShouldBeTrue(fault.ToString());
        File.ReadAllText(path).ShouldBe("old");
    }

    [Fact]
    public void A_folder_that_is_gone_is_not_made_again()
    {
        Should.Throw<IOException>(() => MarkerWriter.Write(Path.Combine(temp.Path, "gone"), "p", Marker));
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        var outside = temp.Write("outside/precious", "precious");
        var folder = Directory.CreateDirectory(Path.Combine(temp.Path, "out")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "p.done"), outside);
        File.CreateSymbolicLink(Path.Combine(folder, "p.done.tmp"), outside);

        var path = MarkerWriter.Write(folder, "p", Marker);

        File.ReadAllText(outside).ShouldBe("precious");
        new FileInfo(path).LinkTarget.ShouldBeNull();
        File.ReadAllBytes(path).ShouldBe(Marker.Write());
    }

    [Fact]
    public void A_marker_is_not_older_than_a_frame_from_the_future()
    {
        var future = new DateTime(2090, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.GetLastWriteTimeUtc(MarkerWriter.Write(temp.Path, "p", Marker, notBefore: future)).ShouldBe(future);
    }
}
