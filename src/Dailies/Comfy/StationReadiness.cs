namespace Dailies.Comfy;

/// <summary>Waits until a station that was started answers, ends, or has had its time.</summary>
internal sealed class StationReadiness(TimeProvider clock)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(10);

    /// <summary>Waits. Never <see cref="StationReadinessStep.Wait"/>.</summary>
    /// <param name="ask">GET /system_stats; throws <see cref="StationException"/> while there is no answer.</param>
    /// <param name="ended">The process's end.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="say">Told a line for people every 10 s.</param>
    /// <param name="cancel">Gives up waiting; the process is left as it is.</param>
    public async Task<StationReadinessStep> WaitAsync(Func<CancellationToken, Task> ask, Task ended, TimeSpan limit, Action<string> say, CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        for (var said = TimeSpan.Zero; ;)
        {
            var answers = await AnswersAsync(ask, ended, limit - clock.GetElapsedTime(since), cancel);
            var waited = clock.GetElapsedTime(since);
            var step = StationReadinessDecision.Next(limit, new StationReadinessFacts(answers, ended.IsCompleted, waited));
            if (step is not StationReadinessStep.Wait wait)
            {
                return step;
            }

            if (waited - said >= SayEvery)
            {
                said = waited;
                say($"the station does not answer yet: {waited.TotalSeconds:0} s of at most {limit.TotalSeconds:0} s");
            }

            await Task.WhenAny(ended, Task.Delay(wait.Delay, clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    // A server that takes the question and keeps the answer must not outlast the limit, nor the end of its process.
    private async Task<bool> AnswersAsync(Func<CancellationToken, Task> ask, Task ended, TimeSpan left, CancellationToken cancel)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var answer = TryAsync(ask, asking.Token);
        if (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, ended, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, asking.Token));
            await asking.CancelAsync();
        }

        cancel.ThrowIfCancellationRequested();
        return await answer;
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task> ask, CancellationToken cancel)
    {
        try
        {
            await ask(cancel).WaitAsync(cancel);
            return true;
        }
        catch (Exception e) when (e is StationException or OperationCanceledException)
        {
            return false;
        }
    }
}
