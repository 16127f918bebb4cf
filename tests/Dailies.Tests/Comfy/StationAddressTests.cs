using System.Text;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Addresses as people type them; credentials stay inside.</summary>
public class StationAddressTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("http://127.0.0.1:8188", "http://127.0.0.1:8188/", "http://127.0.0.1:8188", "ws://127.0.0.1:8188/ws?clientId=c")]
    [InlineData("127.0.0.1:8188", "http://127.0.0.1:8188/", "http://127.0.0.1:8188", "ws://127.0.0.1:8188/ws?clientId=c")]
    [InlineData("localhost:8188", "http://localhost:8188/", "http://localhost:8188", "ws://localhost:8188/ws?clientId=c")]
    [InlineData("render-box", "http://render-box/", "http://render-box", "ws://render-box/ws?clientId=c")]
    [InlineData("HTTP://Box:8188/", "http://box:8188/", "http://box:8188", "ws://box:8188/ws?clientId=c")]
    [InlineData("https://box.example", "https://box.example/", "https://box.example", "wss://box.example/ws?clientId=c")]
    [InlineData("https://pod.example/comfy/1", "https://pod.example/comfy/1/", "https://pod.example/comfy/1", "wss://pod.example/comfy/1/ws?clientId=c")]
    [InlineData("https://pod.example/comfy/1//?a=b#c", "https://pod.example/comfy/1/", "https://pod.example/comfy/1", "wss://pod.example/comfy/1/ws?clientId=c")]
    [InlineData("http://[::1]:8188", "http://[::1]:8188/", "http://[::1]:8188", "ws://[::1]:8188/ws?clientId=c")]
    [InlineData("[fe80::1]:8188/x", "http://[fe80::1]:8188/x/", "http://[fe80::1]:8188/x", "ws://[fe80::1]:8188/x/ws?clientId=c")]
    public void An_address_gives_root_shown_text_and_socket(string text, string root, string shown, string socket)
    {
        var address = StationAddress.Parse(text, None, out var fault);

        fault.ShouldBeNull();
        (address!.Root.AbsoluteUri, address.Shown, address.SocketFor("c").AbsoluteUri).ShouldBe((root, shown, socket));
        address.Headers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ftp://box")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ws://box:8188")]
    [InlineData("http://")]
    [InlineData("http:///prompt")]
    [InlineData("http://box:99999")]
    [InlineData("http://[::1")]
    [InlineData("not a url at all")]
    public void Garbage_is_refused_with_a_reason(string text)
    {
        StationAddress.Parse(text, None, out var fault).ShouldBeNull();

        fault.ShouldNotBeNull().ShouldContain("http://127.0.0.1:8188");
    }

    [Theory]
    [InlineData("http://ann:s3cret@box:8188", "ann:s3cret")]
    [InlineData("ann:s3cret@box:8188", "ann:s3cret")]
    [InlineData("https://ann:s3cret%40%3A%2F@box/base", "ann:s3cret@:/")]
    [InlineData("https://s3cret@box", "s3cret")]
    [InlineData("https://box/base?token=s3cret", null)]
    public void Credentials_become_a_header_and_are_never_shown(string text, string? pair)
    {
        var address = StationAddress.Parse(text, None, out _)!;

        address.Headers.GetValueOrDefault("Authorization").ShouldBe(pair is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        foreach (var shown in new[] { address.Shown, address.ToString(), address.Root.AbsoluteUri, address.SocketFor("c").AbsoluteUri })
        {
            shown.ShouldNotBeNull().ShouldNotContain("s3cret");
        }
    }

    [Fact]
    public void Header_secrets_are_in_no_text_and_no_fault()
    {
        var address = StationAddress.Parse("http://box", new Dictionary<string, string> { ["Authorization"] = "Bearer s3cret" }, out _)!;
        StationAddress.Parse("http://box", new Dictionary<string, string> { ["X-Key"] = "s3cret\r\nHost: evil" }, out var fault).ShouldBeNull();

        address.Headers["authorization"].ShouldBe("Bearer s3cret");
        (address.Shown + address + fault).ShouldNotContain("s3cret");
        fault!.ShouldContain("X-Key");
    }

    [Theory]
    [InlineData("no spaces allowed")]
    [InlineData("")]
    [InlineData("Content-Type")]
    [InlineData("Bad:Name")]
    public void A_header_that_HTTP_can_t_send_is_refused(string name) =>
        StationAddress.Parse("http://box", new Dictionary<string, string> { [name] = "x" }, out _).ShouldBeNull();

    [Fact]
    public void A_client_id_is_escaped_in_the_socket_address() =>
        StationAddress.Parse("http://box", None, out _)!.SocketFor("a&b=c d").Query.ShouldBe("?clientId=a%26b%3Dc%20d");

    [Theory]
    [InlineData("0.8.0", true)]
    [InlineData("v0.3.57", true)]
    [InlineData("0.3.56", false)]
    [InlineData("v0.2.7", false)]
    [InlineData("0.3", false)]
    [InlineData("0.3.57+cu124", true)]
    [InlineData("v0.3.40-12-gabc", false)]
    [InlineData("", false)]
    [InlineData("nightly", false)]
    [InlineData(null, false)]
    public void Only_a_version_that_says_so_interrupts_by_id(string? version, bool interrupt) =>
        StationAbilities.TargetedInterrupt(version).ShouldBe(interrupt);
}
