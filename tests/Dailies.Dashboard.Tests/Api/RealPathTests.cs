using Dailies.Dashboard.Api;
using Dailies.Tests;

namespace Dailies.Dashboard.Tests.Api;

/// <summary>A link is followed to its end, and the end must lie below the root.</summary>
public sealed class RealPathTests : IDisposable
{
    private readonly TempFolder temp = new();

    public RealPathTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there that few have");
        temp.Write("secret/key.txt", "secret");
        temp.Write("root/in/file.txt", "open");
        temp.Write("root-2/key.txt", "secret");
        Link("root/inner", "in");
        Link("root/absolute", At("root/in/file.txt"));
        Link("root/twice", "inner/file.txt");
        Link("root/out", "../secret/key.txt");
        Link("root/out-folder", "../secret");
        Link("root/out-absolute", At("secret"));
        Link("root/out-by-way-of-in", "in/../../secret/key.txt");
        Link("root/beside", At("root-2"));
        Link("root/top", "..");
        Link("root/self", ".");
        Link("root/loop", "loop");
        Link("root/ping", "pong");
        Link("root/pong", "ping");
        Link("root/dangling", "nowhere");
        Link("by-link", "root");
    }

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("in/file.txt", "root/in/file.txt")]
    [InlineData("inner/file.txt", "root/in/file.txt")]
    [InlineData("absolute", "root/in/file.txt")]
    [InlineData("twice", "root/in/file.txt")]
    [InlineData("self/in/file.txt", "root/in/file.txt")]
    [InlineData("top/root/in/file.txt", "root/in/file.txt")]
    [InlineData("self", null)]
    [InlineData("out", null)]
    [InlineData("out-folder/key.txt", null)]
    [InlineData("out-absolute/key.txt", null)]
    [InlineData("out-by-way-of-in", null)]
    [InlineData("beside/key.txt", null)]
    [InlineData("top/secret/key.txt", null)]
    [InlineData("top", null)]
    [InlineData("loop", null)]
    [InlineData("ping", null)]
    [InlineData("dangling", null)]
    [InlineData("missing/file.txt", null)]
    [InlineData("in/file.txt/more", null)]
    public void What_does_not_end_below_the_root_is_not_there(string path, string? real)
    {
        var expected = real is null ? null : RealPath.Of(At(real)).ShouldNotBeNull();
        RealPath.Below(At("root"), path.Split('/')).ShouldBe(expected);
        RealPath.Below(At("by-link"), path.Split('/')).ShouldBe(expected, "the root may be a link itself");
    }

    private string At(string name) => Path.Combine(temp.Path, name);

    private void Link(string name, string target) => File.CreateSymbolicLink(At(name), target);
}
