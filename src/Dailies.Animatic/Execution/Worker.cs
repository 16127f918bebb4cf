using Dailies.Animatic.Graph;
using Dailies.Animatic.Queueing;
using Dailies.Animatic.Sockets;

namespace Dailies.Animatic.Execution;

/// <summary>Runs the queue's prompts one at a time, until the server stops.</summary>
internal sealed class Worker(PromptQueue queue, NodeLibrary library, Nodes nodes, SocketBoard sockets, FaultPlan faults, TimeProvider clock)
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(250), StrangersTime = TimeSpan.FromSeconds(60), Pulse = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, NodeResult> _cache = new(StringComparer.Ordinal);
    private volatile bool _forget;
    private int _executions;

    /// <summary>Prompts whose execution began, the stranger of a fault left out.</summary>
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
                await BeginAsync(prompt, cancel);
                if (_forget)
                {
                    _forget = false;
                    _cache.Clear();
                }

                var run = new PromptRun(prompt, library, nodes, queue, sockets, faults, clock);
                var entry = await run.RunAsync(_cache, cancel);
                if (faults.Bites(FaultKind.HistoryLate, prompt.Tag))
                {
                    await Task.Delay(Lag, clock, cancel);
                }

                queue.Finish(prompt, faults.Bites(FaultKind.HistoryEvicted, prompt.Tag) ? null : entry);
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

    // A stranger takes its time, unless somebody stops it; a dead worker never comes back.
    private async Task BeginAsync(QueuedPrompt prompt, CancellationToken cancel)
    {
        if (!prompt.IsStranger)
        {
            Interlocked.Increment(ref _executions);
            await Task.Delay(faults.Bites(FaultKind.DeadWorker, prompt.Tag) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, clock, cancel);
            return;
        }

        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < StrangersTime && !queue.Interrupted)
        {
            await Task.Delay(Pulse, clock, cancel);
        }
    }
}
