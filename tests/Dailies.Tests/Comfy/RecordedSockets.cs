using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dailies.Tests.Comfy;

/// <summary>The sockets of a replayed server, with the real one's rule: the newest socket of a client id gets its messages, until any socket of that id ends.</summary>
internal sealed class RecordedSockets : IDisposable
{
    private readonly Dictionary<string, WebSocket> _newest = [];
    private readonly List<(string Id, WebSocket Socket)> _open = [];
    private readonly SemaphoreSlim _sending = new(1);

    /// <summary>The client id of each connection, in order.</summary>
    public List<string> Opened { get; } = [];

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_open)
            {
                return _open.Count;
            }
        }
    }

    public async Task ServeAsync(HttpContext context, string greeting)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var id = context.Request.Query["clientId"].ToString();
        lock (_open)
        {
            _newest[id] = socket;
            _open.Add((id, socket));
            Opened.Add(id);
        }

        await SendAsync(socket, Encoding.UTF8.GetBytes(greeting.Replace("SID", id, StringComparison.Ordinal)), WebSocketMessageType.Text);
        try
        {
            while ((await socket.ReceiveAsync(new byte[1024], context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
                // A client has nothing to say here.
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // It went, or we cut it.
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        lock (_open)
        {
            _newest.Remove(id); // also where a newer socket of that id is open: it goes deaf
            _open.RemoveAll(o => o.Socket == socket);
        }
    }

    public void Dispose() => _sending.Dispose();

    /// <summary>Cuts every connection without a close frame.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _open.ForEach(o => o.Socket.Abort());
        }
    }

    /// <summary>To one client, or to all.</summary>
    public Task SayAsync(string text, string? clientId) => SayAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, clientId);

    /// <summary>A binary frame to all.</summary>
    public Task ShowAsync(byte[] frame) => SayAsync(frame, WebSocketMessageType.Binary, clientId: null);

    private async Task SayAsync(byte[] frame, WebSocketMessageType type, string? clientId)
    {
        List<WebSocket> to;
        lock (_open)
        {
            to = clientId is null ? [.. _open.Select(o => o.Socket)] : _newest.TryGetValue(clientId, out var socket) ? [socket] : [];
        }

        foreach (var socket in to)
        {
            await SendAsync(socket, frame, type);
        }
    }

    private async Task SendAsync(WebSocket socket, byte[] frame, WebSocketMessageType type)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(frame, type, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone.
        }
        finally
        {
            _sending.Release();
        }
    }
}
