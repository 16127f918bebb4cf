using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>One look: the queue, then the history. Never the other order: a prompt that ends in between would seem lost.</summary>
/// <remarks><c>readAlways</c>: the history is read even while the queue has the prompt; where the operator limits the looks at the history, each look is one.
/// <c>adopted</c>: another controller sent it, so a restart since then would have gone unseen.</remarks>
internal sealed class PromptLook(
    StationSession station, RunLedger ledger, PromptEntries entries, AttemptOrder order, string promptId, bool readAlways, bool adopted, TimeProvider clock)
{
    private string? lastQueue;

    /// <summary>Looks once; a station that does not answer is a fact too.</summary>
    public async Task<Witnesses> LookAsync(Witnesses seen, CancellationToken cancel)
    {
        var readHistory = false;
        try
        {
            var queue = await station.Client.QueueAsync(cancel);
            var place = PlaceIn(queue, promptId);
            readHistory = place == PromptPlace.Nowhere || (readAlways && place == PromptPlace.Running);
            var end = readHistory ? await ReadHistoryAsync(cancel) : null;
            place = end is not null ? PromptPlace.Ended : place;
            // A restart empties the history, and no socket survives it. Without a socket of ours through it all, nobody could have told us.
            if (place == PromptPlace.Nowhere && (adopted || seen.ContactLost || station.Events.ClientId is null) && await station.Client.HistoryIsEmptyAsync(cancel))
            {
                seen = seen.HeardRestart();
            }

            Record(seen, place, end, readHistory);
            return seen.Looked(clock.GetTimestamp(), place, readHistory, end, Moved(queue));
        }
        catch (StationException e)
        {
            ledger.Append(new Looked(Stamp.Of(clock), order.SceneId, order.Attempt, "error", readHistory, e.Message));
            return e.Fault == StationFault.NotUnderstood
                ? seen.LookUnread(clock.GetTimestamp(), readHistory)
                : seen.LookFailed(clock.GetTimestamp(), readHistory);
        }
    }

    /// <summary>Where a reading of the queue has a prompt.</summary>
    internal static PromptPlace PlaceIn(QueueReading queue, string promptId) => queue.Running.Contains(promptId) ? PromptPlace.Running
        : queue.Pending.Contains(promptId) ? PromptPlace.Pending
        : PromptPlace.Nowhere;

    /// <summary>The end that a history entry tells of.</summary>
    internal static PromptEnd EndOf(HistoryEntry entry)
    {
        var fault = entry.Faults.FirstOrDefault();
        return new PromptEnd(
            entry.Verdict switch
            {
                HistoryVerdict.Succeeded => PromptOutcome.Succeeded,
                HistoryVerdict.Interrupted => PromptOutcome.Interrupted,
                _ => PromptOutcome.Failed,
            },
            fault?.ExceptionType, fault?.Message, fault is null ? null : $"{fault.NodeType} (node {fault.NodeId})");
    }

    private async Task<PromptEnd?> ReadHistoryAsync(CancellationToken cancel)
    {
        var (entry, bytes) = await station.Client.HistoryAsync(promptId, cancel);
        if (entry is null)
        {
            return null;
        }

        entries.Keep(order.SceneId, order.Attempt, entry, bytes);
        return EndOf(entry);
    }

    private void Record(Witnesses seen, PromptPlace place, PromptEnd? end, bool readHistory)
    {
        var now = Stamp.Of(clock);
        if (seen.StartedAt is null && place is (PromptPlace.Running or PromptPlace.Ended))
        {
            ledger.Append(new ExecutionSeen(now, order.SceneId, order.Attempt, place == PromptPlace.Running ? "queue" : "history"));
        }

        if (seen.SuccessAt is null && end is { Outcome: PromptOutcome.Succeeded })
        {
            ledger.Append(new SuccessSeen(now, order.SceneId, order.Attempt, "history"));
        }

        var (status, message) = (place, end) switch
        {
            (_, { Outcome: PromptOutcome.Succeeded }) => ("success", null),
            (_, { } failed) => ("error", failed.Message ?? failed.Outcome.ToString()),
            (PromptPlace.Running, _) => ("running", null),
            (PromptPlace.Pending, _) => ("pending", null),
            _ => ("pending", "in neither queue nor history"),
        };
        ledger.Append(new Looked(now, order.SceneId, order.Attempt, status, readHistory, message));
    }

    // What runs and what waits ahead of ours; what queues up behind it says nothing about us.
    private bool Moved(QueueReading queue)
    {
        var ahead = string.Join(' ', queue.Running.Concat(queue.Pending.TakeWhile(id => id != promptId)));
        var moved = lastQueue is not null && lastQueue != ahead;
        lastQueue = ahead;
        return moved;
    }
}
