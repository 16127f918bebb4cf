using System.Collections.Immutable;

namespace Dailies.Ledger;

/// <summary>Which prompts of ours execute where, as the events tell it: those at one station share its GPU. A pure fold; it goes by the order of events, which no clock that is set back can change.</summary>
public sealed record GpuOccupancy
{
    /// <summary>Nothing executes.</summary>
    public static GpuOccupancy Empty { get; } = new();

    /// <summary>What executes, in the order in which it was seen.</summary>
    public ImmutableList<ExecutingPrompt> Prompts { get; init; } = [];

    /// <summary>A prompt was seen executing. Those that share its GPU with it come back too, itself among them; none when it is alone.</summary>
    public (GpuOccupancy Next, IReadOnlyList<ExecutingPrompt> Sharing) Enter(ExecutingPrompt prompt)
    {
        if (Prompts.Contains(prompt))
        {
            return (this, []);
        }

        List<ExecutingPrompt> there = [.. Prompts.Where(p => p.Station == prompt.Station), prompt];
        return (this with { Prompts = Prompts.Add(prompt) }, there.Count > 1 ? there : []);
    }

    /// <summary>A prompt has ended, as far as anybody can tell.</summary>
    public GpuOccupancy Leave(string sceneId, int attempt) =>
        Prompts.IsEmpty ? this : this with { Prompts = Prompts.RemoveAll(p => p.SceneId == sceneId && p.Attempt == attempt) };
}

/// <summary>One attempt that executes at a station.</summary>
public sealed record ExecutingPrompt(string Station, string SceneId, int Attempt);
