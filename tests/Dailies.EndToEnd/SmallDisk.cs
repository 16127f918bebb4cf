namespace Dailies.EndToEnd;

/// <summary>A disk in memory, mounted for one test. Only root can; others skip, with the reason.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string path;

    private SmallDisk(string path) => this.path = path;

    public static async Task<SmallDisk> MountAsync(string folder, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root on Linux can mount a small disk");
        var path = Directory.CreateDirectory(Path.Combine(folder, "disk")).FullName;
        Assert.SkipUnless(await ProcessWords.TryToolAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", path), "mounting is not allowed here");
        return new SmallDisk(path);
    }

    public string At(string name) => Path.Combine(path, name);

    public async ValueTask DisposeAsync() => (await ProcessWords.TryToolAsync("umount", "-l", path)).ShouldBeTrue();
}
