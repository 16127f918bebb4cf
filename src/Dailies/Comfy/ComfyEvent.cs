using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>What a socket message means to us.</summary>
internal enum ComfyEventKind
{
    /// <summary>The socket is open; nothing that happened before is replayed.</summary>
    Connected,

    /// <summary>The socket closed, was refused, or fell silent to pings.</summary>
    Disconnected,

    /// <summary>The queue changed; says no prompt id.</summary>
    Status,

    /// <summary>Execution began.</summary>
    Start,

    /// <summary>A node began (its id in <see cref="ComfyEvent.Node"/>).</summary>
    Executing,

    /// <summary>A step of a node.</summary>
    Progress,

    /// <summary>A node with outputs ended, or any other sign of life of the prompt.</summary>
    Alive,

    /// <summary>The prompt succeeded; its history entry may lag.</summary>
    Success,

    /// <summary>The prompt failed.</summary>
    Error,

    /// <summary>The prompt was interrupted.</summary>
    Interrupted,

    /// <summary><c>executing</c> with node null: over, and its history entry is there.</summary>
    Over,
}

/// <summary>One socket message, typed. <c>PromptId</c> is null for <see cref="ComfyEventKind.Status"/> and the connection's own events.</summary>
internal sealed record ComfyEvent(ComfyEventKind Kind, string? PromptId = null, string? Node = null, int Value = 0, int Max = 0)
{
    /// <summary>Reads one text frame; null for what we don't need or don't understand. Always filter by prompt id: prompts that
    /// somebody posted without a client_id are broadcast to every socket.</summary>
    public static ComfyEvent? Read(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = LenientJson.Parse(frame);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // {"type":"progress","data":{"value":3,"max":20,"prompt_id":"…","node":"4"}}
    private static ComfyEvent? Read(JsonElement message)
    {
        var data = message.Member(Wire.Data) ?? default;
        var prompt = data.Text(Wire.PromptId);
        var type = message.Text(Wire.Type);
        if (type == Wire.Status)
        {
            return new ComfyEvent(ComfyEventKind.Status);
        }

        // Right after a reconnect `executing` comes without a prompt id: it can't be told whose it is.
        return prompt is null ? null : type switch
        {
            Wire.ExecutionStart => new ComfyEvent(ComfyEventKind.Start, prompt),
            Wire.Executing => data.Text(Wire.Node) is { } node
                ? new ComfyEvent(ComfyEventKind.Executing, prompt, node)
                : new ComfyEvent(ComfyEventKind.Over, prompt),
            Wire.Progress => new ComfyEvent(
                ComfyEventKind.Progress, prompt, data.Text(Wire.Node), Bounded(data.Whole(Wire.Value)), Bounded(data.Whole(Wire.Max))),
            Wire.ExecutionSuccess => new ComfyEvent(ComfyEventKind.Success, prompt),
            Wire.ExecutionError => new ComfyEvent(ComfyEventKind.Error, prompt),
            Wire.ExecutionInterrupted => new ComfyEvent(ComfyEventKind.Interrupted, prompt),
            Wire.ExecutionCached or Wire.Executed or Wire.ProgressState => new ComfyEvent(ComfyEventKind.Alive, prompt),
            _ => null,
        };
    }

    private static int Bounded(long? value) => (int)Math.Clamp(value ?? 0, 0, int.MaxValue);
}
