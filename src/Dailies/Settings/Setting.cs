namespace Dailies.Settings;

/// <summary>What a setting's text must be.</summary>
public enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>May be given several times.</summary>
    List,

    /// <summary>A decimal number, invariant culture.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>On or off: true, false, 1, 0, yes, no, on, off.</summary>
    Flag,

    /// <summary>One of <see cref="Setting.Choices"/>.</summary>
    Choice,
}

/// <summary>One setting as it can be written on the command line, in the environment and in dailies.json. Declared beside the slice that uses it.</summary>
/// <param name="Key">camelCase, as in dailies.json; the option is the same in kebab-case.</param>
/// <param name="Kind">What its text must be.</param>
/// <param name="Summary">One sentence for <c>--help</c>.</param>
public sealed record Setting(string Key, SettingKind Kind, string Summary)
{
    /// <summary>The environment variable, or null.</summary>
    public string? Variable { get; init; }

    /// <summary>The value when nobody says anything; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>The default under FastIteration, or null for the ordinary one.</summary>
    public string? Fast { get; init; }

    /// <summary>Least number allowed.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Min"/> itself is too small.</summary>
    public bool AboveMin { get; init; }

    /// <summary>Most allowed.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The words allowed for <see cref="SettingKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What stands for the value in <c>--help</c>.</summary>
    public string Placeholder { get; init; } = "text";

    /// <summary>Its name in metadata <c>QueueConfig.Origins</c>.</summary>
    public string Field { get; init; } = char.ToUpperInvariant(Key[0]) + Key[1..];

    /// <summary>May only be given on the command line.</summary>
    public bool CommandLineOnly { get; init; }

    /// <summary>The option: <c>--scene-retry-budget</c>.</summary>
    public string Option => "--" + string.Concat(Key.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The range in words.</summary>
    public string Allowed => Kind switch
    {
        SettingKind.Choice => string.Join(", ", Choices),
        SettingKind.Flag => "true or false",
        SettingKind.Text or SettingKind.List => "any text",
        _ => Range(),
    };

    private string Range()
    {
        var least = double.IsInfinity(Min) ? "" : AboveMin ? $"above {Number(Min)}" : $"at least {Number(Min)}";
        var most = double.IsInfinity(Max) ? "" : $"at most {Number(Max)}";
        return string.Join(", ", new[] { Kind == SettingKind.Whole ? "a whole number" : "a number", least, most }.Where(p => p.Length > 0));
    }

    private static string Number(double value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A setting that is wrong: what, where it stood, and what would be right.</summary>
public sealed record SettingFault(string Key, string Value, string Where, string Allowed)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => OneLine.Of($"{OneLine.Of(Key, 100)} is {OneLine.Of(Value, 200)} ({Where}); allowed: {Allowed}", 1_000);
}
