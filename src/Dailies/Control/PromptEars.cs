using System.Threading.Channels;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>Turns what the socket says about one prompt into witnesses, ledger events and progress. Everybody else's messages are passed over.</summary>
internal sealed class PromptEars(RunLedger ledger, AttemptOrder order, string promptId, TimeProvider clock)
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(500);
    private const string Socket = "socket";
    private long? lastProgress;

    /// <summary>Takes everything that has come so far.</summary>
    public Witnesses Drain(ChannelReader<ComfyEvent> events, Witnesses seen)
    {
        while (events.TryRead(out var e))
        {
            seen = Hear(e, seen);
        }

        return seen;
    }

    private Witnesses Hear(ComfyEvent e, Witnesses seen)
    {
        var now = clock.GetTimestamp();
        if (e.Kind == ComfyEventKind.Disconnected)
        {
            return seen.HeardLoss();
        }

        if (e.PromptId != promptId)
        {
            return seen;
        }

        if (seen.StartedAt is null)
        {
            ledger.Append(new ExecutionSeen(Stamp.Of(clock), order.SceneId, order.Attempt, Socket));
        }

        if (e.Kind == ComfyEventKind.Success && seen.SuccessAt is null)
        {
            ledger.Append(new SuccessSeen(Stamp.Of(clock), order.SceneId, order.Attempt, Socket));
        }

        ShowProgress(e, now);
        return e.Kind switch
        {
            ComfyEventKind.Success => seen.HeardEnd(now, success: true),
            ComfyEventKind.Error => seen.HeardFailure(now),
            ComfyEventKind.Interrupted => seen.HeardEnd(now, success: false),
            ComfyEventKind.Over => seen.HeardAlive(now).HeardOver(now),
            _ => seen.HeardAlive(now),
        };
    }

    private void ShowProgress(ComfyEvent e, long now)
    {
        var due = lastProgress is not { } last || clock.GetElapsedTime(last, now) >= ProgressPause;
        if (e.Kind == ComfyEventKind.Progress && (due || e.Value == e.Max))
        {
            lastProgress = now;
            ledger.Progress(new AttemptProgress(order.SceneId, order.Attempt, e.Node, e.Value, e.Max, Stamp.Of(clock)));
        }
    }
}
