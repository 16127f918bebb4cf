namespace Dailies.Dashboard.Views;

/// <summary>How a value is to be taken. Every tone also has a word: colour alone tells nothing.</summary>
public enum Tone
{
    /// <summary>A plain fact.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Warn,

    /// <summary>It failed.</summary>
    Bad,
}

/// <summary>One value with its name. <paramref name="Field"/> is what it is called in the metadata, for whoever looks it up.</summary>
public sealed record Badge(string Label, string Value, Tone Tone = Tone.Plain, string? Word = null, string? Field = null);
