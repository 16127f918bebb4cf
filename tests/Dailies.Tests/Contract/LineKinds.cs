using System.Reflection;
using System.Text.RegularExpressions;
using Dailies.Cli.Glossary;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>Every kind of line in run-summary.txt, as its writer writes it: each is called with the names of its parameters, or with an example.</summary>
internal static partial class LineKinds
{
    // Heads of lines whose text is free: the writer puts them together from other words.
    private static readonly (string Line, string Meaning)[] Free =
    [
        ("[Story] WARNING: <text>", "Something about the story that its reader must know."),
        ("[Workflow] <file>: <name> → <node>.<input>, …", "What was bound in the workflow."),
        ("[Workflow] NOTE: <text>", "What was not bound, and why."),
        ("[Station] <name>: <url> (comfyui <version>, <GPU>)", "A station that answered."),
        ("[Run] <text>", "Something about the whole run: a note, a station that died, a clock that jumped."),
    ];

    private static readonly QueueConfig Fast = new(1, 600, 1, 0, 15, true, 15, 1, 2, 900, new Dictionary<string, string>());

    private static readonly HealthCheckRecord[] Checks =
    [
        new("<url>", null, "success", 3, null, Samples.Night, false, null), new("<url>", "<override>", "failed", null, "<error>", Samples.Night, false, null),
        new("<url>", null, "skipped", null, null, Samples.Night, true, "asked"), new(null, null, "not requested", null, null, Samples.Night, false, null),
    ];

    private static readonly StationRecord Station = new("<name>", "<url>", "comfyui", "<version>", "<GPU>");

    /// <summary>Line and meaning, in the writer's order.</summary>
    public static IReadOnlyList<(string Line, string Meaning)> All { get; } =
    [
        (SummaryLine.Header("<runId>"), CodeDocs.Core.Of(typeof(SummaryLine).GetMethod(nameof(SummaryLine.Header))!).Meaning),
        (SummaryLine.Animatic, CodeDocs.Core.Of(typeof(SummaryLine).GetField(nameof(SummaryLine.Animatic))!).Meaning),
        .. from method in typeof(SummaryLine).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where method.ReturnType == typeof(string) && method.Name is not (nameof(SummaryLine.Header) or nameof(SummaryLine.Stamped) or nameof(SummaryLine.BelowFloor) or nameof(SummaryLine.Scene) or nameof(SummaryLine.Telemetry))
           let meaning = CodeDocs.Core.Of(method).Meaning
           from arguments in Arguments(method)
           select ((string)method.Invoke(null, arguments)!, meaning),
        (SummaryLine.Warning("scene-001", SummaryLine.BelowFloor(19, 25)), CodeDocs.Core.Of(typeof(SummaryLine).GetMethod(nameof(SummaryLine.BelowFloor))!).Meaning),
        (SummaryLine.Scene("scene-001", SummaryLine.TelemetryStart + "<parts joined with \" | \">"), CodeDocs.Core.Of(typeof(SummaryLine).GetMethod(nameof(SummaryLine.Telemetry))!).Meaning),
        (PolicyLine.Write(Samples.Policy), CodeDocs.Core.Of(typeof(PolicyLine).GetMethod(nameof(PolicyLine.Write))!).Meaning),
        .. Free.Where(f => typeof(SummaryLine).GetMethod(f.Line[1..f.Line.IndexOf(']', StringComparison.Ordinal)]) is null),
        .. SummaryLine.Index("story", 3, 75, new VitestLogs("checks/vitest-comfyui.log", "checks/vitest-e2e.log", "checks/vitest-scripts.log", RunFolder.VitestResults), "artifacts/" + RunFolder.Archive("20261123-221507"))
            .Select(l => (l, "The artifact index; its lines have no stamp.")),
    ];

    /// <summary>Whether a line of a summary, without its stamp, is of a kind of the page.</summary>
    public static bool Knows(string line) => All.Any(k => SceneName().Replace(line, "scene").StartsWith(Head(SceneName().Replace(k.Line, "scene")), StringComparison.Ordinal));

    // Up to what varies: a word in angle brackets, a number, whatever follows a colon or an equals sign.
    private static string Head(string line) => Varying().Match(line) is { Success: true } match ? line[..match.Index] : line;

    private static IEnumerable<object?[]> Arguments(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return parameters switch
        {
            [{ ParameterType: var type }] when type == typeof(HealthCheckRecord) => Checks.Select(c => new object?[] { c }),
            [{ ParameterType: var type }] when type == typeof(StationRecord) => [[Station]],
            [{ Name: "code" }] => [[0], [1]],
            [{ Name: "suite" }, ..] => [.. CheckRecord.Own.Append("<name>").Select(s => new object?[] { s, 0 })],
            _ => [[.. parameters.Select(Argument)]],
        };
    }

    private static object? Argument(ParameterInfo parameter) => parameter switch
    {
        { Name: "sceneId" } => "scene-001",
        { Name: "reason" } => ExitReason.Success,
        { Name: "failure" } => null,
        { Name: "kind" } => "<kind>",
        { Name: "scenes" or "succeeded" } => 3,
        { Name: "frames" } when parameter.Member.Name == nameof(SummaryLine.SceneSummary) => 75,
        { Name: "frames" } => 25,
        { Name: "attempts" } => 65,
        { Name: "next" or "most" } => 2,
        { Name: "requeues" } => 0,
        { Name: "milliseconds" } => 1200.0,
        { Name: "sentinelScan" } => 0.5,
        _ when parameter.ParameterType == typeof(string) => $"<{parameter.Name}>",
        _ when parameter.ParameterType == typeof(int) => 1,
        _ when parameter.ParameterType == typeof(double) => parameter.Name == "seconds" ? 136.8 : 1.0,
        _ when parameter.ParameterType == typeof(QueueConfig) => Fast,
        _ => throw new InvalidOperationException($"{parameter.Member.Name} takes {parameter.Name}: give it an example here"),
    };

    [GeneratedRegex(@"scene-\d{3,}")]
    private static partial Regex SceneName();

    [GeneratedRegex(@"<|(?<= )\d|(?<=: )|(?<==)")]
    private static partial Regex Varying();
}
