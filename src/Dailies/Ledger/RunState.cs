using System.Collections.Immutable;
using Dailies.Contract;

namespace Dailies.Ledger;

/// <summary>A run as its events tell it: a pure fold, so that every projection of it agrees and a killed run resumes by folding again.</summary>
public sealed record RunState
{
    // Story order: scene-1000 after scene-999. Stands before Empty, which is made with it.
    private static readonly IComparer<string> SceneOrder = Comparer<string>.Create((a, b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));

    /// <summary>Before the first event.</summary>
    public static RunState Empty { get; } = new();

    /// <summary>What it set out to do; null before <see cref="RunStarted"/>.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How it ended, or null.</summary>
    public RunEnded? Ended { get; init; }

    /// <summary>The validator's word, or null.</summary>
    public RunValidated? Validated { get; init; }

    /// <summary>The post-run checks, or null while none were made.</summary>
    public ChecksSettled? Checks { get; init; }

    /// <summary>What was last said of its archive since it ended, or null.</summary>
    public ArchiveSettled? Archive { get; init; }

    /// <summary>Stations, in the order they answered.</summary>
    public ImmutableArray<StationRecord> Stations { get; init; } = [];

    /// <summary>Notes about the whole run.</summary>
    public ImmutableArray<RunNoted> Notes { get; init; } = [];

    /// <summary>What befell the stations and the clock, in order.</summary>
    public ImmutableArray<RunEvent> Incidents { get; init; } = [];

    /// <summary>What executes where.</summary>
    public GpuOccupancy Gpus { get; init; } = GpuOccupancy.Empty;

    /// <summary>When it was taken up again.</summary>
    public ImmutableArray<DateTimeOffset> Resumed { get; init; } = [];

    /// <summary>Selected scenes by id.</summary>
    public ImmutableSortedDictionary<string, SceneState> Scenes { get; init; } = ImmutableSortedDictionary.Create<string, SceneState>(SceneOrder);

    /// <summary>One of <see cref="RunStates"/>.</summary>
    public string State => Ended?.State ?? RunStates.Running;

    /// <summary>All events, folded.</summary>
    public static RunState Fold(IEnumerable<RunEvent> events) => events.Aggregate(Empty, (state, e) => state.Apply(e));

    /// <summary>The run after one more event.</summary>
    public RunState Apply(RunEvent e) => e switch
    {
        ExecutionSeen x => Told(e).Entered(x),
        SuccessSeen or HistoryReceived or PromptWithdrawn or AttemptSettled when e is AttemptEvent over => Told(e) with { Gpus = Gpus.Leave(over.SceneId, over.Attempt) },
        _ => Told(e),
    };

    // An attempt that is over, or that nobody sent, occupies nothing.
    private RunState Entered(ExecutionSeen e)
    {
        if (!Scenes.TryGetValue(e.SceneId, out var scene)
            || scene.Attempts.FirstOrDefault(a => a.Number == e.Attempt) is not { Settled: null, Measures: { SuccessAt: null, Station: var station } })
        {
            return this;
        }

        var (gpus, sharing) = Gpus.Enter(new ExecutingPrompt(station, e.SceneId, e.Attempt));
        return this with
        {
            Gpus = gpus,
            Scenes = sharing.Aggregate(Scenes, (scenes, p) => scenes.SetItem(p.SceneId, scenes[p.SceneId].Noted(p.Attempt, FallbackNotes.SharedGpu))),
        };
    }

    private RunState Told(RunEvent e) => e switch
    {
        RunStarted s when Plan is null => this with
        {
            Plan = s.Plan,
            StartedAt = s.At,
            Scenes = Scenes.AddRange(s.Plan.Scenes.DistinctBy(p => p.SceneId).Select(p => KeyValuePair.Create(p.SceneId, new SceneState(p)))),
        },
        StationProbed p => this with { Stations = [.. Stations.Where(s => s.Name != p.Station.Name), p.Station] },
        RunNoted n => this with { Notes = Notes.Add(n) },
        ClockJumped or StationStarted or StationEnded or StationRested => this with { Incidents = Incidents.Add(e) },
        // What ended it is history: it goes on.
        RunResumed => this with { Ended = null, Validated = null, Archive = null, Checks = null, Resumed = Resumed.Add(e.At) },
        ChecksSettled c => this with { Checks = c },
        RunEnded r => this with { Ended = r },
        RunValidated v => this with { Validated = v },
        ArchiveSettled a => this with { Archive = a, Incidents = a.Why is null ? Incidents : Incidents.Add(a) },
        _ when SceneState.SceneOf(e) is { } id && Scenes.TryGetValue(id, out var scene) => this with { Scenes = Scenes.SetItem(id, scene.Apply(e)) },
        _ => this,
    };
}
