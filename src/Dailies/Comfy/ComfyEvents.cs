using System.Net.WebSockets;
using System.Threading.Channels;

namespace Dailies.Comfy;

/// <summary>The station's socket: connects, reads, reconnects. It only makes us fast: a silent, dead or refused socket costs speed, never correctness.</summary>
/// <remarks>The reader never waits for anybody: one client that stops reading starves every client of that server. Previews are dropped on
/// arrival, progress when the channel is half full, anything when it is full (the backstop look finds it).</remarks>
internal sealed class ComfyEvents : IAsyncDisposable
{
    private const int Capacity = 2048;
    private const int LargestMessage = 8 * 1024 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<ComfyEvent> channel = Channel.CreateBounded<ComfyEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly TaskCompletionSource firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private readonly StationAddress address;
    private readonly TimeProvider clock;
    private readonly Task loop;

    // Our own, because the socket's default one follows redirects and would take the headers along.
    private readonly HttpMessageInvoker invoker;
    private volatile string? clientId;

    private ComfyEvents(StationAddress address, TimeProvider clock)
    {
        this.address = address;
        this.clock = clock;
        invoker = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !address.Root.IsLoopback });
        loop = Task.Run(() => StayConnectedAsync(stop.Token));
    }

    /// <summary>Starts connecting in the background.</summary>
    public static ComfyEvents Open(StationAddress address, TimeProvider clock) => new(address, clock);

    /// <summary>What came, in order. One reader.</summary>
    public ChannelReader<ComfyEvent> Events => channel.Reader;

    /// <summary>The id of the open connection, to be posted with a prompt so that its events come here; null while there is none.</summary>
    public string? ClientId => clientId;

    /// <summary>Ends when the first connection is open, that is, when the server has said something, or has been refused.</summary>
    public Task FirstTry => firstTry.Task;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        invoker.Dispose();
        stop.Dispose();
    }

    private async Task StayConnectedAsync(CancellationToken cancel)
    {
        var pause = TimeSpan.FromMilliseconds(500);
        while (!cancel.IsCancellationRequested)
        {
            // A new id for each connection: a second socket under the same id goes deaf for ever once the first is closed.
            var id = Guid.NewGuid().ToString("N");
            var wasOpen = false;
            try
            {
                using var socket = await ConnectAsync(id, cancel);
                wasOpen = true;
                await ReadAsync(socket, () => Open(id), cancel);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // It closed, was refused, or we stop. Whatever it was, the socket may cost speed only: the look loop goes on.
            }

            clientId = null;
            if (wasOpen)
            {
                channel.Writer.TryWrite(new ComfyEvent(ComfyEventKind.Disconnected));
            }

            firstTry.TrySetResult();
            pause = wasOpen ? TimeSpan.FromMilliseconds(500) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, clock, cancel).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        channel.Writer.TryComplete();
    }

    // Only the server's first message says that it knows the socket: a prompt posted before could end unheard.
    private void Open(string id)
    {
        clientId = id;
        channel.Writer.TryWrite(new ComfyEvent(ComfyEventKind.Connected));
        firstTry.TrySetResult();
    }

    private async Task<ClientWebSocket> ConnectAsync(string id, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        try
        {
            foreach (var (name, value) in address.Headers)
            {
                socket.Options.SetRequestHeader(name, value);
            }

            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
            socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
            using var limit = new CancellationTokenSource(ConnectTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            await socket.ConnectAsync(address.SocketFor(id), invoker, either.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(ClientWebSocket socket, Action opened, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        var tooLarge = false;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            // What does not fit ends the message: a later part that would fit makes it another one.
            tooLarge |= message.Length + part.Count > LargestMessage;
            if (part.MessageType == WebSocketMessageType.Text && !tooLarge)
            {
                message.Write(buffer, 0, part.Count);
            }

            if (part.EndOfMessage)
            {
                opened();
                opened = () => { };
                if (part.MessageType == WebSocketMessageType.Text && !tooLarge && ComfyEvent.Read(message.GetBuffer().AsMemory(0, (int)message.Length)) is { } read)
                {
                    Offer(read.Node is { } node ? read with { Node = address.Secrets.MaskName(node) } : read);
                }

                message.SetLength(0);
                tooLarge = false;
            }
        }
    }

    private void Offer(ComfyEvent read)
    {
        var mayWait = read.Kind is ComfyEventKind.Progress or ComfyEventKind.Alive or ComfyEventKind.Status;
        if (!mayWait || channel.Reader.Count < Capacity / 2)
        {
            channel.Writer.TryWrite(read);
        }
    }
}
