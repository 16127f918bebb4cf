using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>What to do with a take that shows nothing to speak of.</summary>
public enum GateMode
{
    /// <summary>Take it as it is.</summary>
    Off,

    /// <summary>Accept it with a warning.</summary>
    Warn,

    /// <summary>Try again within the budget, then accept it with a warning; both takes are kept.</summary>
    Retry,
}

/// <summary>When a take is doubtful by what it shows.</summary>
public sealed record GatePolicy
{
    /// <summary>What to do.</summary>
    /// <value>Default: warn.</value>
    public GateMode Mode { get; init; } = GateMode.Warn;

    /// <summary>Mean luma at and below which a take is dark.</summary>
    /// <value>0 to 255. Default: 4.</value>
    public double Dark { get; init; } = 4;

    /// <summary>Variance of luma at and below which a take is flat.</summary>
    /// <value>0 or more. Default: 1.</value>
    public double Flat { get; init; } = 1;

    /// <summary>Share of equal consecutive frames at and above which a take is frozen; takes of fewer than three frames never are.</summary>
    /// <value>0 to 1. Default: 1.</value>
    public double Frozen { get; init; } = 1;
}

/// <summary>What the gate says of a take. Closed.</summary>
public abstract record GateVerdict
{
    private GateVerdict()
    {
    }

    /// <summary>Nothing to say.</summary>
    public sealed record Pass : GateVerdict;

    /// <summary>Doubtful; <paramref name="Retry"/>: another attempt is wanted while there is one.</summary>
    public sealed record Doubt(string Words, bool Retry) : GateVerdict;

    /// <summary>No picture at all.</summary>
    public sealed record Bad(string Words) : GateVerdict;
}

/// <summary>Judges a take by what it shows. Pure. What can't be decoded here has no content, and passes.</summary>
public static class ContentGate
{
    private const int LeastForFrozen = 3;

    /// <summary>The verdict; the first rule that holds wins.</summary>
    public static GateVerdict Judge(GatePolicy policy, TakeContent? content, int frames)
    {
        return content switch
        {
            null => new GateVerdict.Pass(),
            _ when policy.Mode == GateMode.Off => new GateVerdict.Pass(),
            { AllBlack: true } => new GateVerdict.Bad("every pixel of every frame is black"),
            _ when content.LumaMean <= policy.Dark => Doubt($"the take is dark (mean luma {SummaryNumber.Text(content.LumaMean)} of 255)"),
            _ when content.LumaVariance <= policy.Flat => Doubt($"the take is flat (luma variance {SummaryNumber.Text(content.LumaVariance)})"),
            _ when frames >= LeastForFrozen && content.EqualShare >= policy.Frozen =>
                Doubt($"the take is frozen ({SummaryNumber.Text(content.EqualShare * 100)} % of its frames are the same as the one before)"),
            _ => new GateVerdict.Pass(),
        };

        GateVerdict Doubt(string words) => new GateVerdict.Doubt(words, policy.Mode == GateMode.Retry);
    }
}
