using Dailies.Animatic.Execution;

namespace Dailies.Animatic;

/// <summary>Which scene and attempt a prompt says it is for; both unknown for foreign prompts.</summary>
internal sealed record PromptTag(string? Scene, int? Attempt);

/// <summary>What happens at one sampler step.</summary>
internal sealed record StepPlan(TimeSpan Delay, bool Hangs, Exception? Failure)
{
    public bool Fails => Failure is not null;
}

/// <summary>Decides what goes wrong, at each point of a prompt's life where something can. Pure: the server asks and obeys.</summary>
/// <remarks>A new fault is an entry of <see cref="FaultCatalog"/> and a line at the point where it bites.</remarks>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults)
{
    private static readonly TimeSpan SlowStep = TimeSpan.FromSeconds(2);
    private const int FullSize = 64; // a latent wider than this is "at full size": the tests' stories are 64 pixels wide

    /// <summary>Before a sampler step: how long it takes, whether it ever ends, and how it fails.</summary>
    public StepPlan AtStep(PromptTag tag, TimeSpan usual, int width = FullSize) =>
        new(Bites(FaultKind.Slow, tag) ? SlowStep : usual, Bites(FaultKind.Stuck, tag), FailureOf(tag, width));

    /// <summary>Whether the fault is on anywhere: for what belongs to no prompt.</summary>
    public bool Bites(FaultKind kind) => faults.Any(f => f.Kind == kind);

    /// <summary>Whether the fault is meant for this prompt.</summary>
    public bool Bites(FaultKind kind, PromptTag tag) => faults.Any(f =>
        f.Kind == kind
        && (f.Scene is null || f.Scene == tag.Scene)
        && (f.Attempt is null || f.Attempt == tag.Attempt));

    private Exception? FailureOf(PromptTag tag, int width) =>
        Bites(FaultKind.Error, tag) || Bites(FaultKind.ErrorWithStatusSuccess, tag) ? new NodeFailure("The sampler failed, as the fault 'error' asked it to\n", "RuntimeError")
        : Bites(FaultKind.OutOfMemory, tag) || (width > FullSize && Bites(FaultKind.OutOfMemoryFullSize, tag)) ? new NodeFailure(
            "CUDA out of memory. Tried to allocate 2.00 GiB\nThis error means you ran out of memory on your GPU.\n\n"
            + "TIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.", "torch.OutOfMemoryError")
        : Bites(FaultKind.DeviceLost, tag) ? new NodeFailure(
            "CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.\n",
            "torch.AcceleratorError")
        : Bites(FaultKind.Interrupted, tag) ? new NodeInterrupt()
        : null;
}
