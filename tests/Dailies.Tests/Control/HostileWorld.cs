using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Tests.Comfy;

namespace Dailies.Tests.Control;

/// <summary>A run whose every name and message says a given text: story, settings, workflow and its file, run folder, station, GPU, errors, file names.
/// Its scenes end in each way that has words of somebody else's in it.</summary>
internal sealed class HostileWorld : IAsyncDisposable
{
    private CannedStation _station = null!;

    /// <summary>scene-001 has a take, 002 an execution error, 003 a refused file name, 004 is rejected, 005 runs out of memory and takes a rung, 006 is interrupted.</summary>
    public const int Scenes = 6;

    public required SmallRun Run { get; init; }

    public IReadOnlyList<string> Asked => _station.Asked;

    public static async Task<HostileWorld> WithAsync(string text)
    {
        var world = new HostileWorld { Run = SmallRun.Without(Scenes, frames: 1), _station = await CannedStation.StartAsync() };
        world.Run.Clock = new HurriedClock(50); // memory is waited for, and nothing here needs the time
        world.Station(text);
        var graph = Tests.Animatic.Graphs.Shot(frames: 1);
        graph["9"]!["_meta"] = new JsonObject { ["title"] = text };
        var name = $"graph {text.Replace('/', '-').Replace('\0', ' ')[..Math.Min(text.Length, 150)]}.json"; // the rest does not fit into a folder
        world.Run.Write("story/" + name, graph.ToJsonString());
        world.Run.Write("story/dailies.json", new JsonObject
        {
            ["workflow"] = name,
            ["stations"] = new JsonArray(new JsonObject { ["name"] = text, ["url"] = world._station.Url }),
            ["ladder"] = new JsonArray(new JsonObject { ["name"] = text, ["set"] = new JsonObject { ["width"] = 32 } }),
            ["noVideo"] = true,
            ["sceneRetryBudget"] = 0,
        }.ToJsonString());
        var scenes = Enumerable.Range(1, Scenes).Select(n => (JsonNode)new JsonObject
        {
            ["title"] = text,
            ["summary"] = text,
            ["prompt"] = text,
            ["negativePrompt"] = text,
            ["mood"] = text,
            ["label"] = text + n,
            ["keyframePath"] = text,
            ["expectedFrames"] = 1,
            ["workflow"] = text,
            ["promt"] = text,
        });
        world.Run.Write("story/story.json", new JsonObject
        {
            ["storyId"] = text,
            ["title"] = text,
            ["logline"] = text,
            ["directorsVision"] = text,
            ["generator"] = text,
            ["warnings"] = new JsonArray(text, text),
            ["scenes"] = new JsonArray([.. scenes]),
        }.ToJsonString());
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        await _station.DisposeAsync();
    }

    private void Station(string text)
    {
        _station.Stats = JsonSerializer.Serialize(new
        {
            system = new { os = text, comfyui_version = text, python_version = text },
            devices = new[] { new { name = text, type = text, index = 0, vram_total = 1_000_000_000L, vram_free = 900_000_000L } },
        });
        var posts = 0;
        _station.Answer = request => request.Path == "/prompt" && Interlocked.Increment(ref posts) == 4 ? (400, Rejection(text)) : null;

        // Of the five that are queued, the rejected one left out; the last but one comes again on its rung.
        _station.Files = n => n == 3 ? [new CannedFile(text + "/../.png")] : [new CannedFile("a.png")];
        _station.Entry = (n, entry) =>
        {
            if (n is 2 or 4)
            {
                CannedStation.Fail(entry, text, n == 2 ? text : "torch.OutOfMemoryError", text, text);
            }
            else if (n == 6)
            {
                entry["status"]!["messages"] = new JsonArray(new JsonArray("execution_interrupted", new JsonObject { ["node_id"] = text }));
            }
        };
    }

    private static string Rejection(string text) => new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "prompt_outputs_failed_validation", ["message"] = text, ["details"] = text },
        ["node_errors"] = new JsonObject
        {
            [text] = new JsonObject
            {
                ["class_type"] = text,
                ["errors"] = new JsonArray(new JsonObject
                {
                    ["message"] = text,
                    ["details"] = text,
                    ["extra_info"] = new JsonObject { ["received_value"] = text, ["input_config"] = new JsonArray(new JsonArray(text + "1", text + "2"), new JsonObject()) },
                }),
            },
        },
    }.ToJsonString();
}
