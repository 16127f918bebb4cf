using System.Text;
using System.Threading.Channels;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Takes;
using Dailies.Tests.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Control;

/// <summary>Hears witnesses as an attempt does, by the readers and rules of the program, and says what it would do next.</summary>
internal sealed class WitnessStand : IDisposable
{
    private static readonly QueuePolicy Policy = new();
    private static readonly AttemptOrder Order = new("scene-001", 1, [], [], 1, "p");

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider clock = new(VirtualClock.Start);
    private readonly Channel<ComfyEvent> socket = Channel.CreateUnbounded<ComfyEvent>();
    private readonly RunLedger ledger;
    private readonly PromptEars ears;
    private HistoryEntry? entry;
    private long? fetchedAt;

    public WitnessStand()
    {
        ledger = RunLedger.Open(Path.Combine(folder.Path, RunFolder.Ledger));
        foreach (var e in SampleRun.Finished.TakeWhile(e => e is not ExecutionSeen))
        {
            ledger.Append(e);
        }

        ears = new PromptEars(ledger, Order, WitnessTable.Ours, clock);
    }

    /// <summary>What is known so far.</summary>
    public Witnesses Seen { get; private set; } = null!;

    public void Dispose()
    {
        ledger.Dispose();
        folder.Dispose();
    }

    /// <summary>Hears a whole case.</summary>
    public string Judge(WitnessRow row)
    {
        foreach (var early in row.Words.Where(w => w.At < 0))
        {
            Hear(early);
        }

        Seen = Witnesses.Submitted(clock.GetTimestamp());
        foreach (var word in row.Words.Where(w => w.At >= 0))
        {
            WaitUntil(word.At);
            Hear(word);
            Seen = ears.Drain(socket.Reader, Seen);
        }

        WaitUntil(row.JudgedAt ?? row.Words[^1].At);
        var now = clock.GetTimestamp();
        var facts = AttemptFacts.Of(Seen, clock, now) with { SinceFetch = fetchedAt is { } at ? clock.GetElapsedTime(at, now) : null };
        return AttemptDecision.Next(Policy, facts) switch
        {
            AttemptStep.Wait or AttemptStep.Look => "keep looking",
            AttemptStep.Collect when fetchedAt is not null => "keep looking",
            AttemptStep.Collect => TakeChoice.Choose([.. entry!.Files.Select(f => new AnnouncedFile(f.Node, f.List, f.FileName, f.Subfolder, f.Type, f.Animated))]) is { } take
                ? $"collect {take.Source} {take.Files.Count}"
                : "collect nothing",
            AttemptStep.Fail fail => $"{fail.Reason} {fail.Kind}, {After(fail.Kind)}",
            var step => step.ToString(),
        };
    }

    private static string After(string kind) => RetryDecision.Next(Policy, new Settlement(kind), new SceneTally(0, 0).With(Policy, kind)) switch
    {
        RetryStep.Again => RetryDecision.IsCharged(kind) ? "sent again" : "sent again, not charged",
        RetryStep.GiveUp => "given up",
        var step => step.ToString(),
    };

    private void WaitUntil(double milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds) - (clock.GetUtcNow() - VirtualClock.Start);
        clock.Advance(span > TimeSpan.Zero ? span : TimeSpan.Zero);
    }

    private void Hear(Word word)
    {
        switch (word)
        {
            case Word.Heard heard:
                foreach (var e in heard.Frames.Select(f => ComfyEvent.Read(Encoding.UTF8.GetBytes(f))).OfType<ComfyEvent>())
                {
                    socket.Writer.TryWrite(e);
                }

                break;
            case Word.Cut:
                socket.Writer.TryWrite(new ComfyEvent(ComfyEventKind.Disconnected));
                break;
            case Word.AskedInVain:
                fetchedAt = clock.GetTimestamp();
                break;
            case Word.Looked looked:
                Look(looked);
                break;
        }
    }

    private void Look(Word.Looked looked)
    {
        var history = Encoding.UTF8.GetBytes(looked.History);
        var place = PromptLook.PlaceIn(QueueReading.Read(Encoding.UTF8.GetBytes(looked.Queue)), WitnessTable.Ours);
        entry = place == PromptPlace.Nowhere ? HistoryEntry.Read(history, WitnessTable.Ours) : null;
        place = entry is null ? place : PromptPlace.Ended;
        Seen = place == PromptPlace.Nowhere && Seen.ContactLost ? Seen.HeardRestart() : Seen; // the history that it was not in was empty
        Seen = Seen.Looked(clock.GetTimestamp(), place, readHistory: place is PromptPlace.Nowhere or PromptPlace.Ended, entry is null ? null : PromptLook.EndOf(entry));
    }
}
