namespace Dailies.Stories;

/// <summary>Composes what the renderer is asked to draw from what the screenplay shows. Pure.</summary>
internal static class ScenePrompt
{
    /// <summary>The longest composed prompt, in characters. Image models read far less; what is longer is a mistake.</summary>
    public const int Longest = 2_000;

    /// <summary><c>Exterior, rocky shore, night. The action. The style</c>: where it is too long, the action's end goes.</summary>
    public static (string Prompt, bool Cut) Compose(FountainHeading heading, string time, IEnumerable<string> action, string style)
    {
        var place = string.Join(", ", new[] { heading.Place, heading.Setting, time }.Where(part => part.Length > 0));
        var head = Sentence(StoryText.Collapse(place));
        var shown = StoryText.Collapse(string.Join(' ', action));
        var end = StoryText.Collapse(style);
        var cut = head.Length + end.Length + 2 + shown.Length > Longest;
        if (cut)
        {
            head = StoryText.Cut(head, Longest / 4);
            end = StoryText.Cut(end, Longest / 4);
            shown = StoryText.Cut(shown, Longest - head.Length - end.Length - 3);
        }

        var parts = new[] { head, end.Length > 0 ? Sentence(shown) : shown, end };
        return (string.Join(' ', parts.Where(part => part.Length > 0)), cut);
    }

    private static string Sentence(string text) =>
        text.Length == 0 || text[^1] is '.' or '!' or '?' or '…' or ':' or ';' or '”' or '"' or '。' ? text : text + ".";
}
