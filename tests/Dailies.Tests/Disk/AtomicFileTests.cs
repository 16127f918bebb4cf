using Dailies.Disk;

namespace Dailies.Tests.Disk;

/// <summary>The old file or the new one, never a half.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void A_new_file_is_written_with_its_folders_and_leaves_no_other()
    {
        var path = Path.Combine(temp.Path, "a", "b", "file.json");

        AtomicFile.Write(path, "new"u8);

        File.ReadAllText(path).ShouldBe("new");
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void An_old_file_is_replaced_whole_even_by_a_shorter_one()
    {
        var path = temp.Write("file.json", "a longer old text");

        AtomicFile.Write(path, "new"u8);

        File.ReadAllText(path).ShouldBe("new");
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBe([path]);
    }

    [Fact]
    public void What_a_crash_left_half_written_is_in_nobodys_way()
    {
        var path = Path.Combine(temp.Path, "file.json");
        temp.Write("file.json" + AtomicFile.TempSuffix, "half of a long, long text");

        AtomicFile.Write(path, "new"u8);

        File.ReadAllText(path).ShouldBe("new");
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBe([path]);
    }

    // A folder stands where the temp file must go: the one failure that can be had without a full disk, also by root.
    [Fact]
    public void The_old_content_survives_a_write_that_fails()
    {
        var path = temp.Write("file.json", "old");
        Directory.CreateDirectory(path + AtomicFile.TempSuffix);

        var fault = Should.Throw<Exception>(() => AtomicFile.Write(path, "new"u8));

        (fault is IOException or UnauthorizedAccessException).ShouldBeTrue(fault.ToString());
        File.ReadAllText(path).ShouldBe("old");
    }
}
