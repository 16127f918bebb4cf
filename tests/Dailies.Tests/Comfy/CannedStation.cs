using System.Text;
using System.Text.Json.Nodes;
using Dailies.Tests.Takes;
using Microsoft.AspNetCore.Http;

namespace Dailies.Tests.Comfy;

/// <summary>A file as a canned history announces it.</summary>
internal sealed record CannedFile(string Name, string Subfolder = "", string Type = "output");

/// <summary>A whole ComfyUI that says what a test wants: takes each prompt, has rendered it at once, and announces the files it is told to. It has no socket.</summary>
internal sealed class CannedStation : IAsyncDisposable
{
    private static readonly byte[] Picture = Pictures.Png();
    private readonly List<string> _ids = [];
    private TestHost _host = null!;

    public string Url => _host.Url;

    /// <summary>Method, path and query of each request as it stood on the wire.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Answers before anything else; null lets the usual answer follow.</summary>
    public Func<HttpRequest, (int Status, string Body)?> Answer { get; set; } = _ => null;

    /// <summary>Changes an answer before it is sent.</summary>
    public Func<string, byte[], byte[]> Change { get; set; } = (_, body) => body;

    /// <summary>GET /system_stats.</summary>
    public string Stats { get; set; } = Encoding.UTF8.GetString(Recordings.Body("system_stats.json"));

    /// <summary>What the n-th prompt (from 1) announces.</summary>
    public Func<int, IReadOnlyList<CannedFile>> Files { get; set; } = n => [new CannedFile($"shot_{n:00000}_.png")];

    /// <summary>Changes the n-th prompt's history entry before it is told.</summary>
    public Action<int, JsonObject> Entry { get; set; } = (_, _) => { };

    public static async Task<CannedStation> StartAsync()
    {
        var station = new CannedStation();
        station._host = await TestHost.StartAsync(station.ServeAsync, TestContext.Current.CancellationToken);
        return station;
    }

    /// <summary>An execution_error for <see cref="Entry"/>.</summary>
    public static void Fail(JsonObject entry, string message, string exceptionType, string nodeType = "KSampler", string nodeId = "3")
    {
        entry["outputs"] = new JsonObject();
        entry["status"] = new JsonObject
        {
            ["status_str"] = "error",
            ["completed"] = false,
            ["messages"] = new JsonArray(new JsonArray("execution_error", new JsonObject
            {
                ["node_id"] = nodeId,
                ["node_type"] = nodeType,
                ["exception_message"] = message,
                ["exception_type"] = exceptionType,
                ["traceback"] = new JsonArray(message),
            })),
        };
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var target = $"{request.Method} {context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget}";
        lock (Asked)
        {
            Asked.Add(target);
        }

        if (Answer(request) is { } answer)
        {
            context.Response.StatusCode = answer.Status;
            await context.Response.WriteAsync(answer.Body);
        }
        else if (request.Path == "/view")
        {
            await context.Response.Body.WriteAsync(Change(target, Picture));
        }
        else
        {
            var body = await UsualAsync(request);
            context.Response.StatusCode = body is null ? 404 : 200;
            await context.Response.Body.WriteAsync(Change(target, Encoding.UTF8.GetBytes(body ?? "")));
        }
    }

    private async Task<string?> UsualAsync(HttpRequest request)
    {
        switch (request.Method, request.Path.Value!.Split('/') is [_, var first, ..] ? first : "")
        {
            case ("GET", "system_stats"):
                return Stats;
            case ("GET", "queue"):
                return """{"queue_running":[],"queue_pending":[]}""";
            case ("GET", "object_info"):
                return "{}";
            case ("POST", "prompt"):
                var id = (string)(await JsonNode.ParseAsync(request.Body))!["prompt_id"]!;
                lock (_ids)
                {
                    _ids.Add(id);
                    return new JsonObject { ["prompt_id"] = id, ["number"] = _ids.Count, ["node_errors"] = new JsonObject() }.ToJsonString();
                }

            case ("GET", "history"):
                return History(Uri.UnescapeDataString(request.Path.Value["/history".Length..].TrimStart('/'))).ToJsonString();
            case ("POST", _):
                return "";
            default:
                return null;
        }
    }

    private JsonObject History(string id)
    {
        int number;
        lock (_ids)
        {
            number = _ids.IndexOf(id) + 1;
        }

        if (number == 0)
        {
            return [];
        }

        var files = Files(number).Select(f => (JsonNode)new JsonObject { ["filename"] = f.Name, ["subfolder"] = f.Subfolder, ["type"] = f.Type });
        var entry = new JsonObject
        {
            ["outputs"] = new JsonObject { ["9"] = new JsonObject { ["images"] = new JsonArray([.. files]) } },
            ["status"] = new JsonObject { ["status_str"] = "success", ["completed"] = true, ["messages"] = new JsonArray() },
        };
        Entry(number, entry);
        return new JsonObject { [id] = entry };
    }
}
