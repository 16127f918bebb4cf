using System.Net.Sockets;
using System.Text;
using Dailies.Contract;
using Dailies.Dashboard.Access;
using Dailies.Tests.Artifacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Dashboard.Tests;

/// <summary>A dashboard of one test's own on a free port of loopback, and the runs that it shows.</summary>
internal sealed class Dashboard : IAsyncDisposable
{
    private readonly WebApplication app;

    private Dashboard(WebApplication app, RunsFolder runs, FakeTimeProvider clock)
    {
        (this.app, Runs, Clock) = (app, runs, clock);
        Url = new Uri(app.Urls.Single());
        // What a browser does by itself is done by hand here, so that it can be seen.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
    }

    public RunsFolder Runs { get; }

    public FakeTimeProvider Clock { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public static async Task<Dashboard> StartAsync(string? token = null, RunsFolder? runs = null, params string[] hosts)
    {
        var (folder, clock) = (runs ?? new RunsFolder(), new FakeTimeProvider());
        var app = DashboardServer.Build(new DashboardOptions
        {
            Serve = new ServePlan([new ListenAddress("127.0.0.1", 0)], token is null ? null : AccessToken.Of(token), Generated: false, hosts),
            Program = new ProgramRecord("dailies", "1.2.3", "abc1234"),
            RunsDir = folder.Logs,
            PublicDir = folder.Public,
            ArchiveDir = Path.Combine(folder.Root, "artifacts"),
            Clock = clock,
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Dashboard(app, folder, clock);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer to a request line that no HTTP client would send.</summary>
    public async Task<string> RawAsync(string target, string method = "GET", string more = "")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Url.Host, Url.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {Url.Authority}\r\nConnection: close\r\n{more}\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Runs.Dispose();
    }
}
