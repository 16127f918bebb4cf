using Dailies.Dashboard.Access;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>A link with the token in it leads nowhere but here.</summary>
public class LocalPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/runs/20261123-221507?tab=scenes&x=%2F%2F", "/runs/20261123-221507?tab=scenes&x=%2F%2F")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("runs", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/x\\..\\\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\r\nSet-Cookie: x=y", "/")]
    [InlineData("/ä", "/")]
    public void Only_a_path_of_ours_is_gone_to(string? asked, string path) => LocalPath.Of(asked).ShouldBe(path);
}
