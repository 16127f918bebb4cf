using Dailies.Disk;

namespace Dailies.Tests.Disk;

/// <summary>Folders are made whole, and a folder that is not there is a fault of the disk. That they reach the disk is shown under strace (Dailies.EndToEnd).</summary>
public sealed class FolderTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("a")]
    [InlineData("a/b/c")]
    [InlineData("a/b/c/")]
    [InlineData(".")]
    public void A_folder_is_made_with_what_is_missing_above_it_and_may_be_there_already(string name)
    {
        var path = Path.Combine(temp.Path, name);

        Folder.Create(path);
        Folder.Create(path);

        Directory.Exists(path).ShouldBeTrue();
        Should.NotThrow(() => Folder.Sync(path));
    }

    [Fact]
    public void A_file_in_the_way_is_a_fault_of_the_disk()
    {
        var path = temp.Write("file", "not a folder");

        Should.Throw<IOException>(() => Folder.Create(Path.Combine(path, "below")));
    }

    [Fact]
    public void A_folder_that_is_gone_can_not_be_synced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not synced on Windows: NTFS journals names itself");
        Should.Throw<IOException>(() => Folder.Sync(Path.Combine(temp.Path, "gone"))).Message.ShouldContain("gone");
    }
}
