using System.Text.Json.Nodes;
using Dailies.Animatic.Graph;
using Dailies.Animatic.Queueing;
using Dailies.Animatic.Sockets;

namespace Dailies.Animatic.Execution;

/// <summary>Runs prompts, one <see cref="PromptRun"/> each; results stay for the next prompt.</summary>
internal sealed class PromptRunner(NodeLibrary library, Nodes nodes, PromptQueue queue, SocketBoard sockets, FaultPlan faults, ServerVersion version, TimeProvider clock)
{
    private readonly Dictionary<string, NodeResult> _cache = new(StringComparer.Ordinal);

    /// <summary>Drops the results of earlier prompts.</summary>
    public void Forget() => _cache.Clear();

    /// <summary>The prompt's history entry.</summary>
    public Task<JsonObject> RunAsync(QueuedPrompt prompt, CancellationToken cancel) =>
        new PromptRun(prompt, library, nodes, queue, sockets, faults, version, clock).RunAsync(_cache, cancel);
}

/// <summary>Runs one prompt from its start message to its end message, and keeps what the history will say.</summary>
internal sealed class PromptRun(QueuedPrompt prompt, NodeLibrary library, Nodes nodes, PromptQueue queue, SocketBoard sockets, FaultPlan faults, ServerVersion version, TimeProvider clock)
{
    private const int Previews = 3000;
    private readonly GraphView _graph = new(prompt.Graph, library);
    private readonly ProgressBoard _board = new(prompt.Id);
    private readonly List<string> _executed = [];
    private readonly JsonArray _messages = [];
    private readonly JsonObject _outputs = [];
    private readonly JsonObject _meta = [];
    private bool _disturbed;

    /// <summary>The history entry. Results stay in <paramref name="cache"/>, by signature, for the next prompt.</summary>
    public async Task<JsonObject> RunAsync(Dictionary<string, NodeResult> cache, CancellationToken cancel)
    {
        Tell(AnimaticWire.Started, AnimaticWire.StartedData(prompt.Id));
        var needed = _graph.Above(prompt.Outputs);
        var allCached = faults.Bites(FaultKind.CachedWithoutOutputs, prompt.Tag);
        var cached = _graph.Ids.Where(id => needed.Contains(id) && (allCached || cache.ContainsKey(_graph.Signature(id)))).ToList();
        Tell(AnimaticWire.Cached, AnimaticWire.CachedData(prompt.Id, cached));

        // Only the last prompt's results are kept.
        var kept = cached.Select(_graph.Signature).ToHashSet();
        cache.Keys.Where(k => !kept.Contains(k)).ToList().ForEach(k => cache.Remove(k));

        var success = allCached || await RunNodesAsync(cache, cancel);
        if (success)
        {
            Tell(AnimaticWire.Success, AnimaticWire.StartedData(prompt.Id));
        }

        sockets.Remember(prompt.ClientId, null);
        var saysSuccess = success || faults.Bites(FaultKind.ErrorWithStatusSuccess, prompt.Tag);
        var status = faults.Bites(FaultKind.StatusNull, prompt.Tag) ? null : AnimaticWire.HistoryStatus(saysSuccess, _messages);
        return AnimaticWire.HistoryEntry(prompt.ToItem(), _outputs, status, _meta);
    }

    private async Task<bool> RunNodesAsync(Dictionary<string, NodeResult> cache, CancellationToken cancel)
    {
        var order = new ExecutionOrder(_graph, prompt.Outputs, id => cache.ContainsKey(_graph.Signature(id)));
        while (order.Next() is { } id)
        {
            var call = new NodeCall(prompt, _graph, id, from => cache[_graph.Signature(from)], (value, max) => Step(id, value, max));
            try
            {
                await RunNodeAsync(id, call, cache, cancel);
            }
            catch (NodeInterrupt)
            {
                Tell(AnimaticWire.Interrupted, AnimaticWire.InterruptedData(prompt.Id, id, _graph.ClassOf(id), _executed), toAll: true);
                return false;
            }
            catch (Exception e) when (e is not (OperationCanceledException or ServerDeath))
            {
                // As in ComfyUI, whatever a node throws ends its prompt, never the server.
                var (message, type) = e is NodeFailure f ? (f.Message, f.PythonType) : (e.Message + "\n", e.GetType().Name);
                Tell(AnimaticWire.Failure, AnimaticWire.FailureData(prompt.Id, id, _graph.ClassOf(id), _executed, message, type, call.Printed(), _graph.Ids));
                return false;
            }

            order.Done(id);
            Disturb();
        }

        return true;
    }

    private async Task RunNodeAsync(string id, NodeCall call, Dictionary<string, NodeResult> cache, CancellationToken cancel)
    {
        var signature = _graph.Signature(id);
        if (cache.TryGetValue(signature, out var known))
        {
            Show(id, known);
            ShowProgress(_board.Finish(id));
            return;
        }

        ShowProgress(_board.Start(id));
        sockets.Remember(prompt.ClientId, id);
        ToClient(AnimaticWire.Executing, AnimaticWire.ExecutingData(id, prompt.Id));
        if (queue.Interrupted)
        {
            throw new NodeInterrupt();
        }

        var result = await nodes.RunAsync(_graph.ClassOf(id), call, cancel);
        cache[signature] = result;
        Show(id, result);
        ShowProgress(_board.Finish(id));
        _executed.Add(id);
    }

    // After the first node: what the socket suffers in the middle of a prompt.
    private void Disturb()
    {
        if (_executed.Count != 1 || _disturbed)
        {
            return;
        }

        _disturbed = true;
        for (var i = 0; i < Previews && faults.Bites(FaultKind.PreviewFlood, prompt.Tag); i++)
        {
            sockets.SendBinary(AnimaticWire.Preview(), prompt.ClientId);
        }

        if (faults.Bites(FaultKind.SocketDropped, prompt.Tag))
        {
            sockets.Cut(prompt.ClientId);
        }

        if (faults.Bites(FaultKind.SocketDeaf, prompt.Tag))
        {
            sockets.Deafen(prompt.ClientId);
        }
    }

    private void Show(string id, NodeResult result)
    {
        if (result.Shown is { } shown)
        {
            _outputs[id] = shown.DeepClone();
            _meta[id] = AnimaticWire.Meta(id);
            ToClient(AnimaticWire.Executed, AnimaticWire.ExecutedData(id, shown, prompt.Id));
        }
    }

    private void Step(string id, int value, int max)
    {
        ShowProgress(_board.Step(id, value, max));
        ToOneOrAll(AnimaticWire.Progress, AnimaticWire.ProgressData(value, max, prompt.Id, id));
    }

    private void ShowProgress(JsonObject state)
    {
        if (version.IsAsync)
        {
            ToOneOrAll(AnimaticWire.ProgressState, state);
        }
    }

    private void Tell(string type, JsonObject data, bool toAll = false)
    {
        AnimaticWire.Stamped(data, clock.GetUtcNow());
        _messages.Add(new JsonArray(type, data.DeepClone()));
        if (toAll)
        {
            ToOneOrAll(type, data);
        }
        else
        {
            ToClient(type, data);
        }
    }

    private void ToClient(string type, JsonObject data)
    {
        if (prompt.ClientId is not null)
        {
            sockets.Send(type, data, prompt.ClientId);
        }
    }

    // For a prompt without a client these go to everybody (contract §5).
    private void ToOneOrAll(string type, JsonObject data) => sockets.Send(type, data, prompt.ClientId);
}
