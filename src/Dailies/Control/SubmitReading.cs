using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>What a POST came to: queued under an id, or a failure.</summary>
internal sealed record Submitted(string? Queued, Rendered.Failed? Failure);

/// <summary>Reads the answer to a POST /prompt, and where it is unclear, looks before anything is sent again.</summary>
internal sealed class SubmitReading(StationSession station, RunLedger ledger, Withdrawal withdrawal, TimeProvider clock)
{
    private const int UnclearLooks = 3;
    private static readonly TimeSpan UnclearPause = TimeSpan.FromSeconds(1);

    /// <summary>The outcome; whatever was accepted of a faulty graph is taken back.</summary>
    public async Task<Submitted> ReadAsync(AttemptOrder order, string promptId, SubmitReply reply, CancellationToken cancel)
    {
        switch (reply)
        {
            case SubmitReply.Accepted { Dropped.Count: 0 } accepted:
                ledger.Append(new PromptAccepted(Stamp.Of(clock), order.SceneId, order.Attempt, accepted.PromptId, accepted.Number));
                return new Submitted(accepted.PromptId, null);

            case SubmitReply.Accepted accepted:
                ledger.Append(new PromptAccepted(Stamp.Of(clock), order.SceneId, order.Attempt, accepted.PromptId, accepted.Number));
                var attempt = ledger.State.Scenes[order.SceneId].Attempts.Single(a => a.Number == order.Attempt);
                var stuck = !await withdrawal.TakeBackAsync(order.SceneId, attempt, Withdrawal.WhenGivenUp);
                return Refused(order, 200, accepted.Dropped, stuck);

            case SubmitReply.Rejected rejected:
                return Refused(order, rejected.Status, rejected.Faults, stuck: false);

            default:
                return await FindAsync(order, promptId, ((SubmitReply.Ambiguous)reply).Why, cancel);
        }
    }

    private Submitted Refused(AttemptOrder order, int status, IReadOnlyList<NodeFault> faults, bool stuck)
    {
        IReadOnlyList<string> words = [.. faults.Select(Words)];
        ledger.Append(new PromptRefused(Stamp.Of(clock), order.SceneId, order.Attempt, status, words));
        return new Submitted(null, new Rendered.Failed(ExitReason.Unknown, FailureKind.Rejected, $"ComfyUI refused the workflow (HTTP {status}): {string.Join("; ", words)}", stuck));
    }

    private static string Words(NodeFault fault)
    {
        var where = fault.Node.Length > 0 ? $"node {fault.Node} {fault.NodeClass}: " : "";
        var hint = fault.Choices.Count == 0 || fault.Received is null ? ""
            : Nearest.Of(fault.Received, fault.Choices) is { } near ? $" (nearest: {near})"
            : $" (allowed: {string.Join(", ", fault.Choices.Take(5))}{(fault.Choices.Count > 5 ? ", …" : "")})";
        return where + fault.Text + hint;
    }

    // By our id, which servers honour since v0.3.45; before, by our note in the newest entries. Jobs last: they are made of the same queue and history.
    private async Task<string?> FindInHistoryAsync(string promptId, CancellationToken cancel) =>
        (await station.Client.HistoryAsync(promptId, cancel)).Entry is not null ? promptId
        : await station.Client.FindInHistoryAsync(promptId, cancel) ?? (await station.Client.JobExistsAsync(promptId, cancel) ? promptId : null);

    /// <summary>Looks for a prompt whose POST has no clear answer. A 500 does not mean "not queued", and there is no idempotence: never send blindly again.</summary>
    public async Task<Submitted> FindAsync(AttemptOrder order, string promptId, string why, CancellationToken cancel)
    {
        ledger.Append(new SubmitUnclear(Stamp.Of(clock), order.SceneId, order.Attempt, why));
        var (begin, notThere) = (clock.GetTimestamp(), 0);
        while (notThere < UnclearLooks && clock.GetElapsedTime(begin) < AttemptDecision.StationPatience && !station.HasEnded)
        {
            try
            {
                var queue = await station.Client.QueueAsync(cancel);
                if ((queue.Find(promptId) ?? await FindInHistoryAsync(promptId, cancel)) is { } found)
                {
                    ledger.Append(new PromptAccepted(Stamp.Of(clock), order.SceneId, order.Attempt, found, null));
                    return new Submitted(found, null);
                }

                notThere++;
            }
            catch (StationException)
            {
                // Only an answer proves anything: a dark station may have it all the same.
            }

            await Task.Delay(UnclearPause, clock, cancel);
        }

        return new Submitted(null, new Rendered.Failed(ExitReason.Unknown, FailureKind.StationLost, $"the prompt was not taken: {why}"));
    }
}
