using System.Text;
using Dailies.Cli.Glossary;

namespace Dailies.Cli.Views;

/// <summary>Topics of the glossary for a terminal. Pure.</summary>
internal static class TopicText
{
    private const string Indent = "  ";

    /// <summary>The topics of one word, an empty line between them.</summary>
    public static string Of(IReadOnlyList<Topic> topics, int width) => string.Join('\n', topics.Select(t => Of(t, width)));

    /// <summary>Every name of some families, wrapped; of one family alone each with its meaning.</summary>
    public static string List(IReadOnlyList<Family> families, IReadOnlyList<Topic> topics, int width)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var own = topics.Where(t => t.Family == family).ToList();
            text.Append($"{family.All}: {family.Sentence}\n");
            if (families.Count == 1)
            {
                var column = Math.Min(34, own.Max(t => t.Name.Length) + 2);
                own.ForEach(t => Row(text, t.Name, Plain(t.Meaning).Split('\n')[0], column, width));
            }
            else if (family == Families.Note)
            {
                own.ForEach(t => Wrap(text, t.Name, Indent, width));
            }
            else
            {
                Wrap(text, string.Join("  ", own.Select(t => t.Name).Distinct()), Indent, width);
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string Of(Topic topic, int width)
    {
        var text = new StringBuilder();
        text.Append($"{topic.Name}  {topic.Family.One}{(topic.Of is { } of ? $", {of}" : "")}\n");
        foreach (var line in Plain(topic.Meaning).Split('\n'))
        {
            Wrap(text, line, Indent, width);
        }

        text.Append(topic.Facts.Count == 0 ? "" : "\n");
        var column = topic.Facts.Count == 0 ? 0 : topic.Facts.Max(f => f.Label.Length) + 2;
        foreach (var fact in topic.Facts.Where(f => f.Text.Length > 0))
        {
            var label = fact.Label;
            foreach (var line in Plain(fact.Text).Split('\n'))
            {
                Row(text, label, line, column, width);
                label = "";
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string label, string words, int column, int width)
    {
        if (label.Length + 2 > column)
        {
            text.Append(Indent).Append(label).Append('\n');
            label = "";
        }

        var start = text.Length;
        Wrap(text, words, Indent + new string(' ', column), width);
        text.Remove(start, Indent.Length + label.Length).Insert(start, Indent + label);
    }

    private static void Wrap(StringBuilder text, string words, string indent, int width)
    {
        var line = new StringBuilder(indent);
        foreach (var word in words.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + word.Length > width)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(indent);
            }

            if (word.Length > 0 || line.Length > indent.Length)
            {
                line.Append(word).Append(' ');
            }
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    // Backticks are for pages.
    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);
}
