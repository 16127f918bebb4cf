using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>Looks after one station: keeps its <see cref="StationHealth"/>, asks <see cref="StationDecision"/>, does what it says.</summary>
internal sealed class StationCare(StationSession station, RunLedger ledger, TimeProvider clock)
{
    private const string ByDeviceLoss = "deviceLost";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private StationHealth health = new();

    /// <summary>A scene has its take. Safe for several threads.</summary>
    public void Took() => Change(_ => StationHealth.AfterTake);

    /// <summary>A scene ended without a take.</summary>
    public void Failed(string sceneId, string kind) => Change(h => h.Failed(kind, Ran(sceneId)));

    /// <summary>Notes, before it is settled, what an attempt did to the station. A device that was lost already says nothing about the scene.</summary>
    public void Blame(AttemptOrder order, Rendered.Failed failed)
    {
        var deviceLost = failed.Kind == FailureKind.DeviceLost;
        if (failed.TookDown || (deviceLost && health.DeviceLosses == 0))
        {
            ledger.Append(new StationWentDown(Stamp.Of(clock), order.SceneId, order.Attempt, deviceLost ? ByDeviceLoss : station.HasEnded ? "ended" : "restarted"));
        }

        if (deviceLost)
        {
            Change(h => h.LostDevice(order.SceneId));
        }
    }

    /// <summary>What is wrong with the station after an attempt that failed so. Asks it where only an answer tells.</summary>
    public async Task<StationSign> SignAsync(Rendered.Failed failed, CancellationToken stop) => failed switch
    {
        _ when station.HasEnded => StationSign.Ended,
        { Kind: FailureKind.DeviceLost } => StationSign.DeviceLost,
        { Stuck: true } => StationSign.Stuck,
        { Kind: FailureKind.StationLost } => await AnswersAsync(stop) ? StationSign.Well : StationSign.Silent,
        _ => StationSign.Well,
    };

    // A reboot takes a minute: one unanswered question is no reason to end the night.
    private async Task<bool> AnswersAsync(CancellationToken stop)
    {
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < Patience && !station.HasEnded;)
        {
            if (await station.AnswersAsync(stop))
            {
                return true;
            }

            await Task.Delay(Pause, clock, stop);
        }

        return false;
    }

    /// <summary>Makes the station fit for the next prompt. Null when it is; else why nothing can be sent there any more.</summary>
    public async Task<string?> MakeFitAsync(StationSign sign, CancellationToken stop)
    {
        while (true)
        {
            switch (StationDecision.Next(health, sign, station.IsOurs))
            {
                case StationStep.Rest rest:
                    Change(h => h.Rested());
                    ledger.Append(new StationRested(Stamp.Of(clock), station.Name, rest.Span.TotalSeconds, rest.Why));
                    await Task.Delay(rest.Span, clock, stop);
                    return null;
                case StationStep.Restart restart:
                    Change(h => h.Restarted());
                    if (await station.RestartAsync(restart.Why, stop) is null)
                    {
                        return null;
                    }

                    sign = StationSign.Ended; // it did not come up: the next decision knows how often that may be tried
                    break;
                case StationStep.Halt halt:
                    return $"{station.Name} ({station.Client.Address.Shown}): {halt.Why}";
                default:
                    return null;
            }
        }
    }

    private TimeSpan Ran(string sceneId) => ledger.State.Scenes[sceneId].Attempts is [.., { Measures: { ExecutionSeenAt: { } from } m }]
        ? (m.SettledAt ?? from) - from
        : TimeSpan.Zero;

    private void Change(Func<StationHealth, StationHealth> change)
    {
        lock (gate)
        {
            health = change(health);
        }
    }
}
