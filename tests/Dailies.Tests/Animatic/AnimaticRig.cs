using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dailies.Animatic;

namespace Dailies.Tests.Animatic;

/// <summary>A server of one test's own, with a client for HTTP and sockets.</summary>
internal sealed class AnimaticRig : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private AnimaticRig() => _patience.CancelAfter(TimeSpan.FromSeconds(60)); // only so that a hanging test ends

    public AnimaticServer Server { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public string Output => _folder.Path;

    public CancellationToken Cancel => _patience.Token;

    public static Task<AnimaticRig> StartAsync(TimeProvider? clock = null, TimeSpan stepDelay = default, params Fault[] faults) =>
        StartAsync(output => new AnimaticOptions { OutputFolder = output, Faults = faults, StepDelay = stepDelay, Clock = clock ?? TimeProvider.System });

    /// <summary>One that answers /animatic/….</summary>
    public static Task<AnimaticRig> WithControlAsync() => StartAsync(output => new AnimaticOptions { OutputFolder = output, StepDelay = TimeSpan.Zero, Control = true });

    private static async Task<AnimaticRig> StartAsync(Func<string, AnimaticOptions> options)
    {
        var rig = new AnimaticRig();
        rig.Server = await AnimaticServer.StartAsync(options(rig.Output), rig.Cancel);
        rig.Http = new HttpClient { BaseAddress = new Uri(rig.Server.Url) };
        return rig;
    }

    public async Task<RigSocket> ConnectAsync(string client)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(Server.Url.Replace("http", "ws", StringComparison.Ordinal) + "/ws?clientId=" + client), Cancel);
        return await RigSocket.OpenAsync(socket, Cancel);
    }

    public async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        using var response = await Http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>(path, Cancel))!;

    /// <summary>Posts a graph and returns the id of the accepted prompt.</summary>
    public async Task<string> PostAsync(JsonNode graph, string? client = null, JsonNode? dailies = null)
    {
        var body = new JsonObject { ["prompt"] = graph.DeepClone() };
        if (client is not null)
        {
            body["client_id"] = client;
        }

        if (dailies is not null)
        {
            body["extra_data"] = new JsonObject { ["extra_pnginfo"] = new JsonObject { ["dailies"] = dailies.DeepClone() } };
        }

        var (status, text) = await SendAsync(HttpMethod.Post, "/prompt", body.ToJsonString());
        status.ShouldBe(200, text);
        return JsonNode.Parse(text)!["prompt_id"]!.GetValue<string>();
    }

    /// <summary>Runs a graph to its end, watched over a socket of its own.</summary>
    public async Task<(string Id, List<JsonObject> Frames, JsonNode Entry)> RunAsync(JsonNode graph, JsonNode? dailies = null)
    {
        var client = Guid.NewGuid().ToString("N");
        await using var socket = await ConnectAsync(client);
        var id = await PostAsync(graph, client, dailies);
        var frames = await socket.UntilDoneAsync(id);
        return (id, frames, (await GetAsync("/history/" + id))[id]!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        _patience.Dispose();
        _folder.Dispose();
    }
}
