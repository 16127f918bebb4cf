using System.Globalization;

namespace Dailies.Stories;

/// <summary>What came of reading a story: the story, or every fault that stands in its way. Notes are for the author's eyes.</summary>
public sealed record StoryReading(Story? Story, IReadOnlyList<StoryFault> Faults, IReadOnlyList<string> Notes);

/// <summary>One reason why a file is no story, and what to do about it. Message and fix carry no full stop.</summary>
public sealed record StoryFault(string File, int? Line, string Message, string Fix)
{
    /// <summary>The fault in one line: <c>file:line: message. Fix.</c></summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}{(Line is { } line ? $":{line}" : "")}: {Message}. {Fix}{(Fix.EndsWith('?') ? "" : ".")}");
}
