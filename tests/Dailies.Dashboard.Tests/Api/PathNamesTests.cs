using Dailies.Dashboard.Api;

namespace Dailies.Dashboard.Tests.Api;

/// <summary>What an address may name below a run folder.</summary>
public class PathNamesTests
{
    [Theory]
    [InlineData("run-summary.txt")]
    [InlineData("scene-001/generated-frames-attempt-1/frame_00001_.png")]
    [InlineData(".hidden")]
    [InlineData("a b.txt")]
    [InlineData("ünïcode-字.png")]
    [InlineData("100%.png")]
    [InlineData("a..b")]
    [InlineData("console.log")]
    [InlineData("%2e%2e")] // decoded once, it is a name; nobody decodes it again
    public void A_plain_path_is_a_row_of_names(string path) => PathNames.Read(path).ShouldBe(path.Split('/'));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("...")]
    [InlineData("..\\secret")]
    [InlineData("a\\b")]
    [InlineData("C:")]
    [InlineData("C:/Windows/win.ini")]
    [InlineData("c:secret")]
    [InlineData("run.log::$DATA")]
    [InlineData("a\0.png")]
    [InlineData("a\n")]
    [InlineData("a\u007f")]
    [InlineData("a\u0085")]
    [InlineData("secret.")]
    [InlineData("secret ")]
    [InlineData(".. ")]
    [InlineData("NUL")]
    [InlineData("nul.txt")]
    [InlineData("Con .log")]
    [InlineData("a/COM1")]
    [InlineData("lpt9.tar.gz")]
    [InlineData("COM¹")]
    [InlineData("a?b")]
    [InlineData("a*b")]
    [InlineData("a|b")]
    [InlineData("\uFFFD")]
    [InlineData("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17")]
    public void Whatever_could_lead_elsewhere_is_none(string path) => PathNames.Read(path).ShouldBeNull();

    [Fact]
    public void So_is_a_name_longer_than_any_of_ours() => PathNames.Read(new string('x', 201)).ShouldBeNull();
}
