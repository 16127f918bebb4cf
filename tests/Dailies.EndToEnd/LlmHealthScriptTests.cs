using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dailies.EndToEnd;

/// <summary>verify-llm-health.ps1 against a server of a few lines (contract §9).</summary>
[Collection(ScriptsRunAlone.Name)]
public class LlmHealthScriptTests
{
    private static readonly (string, string?)[] Nothing = [("LOCAL_STORY_PROVIDER_URL", null), ("LOCAL_LLM_HEALTHCHECK_URL", null), ("LOCAL_LLM_SKIP_HEALTHCHECK", null)];

    [Theory]
    [InlineData("200 OK", """{"object":"list","data":[{"id":"qwen"},{"id":"gemma"}]}""", 0, "success (url={0}/v1/models, models=2, override=default)")]
    [InlineData("200 OK", """{"models":[{"name":"a b","size":1}]}""", 0, "models=1")]
    [InlineData("200 OK", """{"data":[]}""", 0, "Warning")]
    [InlineData("200 OK", """{"data":"none"}""", 3, "failed: the answer has neither data[] nor models[] (url={0}/v1/models, override=default)")]
    [InlineData("200 OK", "[]", 3, "neither data[] nor models[]")]
    [InlineData("200 OK", "<html>", 3, "failed: the answer is not JSON")]
    [InlineData("200 OK", "", 3, "failed: the answer is not JSON")]
    [InlineData("404 Not Found", """{"data":[]}""", 3, "failed: HTTP 404")]
    public async Task What_the_server_answers_decides(string status, string body, int code, string says)
    {
        await using var server = new OneAnswer(status, body);
        var run = await RunAsync($"-LlmUrl {server.Url}/v1/chat/completions", Nothing);
        (run.ExitCode, run.Errors).ShouldBe((code, ""), run.Output);
        run.Output.ShouldContain("[LLM] Health check");
        run.Output.ShouldContain(says.Replace("{0}", server.Url, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-LlmUrl {0}", "/v1/models")]
    [InlineData("-LlmUrl {0}/v1/", "/v1/models")]
    [InlineData("-LlmUrl {0}/api/v1/chat/completions?key=1", "/api/v1/models")]
    [InlineData("-LlmUrl {0}/generate?key=1#top", "/v1/models")]
    [InlineData("-LlmUrl http://127.0.0.1:1 -LlmHealthcheckUrl '{0}/health?deep=1'", "/health?deep=1")]
    public async Task The_url_that_is_asked(string parameters, string asked)
    {
        await using var server = new OneAnswer("200 OK", """{"data":[{}]}""");
        var run = await RunAsync(parameters.Replace("{0}", server.Url, StringComparison.Ordinal), Nothing);
        run.ExitCode.ShouldBe(0, run.All);
        server.Asked.ShouldBe([$"GET {asked} HTTP/1.1"]);
        run.Output.ShouldContain($"url={server.Url}{asked},");
    }

    [Fact]
    public async Task Variables_count_where_no_parameter_is_given()
    {
        await using var server = new OneAnswer("200 OK", """{"data":[{}]}""");
        (string, string?)[] variables = [("LOCAL_STORY_PROVIDER_URL", server.Url), ("LOCAL_LLM_HEALTHCHECK_URL", null), ("LOCAL_LLM_SKIP_HEALTHCHECK", "1")];
        var skipped = await RunAsync("", variables);
        (skipped.ExitCode, skipped.Output, skipped.Errors).ShouldBe((0, "[LLM] Health check skipped by operator request", ""));
        server.Asked.ShouldBeEmpty();

        var asked = await RunAsync("-SkipLlmHealthcheck:$false", variables);
        asked.ExitCode.ShouldBe(0, asked.All);
        asked.Output.ShouldContain("success");
        server.Asked.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("", 0, "[LLM] Health check skipped (no local provider configured)")]
    [InlineData("-SkipLlmHealthcheck -LlmUrl nonsense", 0, "[LLM] Health check skipped by operator request")]
    [InlineData("-LlmUrl nonsense", 2, "begins with http:// or https://")]
    [InlineData("-LlmUrl file:///etc/passwd", 2, "begins with http:// or https://")]
    [InlineData("-LlmUrl http://user:secret@127.0.0.1:1/v1", 3, "(url=http://127.0.0.1:1/v1/models, override=default)")]
    public async Task Without_a_server(string parameters, int code, string says)
    {
        var run = await RunAsync(parameters, Nothing);
        run.ExitCode.ShouldBe(code, run.All);
        run.All.ShouldContain(says);
        run.All.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_a_failure()
    {
        await using var server = new OneAnswer(null, "");
        var run = await RunAsync($"-LlmUrl {server.Url}", Nothing);
        run.ExitCode.ShouldBe(3, run.All);
        run.Output.ShouldBe($"[LLM] Health check failed: no answer within 5 seconds (url={server.Url}/v1/models, override=default)");
    }

    private static async Task<ScriptRun> RunAsync(string parameters, (string, string?)[] variables)
    {
        using var dailies = new DailiesProgram();
        return await ScriptRun.OfAsync(dailies.Folder, $"{ScriptRun.Call("verify-llm-health")} {parameters}", variables);
    }

    /// <summary>Answers every request alike, or never where there is no status.</summary>
    private sealed class OneAnswer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource end = new();
        private readonly Task serving;
        private readonly string? status;
        private readonly string body;

        public OneAnswer(string? status, string body)
        {
            (this.status, this.body) = (status, body);
            listener.Start();
            serving = ServeAsync();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        public List<string> Asked { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            listener.Dispose();
            await serving;
            end.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(end.Token);
                    using var reader = new StreamReader(client.GetStream());
                    Asked.Add(await reader.ReadLineAsync(end.Token) ?? "");
                    while (await reader.ReadLineAsync(end.Token) is { Length: > 0 })
                    {
                    }

                    if (status is null)
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
                    }

                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), end.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
