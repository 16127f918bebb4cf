using Dailies.Animatic.Queueing;
using Dailies.Animatic.Sockets;

namespace Dailies.Animatic.Execution;

/// <summary>Runs the queue's prompts one at a time, until the server stops or a fault kills it.</summary>
internal sealed class Worker(PromptQueue queue, PromptRunner runner, SocketBoard sockets, FaultPlan faults, Action<QueuedPrompt> begun, Action<ServerDeath> die, TimeProvider clock)
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(250), StrangersTime = TimeSpan.FromSeconds(60);
    private volatile bool _forget;

    /// <summary>Drops the node cache before the next prompt.</summary>
    public void Forget() => _forget = true;

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await RunAsync(await queue.TakeAsync(cancel), cancel);
            }
        }
        catch (ServerDeath death)
        {
            die(death); // its prompt stays the running one
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops; running and pending prompts are lost, as they are in ComfyUI.
        }
    }

    private async Task RunAsync(QueuedPrompt prompt, CancellationToken cancel)
    {
        await BeginAsync(prompt, cancel);
        if (_forget)
        {
            _forget = false;
            runner.Forget();
        }

        var entry = await runner.RunAsync(prompt, cancel);
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

    // A stranger takes its time, unless somebody stops it; a dead worker never comes back.
    private async Task BeginAsync(QueuedPrompt prompt, CancellationToken cancel)
    {
        if (!prompt.IsStranger)
        {
            begun(prompt);
            await Task.Delay(faults.Bites(FaultKind.DeadWorker, prompt.Tag) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, clock, cancel);
            return;
        }

        try
        {
            await queue.Interruption.WaitAsync(prompt.Id == QueuedPrompt.StuckStrangerId ? Timeout.InfiniteTimeSpan : StrangersTime, clock, cancel);
        }
        catch (TimeoutException)
        {
            // Its time is over; now it is drawn.
        }
    }
}
