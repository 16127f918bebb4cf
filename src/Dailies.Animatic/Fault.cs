using System.Globalization;

namespace Dailies.Animatic;

/// <summary>One injected fault: what goes wrong, for which prompts, and how often.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Scene">Only prompts whose <c>extra_data.extra_pnginfo.dailies.scene</c> says so; <see langword="null"/> means all prompts.</param>
/// <param name="Attempt">Only this attempt of the scene, counted from 1; <see langword="null"/> means every attempt.</param>
/// <param name="Count">Only the first so many times; <see langword="null"/> means every time. A time is a prompt; for faults of answers and sockets it is one answer or connection.</param>
/// <param name="Percent">The chance of each time, 1 to 100, drawn from <see cref="AnimaticOptions.Seed"/>; <see langword="null"/> means always.</param>
public sealed record Fault(FaultKind Kind, string? Scene = null, int? Attempt = null, int? Count = null, int? Percent = null)
{
    private const string Form = "name@scene-002:1*3%20";

    /// <summary>The names by which faults are asked for, in the order of the help text.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. FaultCatalog.All.Select(f => f.Name)];

    /// <summary>Reads <c>name[@scene[:attempt]][*count][%percent]</c>, such as <c>error@scene-002:1</c>, <c>500*3</c> (the first three times) or
    /// <c>reset-on-post%20</c> (one in five).</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="fault">The fault, when it could be read.</param>
    /// <param name="error">Otherwise a sentence for the user: what is wrong, and what would be right.</param>
    /// <returns>Whether <paramref name="text"/> is a fault.</returns>
    public static bool TryParse(string text, out Fault? fault, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        (fault, error) = Read(text.Trim());
        return fault is not null;
    }

    /// <summary>One line per fault, name and what it does, ready for a help page.</summary>
    public static string DescribeFaults()
    {
        var width = Names.Max(n => n.Length) + 2;
        return string.Join('\n', FaultCatalog.All.Select(f => f.Name.PadRight(width) + f.Sentence));
    }

    /// <summary>The fault as it is written: <c>error@scene-002:1</c>.</summary>
    public override string ToString() =>
        FaultCatalog.Of(Kind).Name + (Scene is null ? "" : "@" + Scene) + Part(':', Attempt) + Part('*', Count) + Part('%', Percent);

    private static string Part(char mark, int? number) => number is { } n ? string.Create(CultureInfo.InvariantCulture, $"{mark}{n}") : "";

    private static (Fault? Fault, string? Error) Read(string text)
    {
        var (rest, percent) = Cut(text, '%');
        (rest, var count) = Cut(rest, '*');
        (rest, var place) = Cut(rest, '@');
        if (FaultCatalog.All.FirstOrDefault(f => f.Name == rest) is not { } known)
        {
            return (null, $"There is no fault '{rest}'. Did you mean '{FaultCatalog.Nearest(rest)}'? Known faults: {string.Join(", ", Names)}.");
        }

        if (known.WholeServer && place is not null)
        {
            return (null, $"'{rest}' concerns the whole server, so it takes no scene: write '{rest}'.");
        }

        // What follows the colon is the attempt; a scene id holds no colon.
        var (scene, attempt) = place is null ? (null, null) : Cut(place, ':');
        return scene is "" ? (null, $"'{text}' names no scene: write '{rest}@scene-002' or '{rest}'.")
            : attempt is not null && Number(attempt) is null ? (null, $"'{attempt}' in '{text}' is no attempt: attempts count from 1, as in '{rest}@{scene}:1'.")
            : count is not null && Number(count) is null ? (null, $"'{count}' in '{text}' is no count: write '{rest}*3' for the first three times; the order is {Form}.")
            : percent is not null && Number(percent) is null or > 100 ? (null, $"'{percent}' in '{text}' is no chance from 1 to 100: write '{rest}%20' for 20 times in 100; the order is {Form}.")
            : (new Fault(known.Kind, scene, Number(attempt), Number(count), Number(percent)), null);
    }

    // The part before the mark, and the one behind it if there is a mark.
    private static (string Before, string? Behind) Cut(string text, char mark) =>
        text.Split(mark, 2) is [var before, var behind] ? (before, behind) : (text, null);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}
