using Dailies.Dashboard.Access;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>Every answer carries them, whatever it is.</summary>
public class SecurityHeadersTests
{
    private const string Run = "20261123-221507";

    [Theory]
    [InlineData("/", 200, false)]
    [InlineData("/healthz", 200, false)]
    [InlineData("/api/runs", 200, false)]
    [InlineData("/api/runs?page=0", 400, false)]
    [InlineData("/api/nothing", 404, false)]
    [InlineData("/api/openapi.json", 200, false)]
    [InlineData($"/api/runs/{Run}/events?follow=false", 200, false)]
    [InlineData("/nothing", 404, false)]
    [InlineData("/_framework/blazor.web.js", 200, false)]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", 200, false)]
    [InlineData($"/runs/{Run}/files/run-summary.txt", 200, true)]
    [InlineData($"/runs/{Run}/files/nothing", 404, false)]
    public async Task Every_answer_has_them(string path, int status, bool file)
    {
        await using var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.AddFinished(Run, 0);
        using var answer = await dashboard.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
        Check(answer, file ? SecurityHeaders.FilePolicy : SecurityHeaders.PagePolicy);
    }

    [Fact]
    public async Task So_have_refusals_and_redirects()
    {
        const string token = "the-token-of-this-test";
        await using var dashboard = await Dashboard.StartAsync(token);
        foreach (var (path, header, status) in new[]
        {
            ("/", ("Accept", "text/html"), 401), ("/api/runs", ("Accept", "*/*"), 401), ($"/?token={token}", ("Accept", "*/*"), 303), ("/", ("Host", "evil.example"), 421), ("/", ("Sec-Fetch-Site", "cross-site"), 403),
        })
        {
            using var answer = await dashboard.GetAsync(path, header);
            ((int)answer.StatusCode).ShouldBe(status, path);
            Check(answer, SecurityHeaders.PagePolicy);
        }
    }

    [Fact]
    public void No_policy_lets_a_script_in_that_is_not_a_file_of_ours()
    {
        SecurityHeaders.PagePolicy.ShouldContain("default-src 'none'; script-src 'self';");
        SecurityHeaders.PagePolicy.ShouldContain("frame-ancestors 'none'");
        SecurityHeaders.FilePolicy.ShouldNotContain("script-src");
        SecurityHeaders.FilePolicy.ShouldEndWith("; sandbox");
        $"{SecurityHeaders.PagePolicy} {SecurityHeaders.FilePolicy}".ShouldNotContain("http");
    }

    [Fact]
    public async Task The_page_itself_needs_nothing_that_its_policy_forbids()
    {
        await using var dashboard = await Dashboard.StartAsync();
        var page = await dashboard.Http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        System.Text.RegularExpressions.Regex.Matches(page, "<script(?![^>]*src=)[^>]*>|\\son[a-z]+=|javascript:").ShouldBeEmpty(page);
    }

    private static void Check(HttpResponseMessage answer, string policy)
    {
        Value("Content-Security-Policy").ShouldBe(policy);
        Value("X-Content-Type-Options").ShouldBe("nosniff");
        Value("X-Frame-Options").ShouldBe("DENY");
        Value("Referrer-Policy").ShouldBe("same-origin");
        Value("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Value("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Value("Permissions-Policy").ShouldContain("camera=()");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();

        string Value(string name) => answer.Headers.GetValues(name).ShouldHaveSingleItem();
    }
}
