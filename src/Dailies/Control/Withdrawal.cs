using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>Takes a prompt of ours back before anything else is sent: out of the queue, or interrupted by its id, or waited for. Nobody else's is ever touched.</summary>
internal sealed class Withdrawal(StationSession station, RunLedger ledger, TimeProvider clock)
{
    /// <summary>How long a prompt that we gave up on may stay before the station is unusable.</summary>
    public static readonly TimeSpan WhenGivenUp = TimeSpan.FromSeconds(120);

    /// <summary>How long the operator waits after Ctrl-C.</summary>
    public static readonly TimeSpan WhenStopping = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>True when the prompt no longer occupies the station, or the station is gone itself.</summary>
    public async Task<bool> TakeBackAsync(AttemptOrder order, string promptId, TimeSpan bound)
    {
        var begin = clock.GetTimestamp();
        var how = "left";
        using var limit = new CancellationTokenSource(bound, clock);
        try
        {
            while (clock.GetElapsedTime(begin) < bound)
            {
                var queue = await station.Client.QueueAsync(limit.Token);
                if (queue.Pending.Contains(promptId))
                {
                    await station.Client.DeletePendingAsync(promptId, limit.Token);
                    how = "deleted";
                }
                else if (!queue.Running.Contains(promptId))
                {
                    return Record(order, how);
                }
                else if (StationAbilities.TargetedInterrupt(station.Version))
                {
                    await station.Client.InterruptAsync(promptId, limit.Token);
                    how = "interrupted";
                }

                await Task.Delay(Pause, clock, limit.Token);
            }
        }
        catch (StationException)
        {
            return Record(order, "unreachable");
        }
        catch (OperationCanceledException)
        {
            // The bound is over.
        }

        Record(order, "stuck");
        return false;
    }

    private bool Record(AttemptOrder order, string how)
    {
        ledger.Append(new PromptWithdrawn(Stamp.Of(clock), order.SceneId, order.Attempt, how));
        return true;
    }
}
