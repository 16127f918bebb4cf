using Dailies.Notices;
using Dailies.Tests.Control;

namespace Dailies.Tests.Notices;

/// <summary>Addresses as people write them.</summary>
public class NoticeTargetTests
{
    [Theory]
    [InlineData("https://hooks.test/T0/B0?key=1", "https://hooks.test/T0/B0?key=1", false, null)]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/", false, null)]
    [InlineData("https://ann:pa%3Ass@hooks.test/x", "https://hooks.test/x", false, "ann:pa:ss")]
    [InlineData("ntfy://ntfy.test/night", "https://ntfy.test/night", true, null)]
    [InlineData("ntfy:http://box:8090/night", "http://box:8090/night", true, null)]
    [InlineData("NTFY:https://:tk_1@ntfy.test/night", "https://ntfy.test/night", true, ":tk_1")]
    [InlineData("https://ntfy.sh/night", "https://ntfy.sh/night", true, null)]
    [InlineData(" https://hooks.test/x ", "https://hooks.test/x", false, null)]
    public void An_address_says_where_and_in_which_form(string text, string url, bool isNtfy, string? credentials)
    {
        var target = NoticeTarget.Parse(text).ShouldNotBeNull();

        (target.Url.AbsoluteUri, target.IsNtfy).ShouldBe((url, isNtfy));
        target.Authorization?.ToString().ShouldBe(credentials is null ? null : "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials)));
    }

    [Theory]
    [InlineData("hooks.test/x")]
    [InlineData("ftp://hooks.test/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ntfy:")]
    [InlineData("ntfy:night")]
    [InlineData("ntfy://ntfy.test")]
    [InlineData("https://ntfy.sh/")]
    [InlineData("https://")]
    [InlineData("ntfy:ntfy://x/y")]
    public void Anything_else_is_none(string text) => NoticeTarget.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("notify", "mailto:ann@s3cr3t.test")]
    [InlineData("onFinish", "echo s3cr3t\0")]
    public async Task A_fault_names_the_setting_and_not_its_value(string key, string value)
    {
        await using var run = SmallRun.Without().On("http://box").Set(key, value);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.ShouldStartWith(key), f => f.ShouldNotContain("s3cr3t"));
    }

    [Fact]
    public async Task An_empty_text_means_nobody()
    {
        await using var run = SmallRun.Without().On("http://box").Set("notify", "").Set("onFinish", " ");

        run.Setup().Request!.Notices.ShouldBe(NoticeSettings.None);
    }
}
