using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Dailies.Animatic.Sockets;

/// <summary>One open socket with its own outgoing queue, so that a client that stops reading starves only itself.</summary>
internal sealed class SocketClient(WebSocket socket)
{
    // About the volume of a prompt of 200 nodes, several times over; who is further behind is cut off.
    private const int MostWaiting = 20_000;

    private readonly Channel<(byte[] Bytes, WebSocketMessageType Type)> _outgoing = Channel.CreateBounded<(byte[], WebSocketMessageType)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Queues a message; never waits.</summary>
    public void Send(string message) => Send(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text);

    /// <summary>Queues a binary message; never waits.</summary>
    public void Send(byte[] message) => Send(message, WebSocketMessageType.Binary);

    /// <summary>Ends the connection without a close frame.</summary>
    public void Cut()
    {
        _outgoing.Writer.TryComplete();
        socket.Abort();
    }

    private void Send(byte[] bytes, WebSocketMessageType type)
    {
        if (!_outgoing.Writer.TryWrite((bytes, type)))
        {
            Cut();
        }
    }

    /// <summary>Sends what is queued and reads what comes, until one side goes.
    /// <paramref name="heard"/> gets the first text message only: ComfyUI ignores the rest. <paramref name="gone"/> is called
    /// before a close is answered, so that who saw the answer knows that the server has forgotten the socket.</summary>
    public async Task RunAsync(Action<string> heard, Action gone, CancellationToken cancel)
    {
        var sending = SendAllAsync(cancel);
        try
        {
            await ReadAllAsync(heard, cancel);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Abort(); // the other side is gone, or the server is
        }

        gone();
        _outgoing.Writer.TryComplete();
        await sending;
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
        }
    }

    private async Task SendAllAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var (bytes, type) in _outgoing.Reader.ReadAllAsync(cancel))
            {
                await socket.SendAsync(bytes, type, endOfMessage: true, cancel);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            _outgoing.Writer.TryComplete(); // the reading side notices too, and ends the connection
        }
    }

    private async Task ReadAllAsync(Action<string> heard, CancellationToken cancel)
    {
        var buffer = new byte[8192];
        var first = true;
        while (await socket.ReceiveAsync(buffer, cancel) is { MessageType: not WebSocketMessageType.Close } part)
        {
            if (first && part is { MessageType: WebSocketMessageType.Text, EndOfMessage: true })
            {
                heard(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }

            first = false;
        }
    }
}
