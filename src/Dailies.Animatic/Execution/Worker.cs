using Dailies.Animatic.Graph;
using Dailies.Animatic.Queueing;
using Dailies.Animatic.Sockets;

namespace Dailies.Animatic.Execution;

/// <summary>Runs the queue's prompts one at a time, until the server stops.</summary>
internal sealed class Worker(PromptQueue queue, NodeLibrary library, Nodes nodes, SocketBoard sockets, TimeProvider clock)
{
    private readonly Dictionary<string, NodeResult> _cache = new(StringComparer.Ordinal);
    private volatile bool _forget;
    private int _executions;

    /// <summary>Prompts whose execution began.</summary>
    public int Executions => Volatile.Read(ref _executions);

    /// <summary>Drops the node cache before the next prompt.</summary>
    public void Forget() => _forget = true;

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var prompt = await queue.TakeAsync(cancel);
                Interlocked.Increment(ref _executions);
                if (_forget)
                {
                    _forget = false;
                    _cache.Clear();
                }

                var run = new PromptRun(prompt, library, nodes, queue, sockets, clock);
                queue.Finish(prompt, await run.RunAsync(_cache, cancel));
                if (prompt.ClientId is not null)
                {
                    sockets.Send(AnimaticWire.Executing, AnimaticWire.ExecutingData(null, prompt.Id), prompt.ClientId);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops; running and pending prompts are lost, as they are in ComfyUI.
        }
    }
}
