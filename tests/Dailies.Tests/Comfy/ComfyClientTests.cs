using System.Text;
using System.Text.Json.Nodes;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>The client on canned answers: what it sends, and what each kind of answer becomes.</summary>
public class ComfyClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(302)]
    public async Task An_answer_that_says_no_is_a_rejection(int status) =>
        (await SubmitAsync(_ => CannedHandler.Reply(status, "nope"u8.ToArray()))).ShouldBeOfType<SubmitReply.Rejected>().Status.ShouldBe(status);

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    public async Task An_answer_that_may_hide_a_queued_prompt_is_ambiguous(int status) =>
        (await SubmitAsync(_ => CannedHandler.Reply(status, "oops"u8.ToArray()))).ShouldBeOfType<SubmitReply.Ambiguous>().Why.ShouldBe($"HTTP {status}");

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("")]
    [InlineData("{\"prompt_id\": \"a\", \"numb")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"prompt_id\": null}")]
    [InlineData("{\"prompt_id\": 7}")]
    public async Task A_200_that_is_not_ComfyUI_s_is_ambiguous(string body) =>
        (await SubmitAsync(_ => CannedHandler.Reply(200, Encoding.UTF8.GetBytes(body)))).ShouldBeOfType<SubmitReply.Ambiguous>().Why.ShouldContain("not ComfyUI's answer");

    [Fact]
    public async Task Bug_a_200_with_null_is_ambiguous_and_no_crash() =>
        (await SubmitAsync(_ => CannedHandler.Reply(200, "null"u8.ToArray()))).ShouldBeOfType<SubmitReply.Ambiguous>();

    [Theory]
    [InlineData("reset")]
    [InlineData("io")]
    [InlineData("timeout")]
    public async Task A_broken_submit_is_ambiguous_and_sent_once(string how)
    {
        var handler = new CannedHandler(_ => throw (how switch
        {
            "reset" => new HttpRequestException("reset", new System.Net.Sockets.SocketException(104)),
            "io" => new IOException("cut"),
            _ => new TaskCanceledException("HttpClient.Timeout"),
        }));

        var reply = await handler.Client().SubmitAsync([], "p", "c", [], Cancel);

        reply.ShouldBeOfType<SubmitReply.Ambiguous>().Why.ShouldNotBeEmpty();
        handler.Asked.ShouldBe(["POST /prompt"]);
    }

    [Fact]
    public async Task A_caller_who_cancels_stays_canceled()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        var client = CannedHandler.Client(_ => throw new TaskCanceledException());

        await Should.ThrowAsync<OperationCanceledException>(() => client.SubmitAsync([], "p", "c", [], canceled.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => client.QueueAsync(canceled.Token));
    }

    [Fact]
    public async Task A_prompt_carries_our_id_our_socket_and_the_PNG_text()
    {
        var handler = new CannedHandler(_ => CannedHandler.Reply(200, Recordings.Body("prompt.ok.json")));
        var graph = new JsonObject { ["1"] = new JsonObject { ["class_type"] = "EmptyImage", ["inputs"] = new JsonObject { ["color"] = 18446744073709551615UL } } };

        await handler.Client().SubmitAsync(graph, "our id", "socket", new JsonObject { ["dailies"] = "x" }, Cancel);

        JsonNode.DeepEquals(JsonNode.Parse(handler.LastBody!), JsonNode.Parse("""
            {"prompt":{"1":{"class_type":"EmptyImage","inputs":{"color":18446744073709551615}}},"prompt_id":"our id","client_id":"socket",
             "extra_data":{"extra_pnginfo":{"dailies":"x"}}}
            """)).ShouldBeTrue(handler.LastBody);
    }

    [Fact]
    public async Task The_id_in_the_answer_wins_over_ours() =>
        (await SubmitAsync(_ => CannedHandler.Reply(200, Recordings.Body("prompt.ok.json")))).ShouldBeOfType<SubmitReply.Accepted>().PromptId.ShouldNotBe("p");

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("-2.5", -2.5)]
    [InlineData("null", null)]
    [InlineData("\"7\"", null)]
    public async Task A_running_number_may_be_anything(string number, double? expected) =>
        (await SubmitAsync(_ => CannedHandler.Reply(200, Encoding.UTF8.GetBytes($$"""{"prompt_id":"a","number":{{number}},"node_errors":[]}"""))))
            .ShouldBe(new SubmitReply.Accepted("a", expected, []), new AcceptedComparer());

    [Theory]
    [InlineData(401, StationFault.Refused, "DAILIES_STATION_HEADERS")]
    [InlineData(403, StationFault.Refused, "credentials")]
    [InlineData(404, StationFault.Refused, "base path")]
    [InlineData(302, StationFault.Refused, "HTTP 302")]
    [InlineData(500, StationFault.Refused, "HTTP 500")]
    public async Task A_status_that_says_no_has_a_hint(int status, StationFault kind, string words)
    {
        var fault = await Should.ThrowAsync<StationException>(() => CannedHandler.Client(status, "text"u8.ToArray()).SystemStatsAsync(Cancel));

        fault.Fault.ShouldBe(kind);
        fault.Message.ShouldContain(words);
        fault.Message.ShouldStartWith("GET /system_stats");
    }

    [Theory]
    [InlineData("<html>hello</html>")]
    [InlineData("")]
    [InlineData("{\"queue_running\": [], \"queue_pen")]
    [InlineData("{\"queue_running\": []}")]
    [InlineData("{\"queue_running\": {}, \"queue_pending\": []}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task An_answer_that_is_no_queue_is_not_understood(string body) =>
        (await Should.ThrowAsync<StationException>(() => CannedHandler.Client(200, Encoding.UTF8.GetBytes(body)).QueueAsync(Cancel))).Fault.ShouldBe(StationFault.NotUnderstood);

    [Theory]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("{\"p\":null}", false)]
    [InlineData("{\"p\":[]}", false)]
    [InlineData("{\"other\":{}}", false)]
    [InlineData("{\"p\":{\"status\":null,\"outputs\":{}}}", true)]
    [InlineData("{\"p\":{\"status\":{\"messages\":[[],[1,2],[\"execution_error\"],{},null,[\"x\",null]]},\"outputs\":[]}}", true)]
    [InlineData("{\"p\":{\"outputs\":{\"1\":null,\"2\":{\"images\":[null,7,\"a\",{},{\"filename\":7}]}}}}", true)]
    public async Task Only_an_object_under_our_id_is_an_entry_and_nothing_in_it_crashes(string body, bool entry) =>
        ((await CannedHandler.Client(200, Encoding.UTF8.GetBytes(body)).HistoryAsync("p", Cancel)).Entry is not null).ShouldBe(entry);

    [Fact]
    public async Task Bug_a_system_with_a_name_twice_is_no_crash() =>
        (await CannedHandler.Client(200, """{"system":{"os":"a","os":"b"},"devices":[]}"""u8.ToArray()).SystemStatsAsync(Cancel)).System["os"]!.GetValue<string>().ShouldBe("b");

    [Fact]
    public async Task Names_from_outside_are_escaped_in_the_request()
    {
        var handler = new CannedHandler(_ => CannedHandler.Reply(404, []));

        (await handler.Client().ViewAsync("a b&type=temp#x.png", "sub/ü", "output", null, Cancel)).ShouldBeNull();
        await Should.ThrowAsync<StationException>(() => handler.Client().HistoryAsync("a/b?c", Cancel));

        handler.Asked.ShouldBe(["GET /view?filename=a%20b%26type%3Dtemp%23x.png&subfolder=sub%2F%C3%BC&type=output", "GET /history/a%2Fb%3Fc"]);
    }

    [Fact]
    public async Task A_file_that_may_not_be_seen_is_no_missing_file() =>
        (await Should.ThrowAsync<StationException>(() => CannedHandler.Client(403, []).ViewAsync("a.png", "", "output", null, Cancel))).Fault.ShouldBe(StationFault.Refused);

    [Fact]
    public async Task Only_our_prompt_is_named_when_something_is_taken_back()
    {
        var handler = new CannedHandler(_ => CannedHandler.Reply(200, []));

        await handler.Client().DeletePendingAsync("p", Cancel);
        handler.LastBody.ShouldBe("""{"delete":["p"]}""");
        await handler.Client().InterruptAsync("p", Cancel);
        handler.LastBody.ShouldBe("""{"prompt_id":"p"}""");
        handler.Asked.ShouldBe(["POST /queue", "POST /interrupt"]);
    }

    private static Task<SubmitReply> SubmitAsync(Func<HttpRequestMessage, HttpResponseMessage> answer) => CannedHandler.Client(answer).SubmitAsync([], "p", "c", [], Cancel);

    private sealed class AcceptedComparer : IEqualityComparer<SubmitReply>
    {
        public bool Equals(SubmitReply? x, SubmitReply? y) =>
            x is SubmitReply.Accepted a && y is SubmitReply.Accepted b && a.PromptId == b.PromptId && a.Number == b.Number && a.Dropped.SequenceEqual(b.Dropped);

        public int GetHashCode(SubmitReply obj) => 0;
    }
}
