using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dailies.Tests.Comfy;

/// <summary>One request as it came over the wire.</summary>
internal sealed record WireRequest(string Line, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>As it came, where its length was said; else empty.</summary>
    public string Body { get; init; } = "";
}

/// <summary>A listener that answers each connection's one request with given bytes, whatever HTTP may think of them; null cuts the connection.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public WireServer(Func<WireRequest, byte[]?> answer)
    {
        _listener.Start();
        _loop = ServeAsync(answer, _stop.Token);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public List<WireRequest> Asked { get; } = [];

    public static byte[] Reply(int status, string body, string headers = "") => Reply(status, Encoding.UTF8.GetBytes(body), headers);

    public static byte[] Reply(int status, byte[] body, string headers = "", int? length = null) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Said\r\nConnection: close\r\nContent-Length: {length ?? body.Length}\r\n{headers}\r\n"), .. body];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<WireRequest, byte[]?> answer, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                using var socket = await _listener.AcceptSocketAsync(cancel);
                await using var stream = new NetworkStream(socket);
                var request = await ReadAsync(stream, cancel);
                lock (Asked)
                {
                    Asked.Add(request);
                }

                if (answer(request) is { } bytes)
                {
                    await stream.WriteAsync(bytes, cancel);
                    socket.Shutdown(SocketShutdown.Send);
                }
                else
                {
                    socket.Close(0); // a reset, not an end
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went, or we stop.
            }
        }
    }

    private static async Task<WireRequest> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancel) ?? throw new IOException("no request");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(cancel) is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        return new WireRequest(line[..line.LastIndexOf(' ')], headers) { Body = await ReadBodyAsync(reader, headers, cancel) };
    }

    private static async Task<string> ReadBodyAsync(StreamReader reader, Dictionary<string, string> headers, CancellationToken cancel)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var body = new char[int.Parse(length, CultureInfo.InvariantCulture)];
            return new string(body, 0, await reader.ReadBlockAsync(body, cancel));
        }

        if (headers.ContainsKey("Transfer-Encoding"))
        {
            while (int.Parse((await reader.ReadLineAsync(cancel))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await reader.ReadBlockAsync(new char[size + 2], cancel);
            }
        }

        return "";
    }
}
