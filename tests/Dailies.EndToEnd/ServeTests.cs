using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Dailies.EndToEnd;

/// <summary><c>dailies serve</c> as a process: what it says, how it ends, and what it keeps to itself.</summary>
public sealed class ServeTests : IDisposable
{
    private const string Token = "a-token-that-stands-in-no-log";

    // So long a host of ASP.NET waits for open pages where nobody tells it not to.
    private static readonly TimeSpan HostsOwnPatience = TimeSpan.FromSeconds(29);
    private readonly DailiesProgram dailies = new();

    public void Dispose() => dailies.Dispose();

    [Theory]
    [InlineData("http://localhost", "allowed: http://<host>:<port>")]
    [InlineData("ftp://localhost:3000", "allowed: http://<host>:<port>")]
    [InlineData("https://localhost:3000", "--host")]
    [InlineData("http://0.0.0.0:3000", "DAILIES_TOKEN")] // its output is no terminal: a token that it made up would stand in a log
    public async Task Where_it_can_not_listen_is_said_before_anything_starts(string url, string words)
    {
        var ended = await dailies.RunAsync("serve", "--urls", url);
        ended.ExitCode.ShouldBe(2);
        ended.StandardError.ShouldContain(words);
        ended.StandardOutput.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_weak_token_is_refused() => (await dailies.RunAsync("serve", "--token", "short")).ExitCode.ShouldBe(2);

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var ended = await dailies.RunAsync("serve", "--urls", $"http://{other.LocalEndpoint}");
        ended.ExitCode.ShouldBe(3);
        ended.StandardError.ShouldContain($"can't listen at http://{other.LocalEndpoint}");
        ended.StandardError.Trim().ShouldNotContain("\n");
        ended.StandardOutput.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_it_at_once_however_many_pages_are_open(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends these signals on Unix only");
        using var server = dailies.Start("serve", "--urls", "http://127.0.0.1:0");
        var url = await UrlAsync(server);
        using var http = new HttpClient { BaseAddress = url };
        using var page = new ClientWebSocket();
        page.Options.SetRequestHeader("Origin", url.ToString().TrimEnd('/'));
        await page.ConnectAsync(new Uri($"ws://{url.Authority}/_blazor"), TestContext.Current.CancellationToken);
        await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--animatic", "--no-video", "--scenes", "1");
        using var events = await http.GetAsync(new Uri("/api/runs/latest/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        events.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var kill = Process.Start("kill", $"-{signal} {server.Id}");
        await server.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(HostsOwnPatience, TestContext.Current.CancellationToken);
        server.ExitCode.ShouldBe(code);
        (await server.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_token_is_asked_for_and_stands_in_no_line_that_it_writes()
    {
        dailies.Variables["DAILIES_TOKEN"] = Token;
        dailies.Variables["ASPNETCORE_URLS"] = "http://0.0.0.0:0";
        dailies.Variables["ASPNETCORE_ENVIRONMENT"] = "Development";
        dailies.Variables["Logging__LogLevel__Default"] = "Trace";
        dailies.Write("appsettings.json", """{"Logging":{"LogLevel":{"Default":"Trace"}},"Kestrel":{"Endpoints":{"More":{"Url":"http://127.0.0.1:0"}}}}""");
        using var server = dailies.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            using var http = new HttpClient { BaseAddress = await UrlAsync(server) };
            foreach (var (path, status) in new[] { ("/", 401), ($"/?token={Token}", 200), ($"/api/runs?token={Token}x", 401), ("/healthz", 200), ("/api/runs", 200) })
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
                ((int)answer.StatusCode).ShouldBe(status, path);
            }
        }
        finally
        {
            server.Kill();
        }

        var said = await server.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        said.ShouldBeEmpty("one line is all that it says");
    }

    private static async Task<Uri> UrlAsync(Process server)
    {
        var line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        line.ShouldNotBeNull().ShouldStartWith("Dailies is at http://127.0.0.1:");
        line.ShouldNotContain(Token);
        return new Uri(line["Dailies is at ".Length..]);
    }
}
