using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Sockets;

/// <summary>Who is connected, by client id, and who hears what.</summary>
internal sealed class SocketBoard(ServerVersion version)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SocketClient> _clients = new(StringComparer.Ordinal);
    private (string? Client, string? Node) _now;

    /// <summary>To the client of that id only, if it is there; without an id to everybody.</summary>
    public void Send(string type, JsonObject data, string? client)
    {
        var message = AnimaticWire.Message(type, data);
        lock (_gate)
        {
            if (client is null)
            {
                foreach (var each in _clients.Values)
                {
                    each.Send(message);
                }
            }
            else if (_clients.TryGetValue(client, out var one))
            {
                one.Send(message);
            }
        }
    }

    /// <summary>Remembers the node at work, for a client that comes back in the middle of it.</summary>
    public void Remember(string? client, string? node)
    {
        lock (_gate)
        {
            _now = (client, node);
        }
    }

    /// <summary>A binary message to one client, if it is there.</summary>
    public void SendBinary(byte[] message, string? client)
    {
        lock (_gate)
        {
            if (client is not null && _clients.TryGetValue(client, out var one))
            {
                one.Send(message);
            }
        }
    }

    /// <summary>Cuts one client off, without a close frame.</summary>
    public void Cut(string? client)
    {
        lock (_gate)
        {
            if (client is not null && _clients.TryGetValue(client, out var one))
            {
                one.Cut();
            }
        }
    }

    /// <summary>One client hears nothing more, though its socket stays open.</summary>
    public void Deafen(string? client)
    {
        if (client is not null)
        {
            Forget(client);
        }
    }

    /// <summary>Serves one socket until it ends; a <paramref name="silent"/> one gets its first status and nothing more.</summary>
    public async Task ServeAsync(WebSocket socket, string id, Func<int> remaining, bool silent, CancellationToken cancel)
    {
        var client = new SocketClient(socket);
        lock (_gate)
        {
            if (!silent)
            {
                _clients[id] = client;
            }

            client.Send(AnimaticWire.Message(AnimaticWire.Status, AnimaticWire.StatusData(remaining(), id)));
            if (_now is { Client: { } running, Node: { } node } && running == id)
            {
                client.Send(AnimaticWire.Message(AnimaticWire.Executing, AnimaticWire.StillExecutingData(node)));
            }
        }

        await client.RunAsync(text => Answer(client, text), () => Forget(id), cancel);
    }

    // As in ComfyUI the id goes, whoever holds it by now: a second socket with the same id turns deaf (contract §5 b).
    private void Forget(string id)
    {
        lock (_gate)
        {
            _clients.Remove(id);
        }
    }

    private void Answer(SocketClient client, string text)
    {
        try
        {
            if (version.IsAsync
                && JsonNode.Parse(text) is JsonObject message
                && message[AnimaticWire.Type] is JsonValue type
                && type.GetValueKind() == JsonValueKind.String
                && type.GetValue<string>() == AnimaticWire.FeatureFlags)
            {
                client.Send(AnimaticWire.Message(AnimaticWire.FeatureFlags, AnimaticWire.Features()));
            }
        }
        catch (JsonException)
        {
            // Anything else a client says is ignored.
        }
    }
}
