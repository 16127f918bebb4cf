using System.Net.WebSockets;
using System.Text;
using CsCheck;
using Dailies.Comfy;
using Microsoft.AspNetCore.Http;

namespace Dailies.Tests.Comfy;

/// <summary>Whatever comes over a real socket, in whatever pieces: the next whole message of ours is heard, and nothing is made up.</summary>
public class SocketFuzzTests
{
    private const string Hello = """{"type":"status","data":{"sid":"x"}}""";
    private const int Large = 9 * 1024 * 1024;

    private static readonly Gen<byte[]> Rubbish = Gen.OneOf(
        Gen.Byte.Array[0, 300], JsonDamage.Of([.. Recordings.Frames("ksampler-run.A.txt").Take(20).Select(Encoding.UTF8.GetBytes)]), Gen.Int[0, 200_000].Select(n => new byte[n]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A text frame that is no UTF-8 ends the connection by the protocol's own rule; then the next one is opened.
    [Fact]
    public async Task After_any_rubbish_the_next_message_of_ours_is_heard() => await Gen.Select(Rubbish, Gen.Bool, Gen.Int[1, 5]).Array[1, 6].SampleAsync(
        async pieces =>
        {
            var number = 0;
            await using var host = await ServeAsync(async (socket, stop) =>
            {
                var first = Interlocked.Increment(ref number) == 1;
                foreach (var (bytes, binary, parts) in first ? pieces : [])
                {
                    await SendAsync(socket, bytes, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, parts, stop);
                }

                await SendAsync(socket, """{"type":"execution_success","data":{"prompt_id":"ours-and-last"}}"""u8.ToArray(), WebSocketMessageType.Text, 3, stop);
            });
            await using var events = ComfyEvents.Open(StationAddress.Parse(host.Url, new Dictionary<string, string>(), out _)!, TimeProvider.System);

            var seen = await UntilAsync(events, "ours-and-last");

            seen[^1].Kind.ShouldBe(ComfyEventKind.Success);
            events.ClientId.ShouldNotBeNull();
        },
        iter: Fuzz.Times(12), threads: 2);

    [Fact]
    public async Task A_message_of_nine_megabytes_is_passed_over_and_the_next_is_heard()
    {
        var large = Encoding.UTF8.GetBytes($$$"""{"type":"execution_error","data":{"prompt_id":"too-large","pad":"{{{new string('x', Large)}}}"}}""");
        await using var host = await ServeAsync(async (socket, stop) =>
        {
            await SendAsync(socket, large, WebSocketMessageType.Text, 200, stop);
            await SendAsync(socket, large, WebSocketMessageType.Binary, 1, stop);
            await SendAsync(socket, """{"type":"execution_success","data":{"prompt_id":"ours"}}"""u8.ToArray(), WebSocketMessageType.Text, 1, stop);
        });
        await using var events = ComfyEvents.Open(StationAddress.Parse(host.Url, new Dictionary<string, string>(), out _)!, TimeProvider.System);

        var seen = await UntilAsync(events, "ours");

        seen.Select(e => e.PromptId).ShouldBe([null, null, "ours"], "connected, status, ours");
    }

    // Not a message that was too large, and of which the beginning and the end make one.
    [Fact]
    public async Task Bug_a_message_that_was_too_large_is_not_read_with_a_hole_in_it()
    {
        await using var host = await ServeAsync(async (socket, stop) =>
        {
            var pad = new byte[Large];
            Array.Fill(pad, (byte)' ');
            await socket.SendAsync("""{"type":"execution_success","data":{"prompt_id":"with-a-hole"} """u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, stop);
            await socket.SendAsync(pad, WebSocketMessageType.Text, endOfMessage: false, stop);
            await socket.SendAsync(""","data":{"prompt_id":"never"}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, stop);
            await socket.SendAsync("}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, stop);
            await SendAsync(socket, """{"type":"execution_success","data":{"prompt_id":"ours"}}"""u8.ToArray(), WebSocketMessageType.Text, 1, stop);
        });
        await using var events = ComfyEvents.Open(StationAddress.Parse(host.Url, new Dictionary<string, string>(), out _)!, TimeProvider.System);

        (await UntilAsync(events, "ours")).Select(e => e.PromptId).ShouldBe([null, null, "ours"]);
    }

    // 64 MB of one message: what has been said before stays heard, the reader goes on reading, and nothing of it is kept.
    [Fact]
    public async Task A_message_that_never_ends_costs_no_memory_and_a_dispose_ends_it()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await ServeAsync(async (socket, stop) =>
        {
            var part = new byte[1024 * 1024];
            Array.Fill(part, (byte)'[');
            for (var i = 0; i < 64; i++)
            {
                await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false, stop);
            }

            sent.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        var events = ComfyEvents.Open(StationAddress.Parse(host.Url, new Dictionary<string, string>(), out _)!, TimeProvider.System);
        await events.FirstTry.WaitAsync(Cancel);
        await sent.Task.WaitAsync(Cancel); // the server could send it all: somebody read it

        events.ClientId.ShouldNotBeNull();
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(1L << 30);
        await events.DisposeAsync();
        events.Events.TryRead(out var first).ShouldBeTrue();
        first.ShouldBe(new ComfyEvent(ComfyEventKind.Connected));
    }

    private static Task<TestHost> ServeAsync(Func<WebSocket, CancellationToken, Task> say) => TestHost.StartAsync(async context =>
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await SendAsync(socket, Encoding.UTF8.GetBytes(Hello), WebSocketMessageType.Text, 1, context.RequestAborted);
            await say(socket, context.RequestAborted);
            while ((await socket.ReceiveAsync(new byte[1024], context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
                // Until the client goes.
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // It went.
        }
    }, Cancel);

    private static async Task SendAsync(WebSocket socket, byte[] bytes, WebSocketMessageType type, int parts, CancellationToken cancel)
    {
        var size = Math.Max(1, (bytes.Length + parts - 1) / parts);
        var at = 0;
        do
        {
            var count = Math.Min(size, bytes.Length - at);
            await socket.SendAsync(bytes.AsMemory(at, count), type, endOfMessage: at + count == bytes.Length, cancel);
            at += count;
        }
        while (at < bytes.Length);
    }

    private static async Task<List<ComfyEvent>> UntilAsync(ComfyEvents events, string promptId)
    {
        var seen = new List<ComfyEvent>();
        do
        {
            seen.Add(await events.Events.ReadAsync(Cancel));
        }
        while (seen[^1].PromptId != promptId);
        return seen;
    }
}
