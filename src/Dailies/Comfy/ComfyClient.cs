using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Contract;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>What became of a POST /prompt.</summary>
internal abstract record SubmitReply
{
    private SubmitReply()
    {
    }

    /// <summary>Queued under <paramref name="PromptId"/>; <paramref name="Dropped"/> are outputs that were refused.</summary>
    public sealed record Accepted(string PromptId, double? Number, IReadOnlyList<NodeFault> Dropped) : SubmitReply;

    /// <summary>HTTP 4xx: the same graph will fail again.</summary>
    public sealed record Rejected(int Status, IReadOnlyList<NodeFault> Faults) : SubmitReply;

    /// <summary>Timed out, reset, or 5xx: it may be queued all the same.</summary>
    public sealed record Ambiguous(string Why) : SubmitReply;
}

/// <summary>What is still missing of a file: all from byte <paramref name="From"/>, of the file that had this strong tag.</summary>
internal sealed record FileRest(long From, EntityTagHeaderValue Tag);

/// <summary>ComfyUI over its HTTP API: translates, and decides nothing.</summary>
internal sealed class ComfyClient(HttpClient http, StationAddress address, TimeProvider clock)
{
    // Validating a large graph can take long, and an answer that we don't wait for is a prompt that we don't know.
    private static readonly TimeSpan SubmitPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    public StationAddress Address { get; } = address;

    /// <summary>Sends a graph. Never retried: the answer of an earlier try may have been lost.</summary>
    public async Task<SubmitReply> SubmitAsync(JsonObject graph, string promptId, string clientId, JsonObject pngInfo, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            [Wire.Prompt] = graph.DeepClone(),
            [Wire.PromptId] = promptId,
            [Wire.ClientId] = clientId,
            [Wire.ExtraData] = new JsonObject { [Wire.ExtraPngInfo] = pngInfo.DeepClone() },
        };
        using var span = SideEffects.OnStation(SideEffects.Post, promptId);
        try
        {
            using var patience = Patience(SubmitPatience, cancel);
            using var reply = await http.PostAsJsonAsync(Wire.Prompt, body, patience.Token);
            var bytes = await reply.Content.ReadAsByteArrayAsync(patience.Token);
            return (int)reply.StatusCode switch
            {
                >= 200 and < 300 => ReadAccepted(bytes),
                408 or 425 or 429 or >= 500 => new SubmitReply.Ambiguous($"HTTP {(int)reply.StatusCode}"),
                // A page that turns us away says nothing about the graph, and may echo what we sent.
                401 or 403 or (>= 300 and < 400) => new SubmitReply.Rejected((int)reply.StatusCode, [new NodeFault("", "", $"the station turned us away{Hint(reply.StatusCode)}", [], null)]),
                _ => new SubmitReply.Rejected((int)reply.StatusCode, [.. Rejection.Read(bytes).Select(f => f.Masked(Address.Secrets))]),
            };
        }
        catch (Exception e) when (IsTransport(e, cancel))
        {
            return new SubmitReply.Ambiguous(Why(e));
        }
    }

    public Task<QueueReading> QueueAsync(CancellationToken cancel) => GetAsync(Wire.Queue, QueueReading.Read, cancel);

    public Task<SystemStats> SystemStatsAsync(CancellationToken cancel) => GetAsync(Wire.SystemStats, b => SystemStats.Read(b).Masked(Address.Secrets), cancel);

    /// <summary>The entry and the bytes as they came; a null entry says nothing by itself: ask the queue first.</summary>
    public Task<(HistoryEntry? Entry, ReadOnlyMemory<byte> Bytes)> HistoryAsync(string promptId, CancellationToken cancel) =>
        GetAsync($"{Wire.History}/{Uri.EscapeDataString(promptId)}", b => (HistoryEntry.Read(b, promptId)?.Masked(Address.Secrets), Address.Secrets.MaskBytes(b)), cancel);

    /// <summary>Whether the server knows no finished prompt at all, as after a restart.</summary>
    public Task<bool> HistoryIsEmptyAsync(CancellationToken cancel) => GetAsync($"{Wire.History}?max_items=1", IsEmptyObject, cancel);

    /// <summary>The server's id of a finished prompt that we sent as <paramref name="ourId"/>, found by our note in it; null when its newest entries don't hold it.</summary>
    public Task<string?> FindInHistoryAsync(string ourId, CancellationToken cancel) => GetAsync($"{Wire.History}?max_items=50", bytes => FindTagged(bytes, ourId), cancel);

    /// <summary>Whether /api/jobs (v0.6.0) knows the prompt. False too where there is no such route, or where it fails for everybody (comfyui/contract.md §8).</summary>
    public async Task<bool> JobExistsAsync(string promptId, CancellationToken cancel)
    {
        try
        {
            return await GetAsync($"{Wire.Jobs}/{Uri.EscapeDataString(promptId)}", b => IsJob(b, promptId), cancel);
        }
        catch (StationException e) when (e.Fault != StationFault.Unreachable)
        {
            return false;
        }
    }

    /// <summary>The least and most that a node class allows for an input; null where it does not say, or is not known there.</summary>
    public Task<WholeRange?> InputRangeAsync(string nodeClass, string input, CancellationToken cancel) =>
        GetAsync($"{Wire.ObjectInfo}/{Uri.EscapeDataString(nodeClass)}", b => WholeRange.Read(b, nodeClass, input), cancel);

    /// <summary>Takes a pending prompt back. A running one is not touched.</summary>
    public Task DeletePendingAsync(string promptId, CancellationToken cancel) =>
        PostAsync(SideEffects.DeletePending, promptId, Wire.Queue, new JsonObject { [Wire.Delete] = new JsonArray(promptId) }, cancel);

    /// <summary>Stops a running prompt. Only for servers with <see cref="StationAbilities.TargetedInterrupt"/>: others would stop anybody's.</summary>
    public Task InterruptAsync(string promptId, CancellationToken cancel) =>
        PostAsync(SideEffects.Interrupt, promptId, Wire.Interrupt, new JsonObject { [Wire.PromptId] = promptId }, cancel);

    /// <summary>Asks the server to unload its models and drop its node cache; it does so when its worker is next idle.</summary>
    public Task FreeAsync(CancellationToken cancel) =>
        PostAsync(SideEffects.Free, null, Wire.Free, new JsonObject { [Wire.UnloadModels] = true, [Wire.FreeMemory] = true }, cancel);

    /// <summary>Opens a file for reading, from its beginning or for its <paramref name="rest"/>; the caller streams and disposes it. Null when the server has no such file.
    /// A server may send the whole all the same (200), and says 416 where there is no such rest.</summary>
    public async Task<HttpResponseMessage?> ViewAsync(string fileName, string subfolder, string type, FileRest? rest, CancellationToken cancel)
    {
        var query = $"{Wire.View}?filename={Uri.EscapeDataString(fileName)}&subfolder={Uri.EscapeDataString(subfolder)}&type={Uri.EscapeDataString(type)}";
        var reply = await AskAsync("GET /view", async () =>
        {
            using var patience = Patience(AnswerPatience, cancel);
            using var request = new HttpRequestMessage(HttpMethod.Get, query);
            request.Headers.Range = rest is null ? null : new RangeHeaderValue(rest.From, null);
            request.Headers.IfRange = rest is null ? null : new RangeConditionHeaderValue(rest.Tag);
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }, cancel);
        if (reply.IsSuccessStatusCode || (rest is not null && reply.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable))
        {
            return reply;
        }

        using (reply)
        {
            return reply.StatusCode == HttpStatusCode.NotFound ? null : throw Refused("GET /view", reply.StatusCode);
        }
    }

    /// <summary>Asks a route and says what of its answer is not as recorded; null where all is. Throws <see cref="StationException"/> when nobody answers.</summary>
    public Task<string?> ProbeAsync(ProbedRoute route, CancellationToken cancel) => AskAsync($"GET /{route.Path}", async () =>
    {
        using var patience = Patience(AnswerPatience, cancel);
        using var reply = await http.GetAsync(route.Path, patience.Token);
        try
        {
            using var document = LenientJson.Parse(await reply.Content.ReadAsByteArrayAsync(patience.Token));
            return route.Fault((int)reply.StatusCode, document.RootElement);
        }
        catch (JsonException)
        {
            return route.Fault((int)reply.StatusCode, null);
        }
    }, cancel);

    private SubmitReply ReadAccepted(byte[] bytes)
    {
        try
        {
            using var document = LenientJson.Parse(bytes);
            var reply = document.RootElement.Deserialize(ComfyWireContext.Default.PromptReply) ?? throw new JsonException("null");
            double? number = reply.Number.ValueKind == JsonValueKind.Number ? reply.Number.GetDouble() is var n && double.IsFinite(n) ? n : null : null;
            return new SubmitReply.Accepted(Address.Secrets.MaskName(reply.PromptId), number, [.. Rejection.ReadNodes(reply.NodeErrors).Select(f => f.Masked(Address.Secrets))]);
        }
        catch (JsonException e)
        {
            return new SubmitReply.Ambiguous($"HTTP 200, but not ComfyUI's answer: {e.Message}");
        }
    }

    private static string? FindTagged(ReadOnlyMemory<byte> bytes, string ourId)
    {
        using var document = LenientJson.Parse(bytes);
        return ((JsonElement?)document.RootElement).Members().LastOrDefault(e => e.Name == ourId || (e.Value.Member(Wire.Prompt) is { } prompt && ComfyTag.Read(prompt) == ourId)) is { Value.ValueKind: JsonValueKind.Object } entry
            ? entry.Name
            : null;
    }

    private static bool IsJob(ReadOnlyMemory<byte> bytes, string promptId)
    {
        using var document = LenientJson.Parse(bytes);
        return document.RootElement.Text(Wire.JobId) == promptId;
    }

    private static bool IsEmptyObject(ReadOnlyMemory<byte> bytes)
    {
        using var document = LenientJson.Parse(bytes);
        return document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.EnumerateObject().Any();
    }

    private Task<T> GetAsync<T>(string path, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancel) => AskAsync($"GET /{path}", async () =>
    {
        using var patience = Patience(AnswerPatience, cancel);
        using var reply = await http.GetAsync(path, patience.Token);
        if (!reply.IsSuccessStatusCode)
        {
            throw Refused($"GET /{path}", reply.StatusCode);
        }

        return read(await reply.Content.ReadAsByteArrayAsync(patience.Token));
    }, cancel);

    private Task<bool> PostAsync(string effect, string? promptId, string path, JsonObject body, CancellationToken cancel) => AskAsync($"POST /{path}", async () =>
    {
        using var span = SideEffects.OnStation(effect, promptId);
        using var patience = Patience(AnswerPatience, cancel);
        using var reply = await http.PostAsJsonAsync(path, body, patience.Token);
        return reply.IsSuccessStatusCode ? true : throw Refused($"POST /{path}", reply.StatusCode);
    }, cancel);

    // A request that is given up is cancelled: left open, it would hold its connection.
    private ClockedPatience Patience(TimeSpan span, CancellationToken cancel) => new(span, clock, cancel);

    // The one place where transport faults become ours; a cancelled caller stays cancelled.
    private async Task<T> AskAsync<T>(string what, Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (JsonException e)
        {
            throw new StationException(StationFault.NotUnderstood, $"{what}: not ComfyUI's answer ({e.Message})", e);
        }
        catch (Exception e) when (IsTransport(e, cancel))
        {
            throw new StationException(StationFault.Unreachable, $"{what}: {Why(e)}", e);
        }
    }

    // A socket's own exception comes through HttpClient bare where a connection is reset the moment it stands (.NET 10).
    private static bool IsTransport(Exception e, CancellationToken cancel) =>
        e is TimeoutException or HttpRequestException or IOException or System.Net.Sockets.SocketException or Polly.Timeout.TimeoutRejectedException || (e is OperationCanceledException && !cancel.IsCancellationRequested);

    // The words of HttpClient quote a status line or a header that is none: ours may stand in it.
    private string Why(Exception e) => JsonLook.Brief(Address.Secrets.Mask(e switch
    {
        OperationCanceledException or TimeoutException or Polly.Timeout.TimeoutRejectedException => "no answer in time",
        { InnerException: System.Net.Sockets.SocketException inner } => inner.Message,
        _ => e.Message,
    }), 500);

    private static StationException Refused(string what, HttpStatusCode status) =>
        new(StationFault.Refused, $"{what}: HTTP {(int)status}{Hint(status)}");

    private static string Hint(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " (credentials? give headers in dailies.json stations[].headers or DAILIES_STATION_HEADERS)",
        HttpStatusCode.NotFound => " (is this a ComfyUI, and is the base path right?)",
        _ => "",
    };
}

/// <summary>A token that is cancelled with the caller's, or when a span of the clock is over.</summary>
internal sealed class ClockedPatience : IDisposable
{
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource either;

    public ClockedPatience(TimeSpan span, TimeProvider clock, CancellationToken cancel)
    {
        limit = new CancellationTokenSource(span, clock);
        either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
    }

    public CancellationToken Token => either.Token;

    public void Dispose()
    {
        either.Dispose();
        limit.Dispose();
    }
}
