using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>How each kind of summary line begins, taken from the writer so that no name stands twice.</summary>
internal static class SummaryForms
{
    private const string NoScene = "[Scene ] ";

    public static string StoryReady { get; } = Head(SummaryLine.StoryReady("", 0));

    public static string Vision { get; } = Head(SummaryLine.Vision(""));

    public static string Logline { get; } = Head(SummaryLine.Logline(""));

    public static string LlmStatus { get; } = Head(SummaryLine.LlmStatus("", null, null, null));

    public static string Health { get; } = "[LLM] Health check";

    public static string FastIteration { get; } = Head(SummaryLine.FastIteration(new QueueConfig(0, 0, 0, 0, 0, true, 0, 0, 0, 0, new Dictionary<string, string>()), 0, 0));

    public static string Warning { get; } = Head(Body(SummaryLine.Warning("", "")));

    public static string Error { get; } = Head(Body(SummaryLine.Error("", "")));

    public static string HistoryWarning { get; } = Head(Body(SummaryLine.HistoryWarning("", "", 0)));

    public static string HistoryError { get; } = Head(Body(SummaryLine.HistoryError("", "")));

    public static string HistorySaved { get; } = Head(Body(SummaryLine.HistorySaved("", "")));

    public static string Requeue { get; } = Body(SummaryLine.Requeue("", 0, 0, "", "")).Split('(')[0];

    /// <summary>The index's lines but for its title, up to the value.</summary>
    public static IReadOnlyList<string> Index { get; } = [.. SummaryLine.Index("", 0, 0, new VitestLogs(null, null, null, null), null).Skip(1).Select(Head)];

    public static string StoryVideo { get; } = Head(SummaryLine.StoryVideo(""));

    public static string ContactSheet { get; } = Head(SummaryLine.ContactSheet(""));

    /// <summary>Lines of the run that stand once.</summary>
    public static IReadOnlyList<string> Unique { get; } = [StoryReady, Vision, Logline, LlmStatus, Health, FastIteration, SummaryLine.SceneSummaryStart, SummaryLine.Animatic, SummaryLine.IndexTitle, StoryVideo, ContactSheet, Check("comfyUI"), Check("e2e"), Check("scripts")];

    /// <summary>The line of a post-run check, up to its exit code.</summary>
    public static string Check(string suite) => $"Vitest {suite} exitCode=";

    /// <summary>A scene line of the writer without its scene.</summary>
    public static string Body(string line, string sceneId = "") => line[(NoScene.Length + sceneId.Length)..];

    /// <summary>Up to the first colon and the blank behind it.</summary>
    public static string Head(string line) => line[..(line.IndexOf(": ", StringComparison.Ordinal) + 2)];
}
