using System.Net;
using Dailies.Dashboard.Access;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>Nothing is answered to whoever has not shown the token; whoever has is not asked again.</summary>
public class AccessGateTests
{
    private const string Token = "the-token-of-this-test";

    [Theory]
    [InlineData("/")]
    [InlineData("/api/runs")]
    [InlineData("/api/latest")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/runs/latest/events")]
    [InlineData("/runs/latest/files/run-summary.txt")]
    [InlineData("/runs/latest/archive")]
    [InlineData("/artifact-metadata.json")]
    [InlineData("/artifacts/latest-run.json")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/_blazor")]
    [InlineData("/nothing")]
    [InlineData("//")]
    [InlineData("/API/RUNS")]
    [InlineData("/healthz/")]
    [InlineData("/healthz/../api/runs")]
    public async Task Without_the_token_nothing_is_told(string path)
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        dashboard.Runs.AddFinished("20261123-221507", 0);
        var answer = await dashboard.RawAsync(path);
        answer.ShouldStartWith("HTTP/1.1 401");
        answer.ShouldContain("WWW-Authenticate: Bearer");
        answer.ShouldNotContain("20261123");
        (await dashboard.RawAsync(path, "POST", "Content-Length: 0\r\n")).ShouldStartWith("HTTP/1.1 401");
    }

    [Fact]
    public async Task The_bearer_of_the_token_is_let_in()
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        foreach (var (header, status) in new[]
        {
            ($"Bearer {Token}", 200), ($"bearer {Token} ", 200), ($"Bearer {Token}x", 401), ($"Bearer {Token[..^1]}", 401), ("Bearer", 401), ("Bearer ", 401),
            ($"Basic {Token}", 401), (Token, 401), ($"Bearer {Token.ToUpperInvariant()}", 401), ($"Bearer {new string('x', 4000)}", 401),
        })
        {
            using var answer = await dashboard.GetAsync("/api/runs", ("Authorization", header));
            ((int)answer.StatusCode).ShouldBe(status, header);
        }
    }

    [Fact]
    public async Task A_link_with_the_token_sets_the_cookie_and_leads_to_the_same_page_without_it()
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        using var answer = await dashboard.GetAsync($"/runs/20261123-221507?tab=a%26b&token={Token}");
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/runs/20261123-221507?tab=a%26b");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith($"dailies-{dashboard.Url.Port}=");
        cookie.ShouldContain("; path=/; samesite=strict; httponly");
        cookie.ShouldContain("max-age=2592000");
        cookie.ShouldNotContain("secure");
        cookie.ShouldNotContain(Token);

        var shown = cookie.Split(';')[0];
        (await StatusAsync(dashboard, "/api/runs", ("Cookie", shown))).ShouldBe(200);
        (await StatusAsync(dashboard, "/api/runs", ("Cookie", shown + "x"))).ShouldBe(401);
        (await StatusAsync(dashboard, "/api/runs", ("Cookie", $"dailies-{dashboard.Url.Port}={Token}"))).ShouldBe(401, "the cookie is not the token");
        (await StatusAsync(dashboard, "/api/runs", ("Cookie", $"other=1; {shown}; more=2"))).ShouldBe(200);
        (await StatusAsync(dashboard, "/api/runs", ("Cookie", shown), ("Authorization", "Bearer wrong-token-of-nobody"))).ShouldBe(401, "what is said outright counts");
    }

    [Fact]
    public async Task The_cookie_outlives_a_restart_and_another_token_ends_it()
    {
        await using var first = await Dashboard.StartAsync(Token);
        using var answer = await first.GetAsync($"/?token={Token}");
        var value = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];
        await using var again = await Dashboard.StartAsync(Token);
        (await StatusAsync(again, "/api/runs", ("Cookie", $"dailies-{again.Url.Port}={value}"))).ShouldBe(200);
        await using var other = await Dashboard.StartAsync(Token + "2");
        (await StatusAsync(other, "/api/runs", ("Cookie", $"dailies-{other.Url.Port}={value}"))).ShouldBe(401);
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_the_cookie_is_secure()
    {
        await using var dashboard = await Dashboard.StartAsync(Token, null, "dailies.example");
        using var answer = await dashboard.GetAsync($"/?token={Token}", ("Host", "dailies.example"), ("X-Forwarded-Proto", "https"));
        answer.Headers.GetValues("Set-Cookie").Single().ShouldContain("; secure");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/%5Cevil.example/")]
    [InlineData("///evil.example")]
    [InlineData("/.//evil.example")]
    public async Task A_link_with_the_token_never_leads_to_another_site(string path)
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        var location = (await dashboard.RawAsync($"{path}?token={Token}")).Split("\r\n").Single(l => l.StartsWith("Location:", StringComparison.Ordinal))["Location: ".Length..];
        new Uri(dashboard.Url, location.Replace('\\', '/')).Authority.ShouldBe(dashboard.Url.Authority);
    }

    [Fact]
    public async Task A_link_on_another_site_goes_on_as_a_page_of_ours()
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        using var answer = await dashboard.GetAsync($"/runs/x?token={Token}", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("""<meta http-equiv="refresh" content="0;url=/runs/x">""");
        answer.Headers.Contains("Set-Cookie").ShouldBeTrue();
    }

    [Fact]
    public async Task A_person_is_asked_and_may_type_the_token()
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        using var asked = await dashboard.GetAsync("/runs/x?q=\"><script>alert(1)</script>", ("Accept", "text/html"));
        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        asked.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var page = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("<form method=\"post\" action=\"/access?to=%2Fruns%2Fx%3Fq%3D");
        page.ShouldNotContain("<script");

        (await TypeAsync(dashboard, "/access?to=/runs/x", Token)).ShouldBe((303, "/runs/x"));
        (await TypeAsync(dashboard, "/access?to=//evil.example", Token)).ShouldBe((303, "/"));
        (await TypeAsync(dashboard, "/access", Token)).ShouldBe((303, "/"));
        (await TypeAsync(dashboard, "/access", "not-the-token-of-this-test")).ShouldBe((401, null));
        (await TypeAsync(dashboard, "/access", Token, ("Origin", "http://evil.example"))).ShouldBe((403, null));
        (await TypeAsync(dashboard, "/access", Token, ("Origin", dashboard.Url.ToString().TrimEnd('/')))).ShouldBe((303, "/"));
        (await TypeAsync(dashboard, "/access", new string('x', 10_000))).ShouldBe((401, null));
    }

    [Fact]
    public async Task Guessing_ends_in_429_until_the_minute_is_over()
    {
        await using var dashboard = await Dashboard.StartAsync(Token);
        for (var n = 0; n < WrongTokens.MostOfOne; n++)
        {
            (await StatusAsync(dashboard, "/api/runs", ("Authorization", $"Bearer guess-{n}"))).ShouldBe(401);
        }

        using var answer = await dashboard.GetAsync("/api/runs", ("Authorization", $"Bearer {Token}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        (await StatusAsync(dashboard, $"/?token={Token}")).ShouldBe(429);
        (await TypeAsync(dashboard, "/access", Token)).Status.ShouldBe(429);
        (await StatusAsync(dashboard, "/healthz")).ShouldBe(200, "whoever shows no token guesses nothing");
        dashboard.Clock.Advance(TimeSpan.FromSeconds(60));
        (await StatusAsync(dashboard, "/api/runs", ("Authorization", $"Bearer {Token}"))).ShouldBe(200);
    }

    [Fact]
    public async Task Without_a_token_this_machine_is_let_in_by_its_own_names_alone()
    {
        await using var dashboard = await Dashboard.StartAsync();
        (await StatusAsync(dashboard, "/api/runs")).ShouldBe(200);
        (await StatusAsync(dashboard, "/api/runs", ("Host", $"localhost:{dashboard.Url.Port}"))).ShouldBe(200);
        (await StatusAsync(dashboard, "/api/runs", ("Host", "evil.example"))).ShouldBe(421);
        (await StatusAsync(dashboard, "/", ("Host", "192.168.1.5"))).ShouldBe(421);
        (await StatusAsync(dashboard, "/api/runs", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"))).ShouldBe(403);
        (await StatusAsync(dashboard, "/?token=whatever")).ShouldBe(200);
    }

    [Fact]
    public async Task A_strangers_page_opens_no_web_socket()
    {
        await using var dashboard = await Dashboard.StartAsync();
        const string upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        (await dashboard.RawAsync("/_blazor?id=x", more: $"{upgrade}Origin: http://evil.example\r\n")).ShouldStartWith("HTTP/1.1 403");
        (await dashboard.RawAsync("/_blazor/negotiate?negotiateVersion=1", "POST", "Content-Length: 0\r\nOrigin: http://evil.example\r\n")).ShouldStartWith("HTTP/1.1 403");
        (await dashboard.RawAsync("/_blazor/negotiate?negotiateVersion=1", "POST", $"Content-Length: 0\r\nOrigin: http://{dashboard.Url.Authority}\r\n")).ShouldStartWith("HTTP/1.1 200");
    }

    private static async Task<int> StatusAsync(Dashboard dashboard, string path, params (string, string)[] headers)
    {
        using var answer = await dashboard.GetAsync(path, headers);
        return (int)answer.StatusCode;
    }

    private static async Task<(int Status, string? Location)> TypeAsync(Dashboard dashboard, string path, string token, params (string, string)[] headers)
    {
        using var form = new FormUrlEncodedContent([new(AccessPage.Token, token)]);
        using var answer = await dashboard.SendAsync(HttpMethod.Post, path, form, headers);
        return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
    }
}
