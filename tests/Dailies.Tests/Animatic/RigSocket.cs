using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>A test's socket: the frames, one after the other.</summary>
internal sealed class RigSocket(ClientWebSocket socket, CancellationToken cancel) : IAsyncDisposable
{
    private JsonObject? _first;

    /// <summary>Open once the server's first message is here: only then does it know the socket, and a prompt posted earlier could end unheard.</summary>
    public static async Task<RigSocket> OpenAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        var open = new RigSocket(socket, cancel);
        open._first = await open.NextAsync();
        return open;
    }

    /// <summary>Binary messages so far.</summary>
    public int Previews { get; private set; }

    public async Task<JsonObject> NextAsync()
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        using var frame = new MemoryStream();
        var buffer = new byte[16384];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, cancel);
            if (part.MessageType == WebSocketMessageType.Binary)
            {
                Previews += part.EndOfMessage ? 1 : 0;
                continue;
            }

            part.MessageType.ShouldBe(WebSocketMessageType.Text);
            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(frame.ToArray())!.AsObject();
            }
        }
    }

    /// <summary>All frames up to and including the first that fits.</summary>
    public async Task<List<JsonObject>> UntilAsync(Func<JsonObject, bool> fits)
    {
        var frames = new List<JsonObject>();
        do
        {
            frames.Add(await NextAsync());
        }
        while (!fits(frames[^1]));
        return frames;
    }

    public Task<List<JsonObject>> UntilDoneAsync(string prompt) => UntilAsync(f => IsDone(f) && f["data"]!["prompt_id"]!.GetValue<string>() == prompt);

    public Task SayAsync(string text) =>
        socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancel);

    public static bool IsDone(JsonObject frame) => TypeOf(frame) == "executing" && frame["data"]!.AsObject().ContainsKey("prompt_id") && frame["data"]!["node"] is null;

    public static string TypeOf(JsonObject frame) => frame["type"]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
        socket.Dispose();
    }
}
