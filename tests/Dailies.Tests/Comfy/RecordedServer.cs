using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Dailies.Tests.Takes;
using Microsoft.AspNetCore.Http;

namespace Dailies.Tests.Comfy;

/// <summary>A prompt of ours as it came, and the recorded moment at which the replay stood then.</summary>
internal sealed record OurPost(string PromptId, string ClientId, int Moment);

/// <summary>Replays the timeline of a real server to our client. The recording's order rules: what the recorded client did, and was named as ours, is waited for;
/// what else it did was somebody else's. Recorded ids become ours; queue and history are told as recorded at that point. A server that the recording leaves dead is started
/// again by somebody, and then does once more what was recorded.</summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    private readonly IReadOnlyList<RecordedMoment> _moments;
    private readonly string[] _ours;
    private readonly string? _older;
    private readonly HashSet<string> _broadcast;
    private readonly RecordedState _state = new();
    private readonly Channel<(OurPost Post, JsonNode Body, TaskCompletionSource<(int, string)> Answer)> _posts = Channel.CreateUnbounded<(OurPost, JsonNode, TaskCompletionSource<(int, string)>)>();
    private readonly Channel<bool> _interrupts = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _refused = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _looked = Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60)); // only so that a hanging test ends
    private TestHost _host = null!;
    private Task _playing = Task.CompletedTask;
    private volatile bool _down;
    private volatile int _at;

    private RecordedServer(string scenario, string[] ours)
    {
        _moments = RecordedMoment.Read(scenario);
        _ours = ours;
        _older = scenario.Split('/') is ["older", var version, _] ? version : null;
        _broadcast = [.. _moments.Where(m => m is { Kind: "http", Request: "POST /prompt", Status: 200, HasClient: false }).Select(m => m.PromptId)];
        _ours.Except(_moments.Where(m => m.Kind == "http").SelectMany(m => new[] { m.Label, m.Request })).ShouldBeEmpty("each of our acts is recorded");
    }

    public string Url => _host.Url;

    public RecordedSockets Sockets { get; } = new();

    /// <summary>Every request line of ours.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Our prompts, in the order of their POSTs.</summary>
    public List<OurPost> Posts { get; } = [];

    /// <summary>The bytes of a file, null for one that is gone; a recorded half one stays half.</summary>
    public Func<string, byte[]?> File { get; set; } = _ => Pictures.Png();

    /// <summary>Starts the replay. <paramref name="ours"/>: labels or request lines of what the recorded client did and ours is to do, in any order.</summary>
    public static async Task<RecordedServer> StartAsync(string scenario, params string[] ours)
    {
        var server = new RecordedServer(scenario, ours);
        server._host = await TestHost.StartAsync(server.ServeAsync, TestContext.Current.CancellationToken);
        server._playing = server.PlayAsync(server._stop.Token);
        return server;
    }

    /// <summary>The position of the first recorded moment that is so.</summary>
    public int MomentOf(Func<RecordedMoment, bool> which) => _moments.Index().First(m => which(m.Item)).Index;

    /// <summary>The recorded frames of one prompt, told again as another prompt's.</summary>
    public async Task SayAgainAsync(string recordedId, string ourId, string clientId)
    {
        foreach (var moment in _moments.Where(m => m.Kind == "ws" && m.Message.PromptId == recordedId))
        {
            await Sockets.SayAsync(moment.Frame.Replace(recordedId, ourId, StringComparison.Ordinal), clientId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _host.DisposeAsync();
        await _playing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Sockets.Dispose();
        _stop.Dispose();
    }

    private async Task PlayAsync(CancellationToken cancel)
    {
        for (; _at < _moments.Count; _at++)
        {
            await PlayMomentAsync(cancel);
            if (_down && _at == _moments.Count - 1)
            {
                await ComeBackAsync(cancel);
                _at = -1;
            }
        }

        _state.EndUnheard(); // what the recording says no more of ran on, its frames were lost
    }

    // A cut socket may lose what was just said: what was recorded long before the cut must be known by then.
    private async Task LookedAsync(CancellationToken cancel)
    {
        while (_looked.Reader.TryRead(out _))
        {
            // Looks from before this moment.
        }

        await _looked.Reader.ReadAsync(cancel); // this one may have been under way
        await _looked.Reader.ReadAsync(cancel);
    }

    // Our client has noticed: it was turned away.
    private async Task ComeBackAsync(CancellationToken cancel)
    {
        for (var turnedAway = 0; turnedAway < 3; turnedAway++)
        {
            await _refused.Reader.ReadAsync(cancel);
        }

        _down = false;
    }

    private async Task PlayMomentAsync(CancellationToken cancel)
    {
        var moment = _moments[_at];
        switch (moment.Kind)
        {
            case "http" when _ours.Contains(moment.Label) && moment.Request == "POST /prompt":
                await SubmitAsync(moment, cancel);
                break;
            case "http" when _ours.Contains(moment.Request):
                await _interrupts.Reader.ReadAsync(cancel);
                break;
            case "http" when moment is { Request: "GET /queue", Status: 200 }:
                _state.Queue(moment.Answer);
                break;
            case "http" when moment is { Request: "POST /queue", Sent: { } sent }:
                _state.Drop(sent);
                break;
            case "http" or "note" when moment.History is { } entries:
                _state.Told(entries);
                break;
            case "note" when moment.Noted is { } entry:
                _state.Told(entry);
                break;
            case "ws" when moment.Message is not { Type: "status", Data: JsonObject data } || !data.ContainsKey("sid"):
                await TellAsync(moment);
                break;
            case "ws-binary":
                await Sockets.ShowAsync(moment.Binary);
                break;
            case "ws-end" when _moments.Skip(_at).Any(m => m.Kind != "ws-end"):
                Sockets.Cut();
                break;
            case "note" when moment.Label is "kill -9 sent" or "SIGTERM sent" or "SIGINT sent":
                await LookedAsync(cancel);
                _down = true;
                _state.Forget();
                break;
            case "note" when moment.Label == "server started again":
                await ComeBackAsync(cancel);
                break;
        }
    }

    private async Task SubmitAsync(RecordedMoment moment, CancellationToken cancel)
    {
        var (post, body, answer) = await _posts.Reader.ReadAsync(cancel);
        _state.Take(moment, _older is null ? post : post with { PromptId = moment.PromptId }, body); // before v0.3.45 the server's own id counts
        answer.SetResult((moment.Status!.Value, _state.Ours(moment.Answer)));
    }

    private async Task TellAsync(RecordedMoment moment)
    {
        var (type, prompt, data) = moment.Message;
        if (prompt is null || type == "status")
        {
            await Sockets.SayAsync(moment.Frame, clientId: null);
        }
        else if (_broadcast.Contains(prompt) && moment.Connection != _moments.First(m => m.Kind == "ws-open").Connection)
        {
            // One socket's copy of what all were told is enough.
        }
        else if (_state.Hear(type, prompt, data, _moments.Skip(_at + 1)) is { } ours)
        {
            await Sockets.SayAsync(_state.Ours(moment.Frame), ours.ClientId);
        }
        else if (_broadcast.Contains(prompt))
        {
            await Sockets.SayAsync(moment.Frame, clientId: null);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var line = $"{request.Method} {request.Path}{request.QueryString}";
        lock (Asked)
        {
            Asked.Add(line);
        }

        if (_down)
        {
            context.Abort();
            await _refused.Writer.WriteAsync(true);
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            await Sockets.ServeAsync(context, """{"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}, "sid": "SID"}}""");
        }
        else if (request.Path == "/view")
        {
            var bytes = File(request.Query["filename"].ToString());
            context.Response.StatusCode = bytes is null ? 404 : 200;
            await context.Response.Body.WriteAsync(bytes ?? []);
        }
        else
        {
            var (status, body) = await AnswerAsync(request);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        }
    }

    private async Task<(int Status, string Body)> AnswerAsync(HttpRequest request)
    {
        switch (request.Method, request.Path.Value!)
        {
            case ("GET", "/system_stats"):
                return (200, Encoding.UTF8.GetString(Recordings.Body(_older is null ? "system_stats.json" : $"older.{_older}.system_stats.json")));
            case ("GET", "/queue"):
                var queue = _state.QueueNow();
                _looked.Writer.TryWrite(true);
                return (200, queue);
            case ("GET", "/history"):
                return (200, _state.HistoryOf(null));
            case ("GET", var path) when path.StartsWith("/history/", StringComparison.Ordinal):
                return (200, _state.HistoryOf(path["/history/".Length..]));
            case ("GET", var path) when path.StartsWith("/api/jobs", StringComparison.Ordinal):
                var jobs = _moments.Take(_at + 1).Last(m => m.Kind == "http" && m.Request.StartsWith("GET /api/jobs", StringComparison.Ordinal));
                return (jobs.Status!.Value, jobs.Answer);
            case ("GET", var path) when path.StartsWith("/object_info/", StringComparison.Ordinal):
                return (200, "{}");
            case ("POST", "/prompt"):
                var body = (await JsonNode.ParseAsync(request.Body))!;
                var post = new OurPost((string)body["prompt_id"]!, (string)body["client_id"]!, _at);
                lock (Posts)
                {
                    Posts.Add(post);
                }

                var answer = new TaskCompletionSource<(int, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
                await _posts.Writer.WriteAsync((post, body, answer));
                return await answer.Task.WaitAsync(_stop.Token);
            case ("POST", "/free"):
                return (200, "");
            case ("POST", "/interrupt"):
                await _interrupts.Writer.WriteAsync(true);
                return (200, "");
            case ("POST", "/queue"):
                _state.Delete(((await JsonNode.ParseAsync(request.Body))!["delete"] as JsonArray ?? []).Select(i => (string)i!));
                return (200, "");
            default:
                return (404, "");
        }
    }
}
