namespace Dailies.Animatic;

/// <summary>Which scene and attempt a prompt says it is for; both unknown for foreign prompts.</summary>
internal sealed record PromptTag(string? Scene, int? Attempt);

/// <summary>What happens at one sampler step.</summary>
internal sealed record StepPlan(TimeSpan Delay, bool Fails);

/// <summary>Decides what goes wrong, at each point of a prompt's life where something can. Pure: the server asks and obeys.</summary>
/// <remarks>A new fault is an entry of <see cref="FaultCatalog"/> and a line at the point where it bites.</remarks>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults)
{
    private static readonly TimeSpan SlowStep = TimeSpan.FromSeconds(2);

    /// <summary>At POST /prompt, after the graph was found good: is it refused all the same?</summary>
    public bool AtSubmit(PromptTag tag) => Bites(FaultKind.Refuse, tag);

    /// <summary>At the socket's handshake: is it refused?</summary>
    public bool AtHandshake() => faults.Any(f => f.Kind == FaultKind.NoSocket);

    /// <summary>Before a sampler step: how long it takes, and whether it fails.</summary>
    public StepPlan AtStep(PromptTag tag, TimeSpan usual) =>
        new(Bites(FaultKind.Slow, tag) ? SlowStep : usual, Bites(FaultKind.Error, tag));

    /// <summary>After a batch was saved: is the last file kept from /view?</summary>
    public bool AtSaved(PromptTag tag) => Bites(FaultKind.DropOutput, tag);

    private bool Bites(FaultKind kind, PromptTag tag) => faults.Any(f =>
        f.Kind == kind
        && (f.Scene is null || f.Scene == tag.Scene)
        && (f.Attempt is null || f.Attempt == tag.Attempt));
}
