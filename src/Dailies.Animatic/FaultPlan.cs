using System.Globalization;
using Dailies.Animatic.Execution;

namespace Dailies.Animatic;

/// <summary>Which scene and attempt a prompt says it is for; both unknown for foreign prompts, which are told apart by their id.</summary>
internal sealed record PromptTag(string? Scene, int? Attempt, string? Id = null)
{
    /// <summary>What one prompt is called where times are counted.</summary>
    public string Name => Scene is null ? $"id {Id}" : string.Create(CultureInfo.InvariantCulture, $"{Scene}:{Attempt}");
}

/// <summary>What happens at one sampler step.</summary>
internal sealed record StepPlan(TimeSpan Delay, bool Hangs, Exception? Failure)
{
    public bool Fails => Failure is not null;
}

/// <summary>Decides what goes wrong, at each point of a prompt's life where something can. The server asks and obeys; asked the same in the
/// same order, a plan of the same seed always answers the same.</summary>
/// <remarks>A new fault is an entry of <see cref="FaultCatalog"/> and a line at the point where it bites.</remarks>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults, long seed = 0)
{
    private static readonly TimeSpan SlowStep = TimeSpan.FromSeconds(2);
    private const int FullSize = 64; // a latent wider than this is "at full size": the tests' stories are 64 pixels wide
    private const string Older = "0.3.40"; // recorded; before v0.3.45 (client-made prompt ids) and v0.3.57 (interrupt by id)

    private readonly Lock _gate = new();
    private IReadOnlyList<Toll> _tolls = [.. faults.Select(f => new Toll(f, seed))];

    /// <summary>The faults in force.</summary>
    public IReadOnlyList<Fault> Faults => [.. Volatile.Read(ref _tolls).Select(t => t.Fault)];

    /// <summary>Puts other faults in their place; all counts begin again.</summary>
    public void Set(IEnumerable<Fault> others) => Volatile.Write(ref _tolls, [.. others.Select(f => new Toll(f, seed))]);

    /// <summary>Before a sampler step: how long it takes, whether it ever ends, and how it fails.</summary>
    public StepPlan AtStep(PromptTag tag, TimeSpan usual, int width = FullSize) =>
        new(Bites(FaultKind.Slow, tag) ? SlowStep : usual, Bites(FaultKind.Stuck, tag), FailureOf(tag, width));

    /// <summary>Whether the fault strikes this answer or connection, which belongs to no prompt.</summary>
    public bool Bites(FaultKind kind) => Bites(kind, new PromptTag(null, null));

    /// <summary>Whether the fault strikes this prompt, or this answer about it.</summary>
    public bool Bites(FaultKind kind, PromptTag tag)
    {
        lock (_gate)
        {
            // Each fault counts for itself, so none may be passed over.
            return _tolls.Where(t => t.Fault.Kind == kind && t.IsFor(tag)).Select(t => t.Strikes(tag)).ToList().Contains(true);
        }
    }

    private Exception? FailureOf(PromptTag tag, int width) =>
        Bites(FaultKind.Error, tag) || Bites(FaultKind.ErrorWithStatusSuccess, tag) ? new NodeFailure("The sampler failed, as the fault 'error' asked it to\n", "RuntimeError")
        : Bites(FaultKind.OutOfMemory, tag) || (width > FullSize && Bites(FaultKind.OutOfMemoryFullSize, tag)) ? new NodeFailure(
            "CUDA out of memory. Tried to allocate 2.00 GiB\nThis error means you ran out of memory on your GPU.\n\n"
            + "TIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.", "torch.OutOfMemoryError")
        : Bites(FaultKind.DeviceLost, tag) ? new NodeFailure(
            "CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.\n",
            "torch.AcceleratorError")
        : Bites(FaultKind.Interrupted, tag) ? new NodeInterrupt()
        : Bites(FaultKind.Killed, tag) ? new ServerDeath()
        : Bites(FaultKind.ReturnsOlder, tag) ? new ServerDeath { NextVersion = Older }
        : null;

    // One fault, and how often it has struck.
    private sealed class Toll(Fault fault, long seed)
    {
        private readonly bool _eachTime = FaultCatalog.Of(fault.Kind).EachTime;
        private readonly Dictionary<string, bool> _told = new(StringComparer.Ordinal); // what was said of a prompt is said again
        private int _times, _struck;

        public Fault Fault => fault;

        public bool IsFor(PromptTag tag) => (fault.Scene is null || fault.Scene == tag.Scene) && (fault.Attempt is null || fault.Attempt == tag.Attempt);

        public bool Strikes(PromptTag tag)
        {
            if (fault is { Count: null, Percent: null })
            {
                return true;
            }

            if (_eachTime)
            {
                return Strike((++_times).ToString(CultureInfo.InvariantCulture));
            }

            return _told.TryGetValue(tag.Name, out var told) ? told : _told[tag.Name] = Strike(tag.Name);
        }

        private bool Strike(string time)
        {
            var strikes = (fault.Count is not { } most || _struck < most) && (fault.Percent is not { } percent || FaultChance.Strikes(percent, seed, fault.Kind, time));
            _struck += strikes ? 1 : 0;
            return strikes;
        }
    }
}
