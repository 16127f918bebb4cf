using Dailies.Dashboard.Access;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>Which request comes from us, and which from a stranger's page.</summary>
public class OriginDecisionTests
{
    private static readonly HostNames Local = new(new ServePlan([new ListenAddress("localhost", 3000)], null, Generated: false, []), "desk");
    private static readonly HostNames Open = new(new ServePlan([new ListenAddress("0.0.0.0", 3000), new ListenAddress("nas.example", 3000)], null, Generated: false, ["dailies.example", "proxy.example:8443"]), "Desk");

    [Theory]
    [InlineData("localhost:3000", true, true)]
    [InlineData("LOCALHOST:3000", true, true)]
    [InlineData("localhost", true, true)]
    [InlineData("127.0.0.1:3000", true, true)]
    [InlineData("127.9.9.9", true, true)]
    [InlineData("[::1]:3000", true, true)]
    [InlineData("192.168.1.5:3000", false, true)] // a number can't be pointed at us by a stranger
    [InlineData("[fe80::1]:3000", false, true)]
    [InlineData("desk:3000", false, true)]
    [InlineData("desk.local", false, true)]
    [InlineData("nas.example:3000", false, true)]
    [InlineData("dailies.example", false, true)]
    [InlineData("dailies.example:444", false, true)]
    [InlineData("proxy.example:8443", false, true)]
    [InlineData("proxy.example", false, false)]
    [InlineData("evil.example", false, false)]
    [InlineData("evil.example:3000", false, false)]
    [InlineData("localhost.evil.example", false, false)]
    [InlineData("127.0.0.1.evil.example", false, false)]
    [InlineData("localhost.:3000", false, false)]
    [InlineData("sub.localhost", false, false)]
    [InlineData("localhost:0", false, false)]
    [InlineData("localhost:99999", false, false)]
    [InlineData("localhost:3000:3000", false, false)]
    [InlineData("localhost@evil.example", false, false)]
    [InlineData("localhost/evil", false, false)]
    [InlineData("2130706433", false, false)]
    [InlineData("127.1", false, false)]
    [InlineData("[::1", false, false)]
    [InlineData("", false, false)]
    public void Only_names_of_ours_are_answered(string host, bool local, bool open) => (Local.Allows(host), Open.Allows(host)).ShouldBe((local, open));

    [Theory]
    [InlineData("http://localhost:3000", "localhost:3000", true)]
    [InlineData("http://LOCALHOST:3000", "localhost:3000", true)]
    [InlineData("http://[::1]:3000", "[::1]:3000", true)]
    [InlineData("http://192.168.1.5", "192.168.1.5", true)]
    [InlineData("https://dailies.example", "localhost:3000", true)] // a proxy that names itself to us by our own name
    [InlineData("https://proxy.example:8443", "localhost:3000", true)]
    [InlineData("http://localhost:5173", "localhost:3000", false)] // another program of this machine
    [InlineData("http://127.0.0.1:3000", "localhost:3000", false)]
    [InlineData("http://localhost", "localhost:3000", false)]
    [InlineData("https://proxy.example", "localhost:3000", false)]
    [InlineData("http://evil.example", "localhost:3000", false)]
    [InlineData("http://localhost:3000.evil.example", "localhost:3000", false)]
    [InlineData("http://localhost:3000@evil.example", "localhost:3000", false)]
    [InlineData("http://user@localhost:3000", "localhost:3000", false)]
    [InlineData("http://localhost:3000/", "localhost:3000", false)]
    [InlineData("http://localhost:3000/x", "localhost:3000", false)]
    [InlineData("file://", "localhost:3000", false)]
    [InlineData("null", "localhost:3000", false)]
    [InlineData("", "localhost:3000", false)]
    public void An_origin_is_ours_where_it_is_the_host_that_is_asked(string origin, string host, bool ours) => Open.IsOurs(origin, host).ShouldBe(ours);

    [Theory]
    // Reading: by a person, a script of ours, curl
    [InlineData("GET", false, null, null, null, null, null)]
    [InlineData("GET", false, null, "none", "navigate", "document", null)]
    [InlineData("GET", false, null, "same-origin", "cors", "empty", null)]
    [InlineData("HEAD", false, null, null, null, null, null)]
    // … by a link on somebody's page, but not into that page
    [InlineData("GET", false, null, "cross-site", "navigate", "document", null)]
    [InlineData("GET", false, null, "cross-site", "navigate", "iframe", 403)]
    [InlineData("GET", false, null, "cross-site", "no-cors", "image", 403)]
    [InlineData("GET", false, null, "cross-site", "no-cors", "script", 403)]
    [InlineData("GET", false, "http://evil.example", "cross-site", "cors", "empty", 403)]
    [InlineData("GET", false, null, "same-site", "no-cors", "image", 403)]
    [InlineData("GET", false, null, "what-is-this", "navigate", "object", 403)]
    // Changing
    [InlineData("POST", false, null, null, null, null, null)] // curl
    [InlineData("POST", false, "http://localhost:3000", "same-origin", "cors", "empty", null)]
    [InlineData("POST", false, "http://localhost:3000", null, null, null, null)] // a browser on plain http names no site
    [InlineData("POST", false, "http://evil.example", null, null, null, 403)]
    [InlineData("POST", false, "null", null, null, null, 403)]
    [InlineData("POST", false, "", null, null, null, 403)]
    [InlineData("POST", false, null, "cross-site", "navigate", "document", 403)]
    [InlineData("POST", false, "http://localhost:3000", "cross-site", "navigate", "document", 403)]
    [InlineData("DELETE", false, "http://localhost:5173", "same-site", "cors", "empty", 403)]
    [InlineData("OPTIONS", false, "http://evil.example", "cross-site", "cors", "empty", 403)]
    [InlineData("TRACE", false, null, null, null, null, 405)]
    // Web sockets: a browser lets any page open one
    [InlineData("GET", true, "http://localhost:3000", "same-origin", "websocket", "websocket", null)]
    [InlineData("GET", true, "http://localhost:3000", null, null, null, null)]
    [InlineData("GET", true, "http://evil.example", null, null, null, 403)]
    [InlineData("GET", true, "http://localhost:3000", "cross-site", "navigate", "document", 403)]
    public void A_request_is_taken_for_what_it_says_of_itself(string method, bool upgrade, string? origin, string? site, string? mode, string? destination, int? refused) =>
        (OriginDecision.Refusal(new RequestOrigin(method, "localhost:3000", upgrade, origin, site, mode, destination), Local)?.Status).ShouldBe(refused);

    [Fact]
    public void A_name_that_a_stranger_pointed_at_us_is_refused_before_all_else() =>
        OriginDecision.Refusal(new RequestOrigin("GET", "evil.example:3000", false, null, "same-origin", "navigate", "document"), Local)!.Value.Status.ShouldBe(421);
}
