using Dailies.Settings;

namespace Dailies.Cli.Glossary;

/// <summary>Every published name with its meaning, gathered from the code: nothing is typed here that stands elsewhere.</summary>
internal sealed class PublishedNames
{
    private static readonly Lazy<PublishedNames> Whole = new(() => new PublishedNames());

    private PublishedNames() => Topics =
    [
        .. SetTopics.All, .. NoteTopics.All, .. SettingTopics.All, .. FieldTopics.All, .. FileTopics.All, .. EventTopics.All, .. RuleTopics.All,
    ];

    /// <summary>The glossary of this program.</summary>
    public static PublishedNames Current => Whole.Value;

    /// <summary>All topics.</summary>
    public IReadOnlyList<Topic> Topics { get; }

    /// <summary>What a word stands for, the nearest first; empty when it stands for nothing.</summary>
    public IReadOnlyList<Topic> Find(string word) => [.. Topics.Where(t => t.Answers(word) || (t.Family == Families.Note && NoteTopics.Answers(t, word)))];

    /// <summary>The family that a word names, or null.</summary>
    public static Family? FamilyOf(string word) =>
        Families.All.FirstOrDefault(f => f.All.Equals(word, StringComparison.OrdinalIgnoreCase) || f.One.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The nearest name to a word that stands for nothing, or null.</summary>
    public string? Near(string word) => Nearest.Of(word, Topics.SelectMany(t => t.Aliases.Prepend(t.Name)).Concat(Families.All.Select(f => f.All)));
}
