using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>Takes prompts of ours back before anything else is sent: out of the queue, or interrupted by their id, or waited for. Nobody else's is ever touched.
/// Cancelling <paramref name="hurry"/> ends every wait: what is still there is found as a stray when the run is taken up again.</summary>
internal sealed class Withdrawal(StationSession station, RunLedger ledger, TimeProvider clock, CancellationToken hurry)
{
    /// <summary>How long a prompt that we gave up on may stay before the station is unusable.</summary>
    public static readonly TimeSpan WhenGivenUp = TimeSpan.FromSeconds(120);

    /// <summary>How long the operator waits after Ctrl-C, and how long a lost station is asked.</summary>
    public static readonly TimeSpan WhenStopping = TimeSpan.FromSeconds(10);

    // A POST without an answer may still be on its way into the queue.
    private static readonly TimeSpan MayStillArrive = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan InterruptPause = TimeSpan.FromSeconds(5);

    /// <summary>Takes one attempt's prompt back. False when it would not go within the bound. A station that never answers is no proof either way:
    /// the next prompt sent there looks for strays first.</summary>
    public async Task<bool> TakeBackAsync(string sceneId, AttemptState attempt, TimeSpan bound)
    {
        var (begin, answered, how) = (clock.GetTimestamp(), false, "left");
        long? interrupted = null;
        using var over = new CancellationTokenSource(bound, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(over.Token, hurry);
        while (clock.GetElapsedTime(begin) < bound && !hurry.IsCancellationRequested)
        {
            try
            {
                var queue = await station.Client.QueueAsync(limit.Token);
                answered = true;
                var id = queue.Find(attempt.ServerPromptId) ?? queue.Find(attempt.Measures.PromptId);
                if (id is null && (attempt.Queued || clock.GetElapsedTime(begin) >= MayStillArrive))
                {
                    return Record(sceneId, attempt, how, gone: true);
                }

                if (id is not null && queue.Pending.Contains(id))
                {
                    await station.Client.DeletePendingAsync(id, limit.Token);
                    how = "deleted";
                }
                else if (id is not null && (interrupted is not { } last || clock.GetElapsedTime(last) >= InterruptPause)
                    && StationAbilities.TargetedInterrupt(await station.VersionNowAsync(limit.Token)))
                {
                    interrupted = clock.GetTimestamp();
                    await station.Client.InterruptAsync(id, limit.Token);
                    how = "interrupted";
                }

                await Task.Delay(Pause, clock, limit.Token);
            }
            catch (StationException)
            {
                // One refused call proves nothing: ask again until the bound is over.
                await Task.Delay(Pause, clock, limit.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return Record(sceneId, attempt, hurry.IsCancellationRequested ? "hurried" : answered ? "stuck" : "unreachable", gone: !answered || hurry.IsCancellationRequested);
    }

    /// <summary>Takes back whatever of this run is still in the station's queue, though its attempt is over. False when one would not go within the bound.</summary>
    public async Task<bool> TakeStraysBackAsync(TimeSpan bound, CancellationToken cancel)
    {
        QueueReading queue;
        try
        {
            queue = await station.Client.QueueAsync(cancel);
        }
        catch (StationException)
        {
            return true; // the POST will tell
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            return true; // whoever takes the run up looks for them again
        }

        var strays = from scene in ledger.State.Scenes.Values
                     from attempt in scene.Attempts
                     where (queue.Find(attempt.ServerPromptId) ?? queue.Find(attempt.Measures.PromptId)) is not null
                     select (scene.Plan.SceneId, Attempt: attempt);
        foreach (var (sceneId, attempt) in strays.ToList())
        {
            if (!await TakeBackAsync(sceneId, attempt, bound))
            {
                return false;
            }
        }

        return true;
    }

    private bool Record(string sceneId, AttemptState attempt, string how, bool gone)
    {
        ledger.Append(new PromptWithdrawn(Stamp.Of(clock), sceneId, attempt.Number, how));
        return gone;
    }
}
