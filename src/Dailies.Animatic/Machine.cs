using Dailies.Animatic.Execution;
using Dailies.Animatic.Graph;
using Dailies.Animatic.Routes;

namespace Dailies.Animatic;

/// <summary>What outlives a killed server: its settings and its disk, the plan of what goes wrong, and the count of what was rendered.</summary>
internal sealed class Machine(AnimaticOptions options)
{
    public AnimaticOptions Options { get; } = options;

    public NodeLibrary Library { get; } = new();

    public FaultPlan Faults { get; } = new(options.Faults, options.Seed);

    public ExecutionLog Executions { get; } = new();

    public HeldAnswers Held { get; } = new(options.Clock);
}
