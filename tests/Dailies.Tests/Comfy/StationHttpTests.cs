using Dailies.Comfy;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Comfy;

/// <summary>The station's HTTP client on a real socket: what is tried again, and what never is.</summary>
public class StationHttpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task A_small_GET_is_tried_again(int status)
    {
        var calls = 0;
        await using var server = new WireServer(_ => ++calls < 3 ? WireServer.Reply(status, "busy") : WireServer.Reply(200, """{"queue_running":[],"queue_pending":[]}"""));

        var queue = await AskAsync(server, c => c.QueueAsync(Cancel));

        queue.Pending.ShouldBeEmpty();
        Lines(server).ShouldBe(["GET /queue", "GET /queue", "GET /queue"]);
    }

    [Fact]
    public async Task A_GET_is_given_up_after_three_tries()
    {
        await using var server = new WireServer(_ => WireServer.Reply(503, "busy"));

        var fault = await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.QueueAsync(Cancel)));

        (fault.Fault, server.Asked.Count).ShouldBe((StationFault.Refused, 3));
    }

    [Fact]
    public async Task A_GET_whose_connection_is_cut_is_tried_again_and_then_unreachable()
    {
        await using var server = new WireServer(_ => null);

        var fault = await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.SystemStatsAsync(Cancel)));

        (fault.Fault, server.Asked.Count).ShouldBe((StationFault.Unreachable, 3));
    }

    [Fact]
    public async Task A_GET_that_says_no_is_not_tried_again()
    {
        await using var server = new WireServer(_ => WireServer.Reply(401, ""));

        (await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.SystemStatsAsync(Cancel)))).Message.ShouldContain("headers");

        server.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/base/path")]
    public async Task A_file_is_asked_for_once(string basePath)
    {
        await using var server = new WireServer(_ => WireServer.Reply(503, "busy"));

        await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.ViewAsync("a.png", "", "output", null, Cancel), basePath));

        Lines(server).ShouldBe([$"GET {basePath}/view?filename=a.png&subfolder=&type=output"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(null)]
    public async Task A_prompt_is_sent_once_whatever_happens(int? status)
    {
        await using var server = new WireServer(_ => status is { } s ? WireServer.Reply(s, "busy") : null);

        (await AskAsync(server, c => c.SubmitAsync([], "p", "c", [], Cancel))).ShouldBeOfType<SubmitReply.Ambiguous>();

        Lines(server).ShouldBe(["POST /prompt"]);
    }

    [Fact]
    public async Task Taking_a_prompt_back_is_sent_once_too()
    {
        await using var server = new WireServer(_ => WireServer.Reply(503, "busy"));

        await Should.ThrowAsync<StationException>(() => AskAsync(server, async c => { await c.InterruptAsync("p", Cancel); return true; }));

        Lines(server).ShouldBe(["POST /interrupt"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Credentials_do_not_follow_a_redirect(int status)
    {
        await using var other = new WireServer(_ => WireServer.Reply(200, "{}"));
        await using var server = new WireServer(_ => WireServer.Reply(status, "", $"Location: {other.Url}/queue\r\n"));

        (await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.QueueAsync(Cancel)))).Fault.ShouldBe(StationFault.Refused);
        (await AskAsync(server, c => c.SubmitAsync([], "p", "c", [], Cancel))).ShouldBeOfType<SubmitReply.Rejected>().Status.ShouldBe(status);

        other.Asked.ShouldBeEmpty();
        server.Asked.ShouldAllBe(r => r.Headers["Authorization"] == "Bearer s3cret");
    }

    [Fact]
    public async Task A_torn_answer_is_unreachable_not_nonsense()
    {
        await using var server = new WireServer(_ => WireServer.Reply(200, """{"queue_running":["""u8.ToArray(), length: 400));

        (await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.QueueAsync(Cancel)))).Fault.ShouldBe(StationFault.Unreachable);
    }

    [Fact]
    public async Task An_HTML_page_with_200_is_not_understood()
    {
        await using var server = new WireServer(_ => WireServer.Reply(200, "<html>please log in</html>", "Content-Type: text/html\r\n"));

        (await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.QueueAsync(Cancel)))).Fault.ShouldBe(StationFault.NotUnderstood);
        server.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        var server = new WireServer(_ => null);
        await server.DisposeAsync();

        (await Should.ThrowAsync<StationException>(() => AskAsync(server, c => c.QueueAsync(Cancel)))).Fault.ShouldBe(StationFault.Unreachable);
    }

    private static IEnumerable<string> Lines(WireServer server) => server.Asked.Select(r => r.Line);

    // The pauses between tries go by a clock that we push on: nothing sleeps.
    private static async Task<T> AskAsync<T>(WireServer server, Func<ComfyClient, Task<T>> ask, string basePath = "")
    {
        var clock = new FakeTimeProvider();
        var address = StationAddress.Parse(server.Url + basePath, new Dictionary<string, string> { ["Authorization"] = "Bearer s3cret" }, out _)!;
        using var http = StationHttp.Create(address, clock);
        var asked = ask(new ComfyClient(http, address, TimeProvider.System));
        while (!asked.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await asked;
    }
}
