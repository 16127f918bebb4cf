namespace Dailies.Cli.Glossary;

/// <summary>What <c>dailies explain</c> knows about one published name. Code words stand between backticks.</summary>
/// <param name="Name">As it is published.</param>
/// <param name="Family">One of <see cref="Families"/>.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Facts">Label and text, in the order to read them in; texts may have several lines.</param>
internal sealed record Topic(string Name, Family Family, string Meaning, IReadOnlyList<Fact> Facts)
{
    /// <summary>What else people call it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Behind its name: of what, or where.</summary>
    public string? Of { get; init; }

    /// <summary>Whether a person who types <paramref name="word"/> means it.</summary>
    public bool Answers(string word) => Aliases.Prepend(Name).Contains(word, StringComparer.OrdinalIgnoreCase);
}

/// <summary>One thing known about a name.</summary>
internal sealed record Fact(string Label, string Text);

/// <summary>A kind of published name: one of it, and all of them.</summary>
internal sealed record Family(string One, string All, string Sentence);

/// <summary>Every family, in the order of the list.</summary>
internal static class Families
{
    public static readonly Family Field = new("field", "fields", "what the JSON files of a run hold");
    public static readonly Family Rule = new("rule", "rules", "what dailies validate judges");
    public static readonly Family Reason = new("exit reason", "exit reasons", "why we stopped looking at the history");
    public static readonly Family Kind = new("failure kind", "failure kinds", "what went wrong with an attempt");
    public static readonly Family Note = new("note", "notes", "what stands where telemetry had to fall back");
    public static readonly Family Knob = new("knob", "knobs", "the queue policy: option, variable and key");
    public static readonly Family Option = new("option", "options", "what else the verbs can be told");
    public static readonly Family Code = new("exit code", "exit codes", "how the program ends");
    public static readonly Family State = new("state", "states", "where a run stands");
    public static readonly Family Source = new("frame source", "frame sources", "what a take's frames are");
    public static readonly Family Standing = new("standing", "standings", "what the validator calls a run");
    public static readonly Family File = new("file", "files", "what a run leaves behind");
    public static readonly Family Event = new("event", "events", "what the ledger holds, and what --json tells");

    public static IReadOnlyList<Family> All { get; } = [Reason, Kind, Note, Code, State, Source, Standing, Knob, Option, Field, File, Event, Rule];
}
