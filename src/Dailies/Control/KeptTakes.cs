using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Stories;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary><c>dailies run --from &lt;run&gt;</c>: scenes whose graph would be the same keep that run's takes, verified by checksum and copied.
/// What is sent is what counts: prompt, workflow and settings all end up in the graph; only seed and prefix may differ by the attempt.</summary>
internal sealed class KeptTakes(RunRequest request, RunFolder from)
{
    /// <summary>Copies what may be kept, and says so in the ledger. Each scene is one event: a crash in between leaves whole scenes.</summary>
    public static async Task TakeOverAsync(RunRequest request, RunLedger ledger, RunFolder run, TimeProvider clock, CancellationToken cancel)
    {
        if (request.From is not { } path || ledger.State.Scenes.Values.Any(s => !s.Attempts.IsEmpty))
        {
            return;
        }

        var from = new RunFolder(path);
        var events = await Task.Run(() => RunLedger.Read(from.At(RunFolder.Ledger)), cancel);
        foreach (var (scene, take) in new KeptTakes(request, from).Match(RunState.Fold(events)))
        {
            cancel.ThrowIfCancellationRequested();
            if (await Task.Run(() => TakeCheck.Damage(from, take.Described!.Take!.Files), cancel) is { } damage)
            {
                ledger.Append(new RunNoted(Stamp.Of(clock), $"{scene.Id} is rendered anew, for the take of {from.RunId} is not whole: {damage}"));
                continue;
            }

            await Task.Run(() => new TakeCopy(from, run, take, scene.Id).Copy(), cancel);
            ledger.Append(new SceneKept(Stamp.Of(clock), scene.Id, from.RunId, new TakeCopy(from, run, take, scene.Id).Events(events)));
        }
    }

    /// <summary>Which scene may keep which take: its own if it can, else another scene's whose graph is the same (scenes move when one is put between). Reads the graphs as sent.</summary>
    public IReadOnlyList<(Scene Scene, SceneState Take)> Match(RunState old)
    {
        var takes = old.Scenes.Values.Where(s => s is { Accepted: not null, Described.Take: not null } && IsOfTheSameNode(s))
            .Select(s => (Scene: s, Key: Sent(s))).Where(t => t.Key is not null).ToDictionary(t => t.Scene.Plan.SceneId, t => (t.Scene, Key: t.Key!));
        var kept = new Dictionary<string, SceneState>();
        foreach (var scene in request.Selected)
        {
            if (takes.TryGetValue(scene.Id, out var own) && Fits(scene, own.Scene, own.Key))
            {
                kept[scene.Id] = own.Scene;
                takes.Remove(scene.Id);
            }
        }

        var byKey = takes.Values.GroupBy(t => t.Key).ToDictionary(g => g.Key, g => new Queue<SceneState>(g.Select(t => t.Scene)));
        foreach (var scene in request.Selected.Where(s => !kept.ContainsKey(s.Id)))
        {
            if (Keys(scene).Select(k => byKey.GetValueOrDefault(k)).FirstOrDefault(q => q is { Count: > 0 }) is { } queue && SeedFits(scene, queue.Peek()))
            {
                kept[scene.Id] = queue.Dequeue();
            }
        }

        return [.. request.Selected.Where(s => kept.ContainsKey(s.Id)).Select(s => (s, kept[s.Id]))];
    }

    private bool Fits(Scene scene, SceneState take, string key) => Keys(scene).Contains(key) && SeedFits(scene, take);

    // The bindings may name another node than that run's did: then its take is not the one that is wanted.
    private bool IsOfTheSameNode(SceneState scene) =>
        scene.Described!.Take!.Node is not { } node || TakeChoice.Choose(scene.Described.Announced, request.Binding.Take)?.Node == node;

    private bool SeedFits(Scene scene, SceneState take) => AttemptOrders.FixedSeed(request, scene) is not { } wanted || wanted == take.Described!.Seed;

    // The full size first, then each rung that it could have fallen to.
    private IEnumerable<string> Keys(Scene scene) =>
        new LadderRung?[] { null }.Concat(request.Ladder).Select(rung => Key(AttemptOrders.Fill(request, scene, "", 0, rung).Graph));

    private string? Sent(SceneState scene)
    {
        try
        {
            var graph = JsonNode.Parse(File.ReadAllBytes(from.At(RunFolder.Workflow(scene.Plan.SceneId, scene.Accepted!.Attempt))));
            return graph is JsonObject nodes ? Key(nodes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // what it was can't be known any more
        }
    }

    // The graph without what differs from attempt to attempt.
    private string Key(JsonObject graph)
    {
        foreach (var (name, value) in new[] { ("seed", JsonValue.Create(0)), ("prefix", JsonValue.Create("")) })
        {
            foreach (var target in request.Binding.Of(name))
            {
                if (graph[target.NodeId] is JsonObject node && node["inputs"] is JsonObject inputs)
                {
                    inputs[target.Input] = value.DeepClone();
                }
            }
        }

        return graph.ToJsonString();
    }
}
