using System.Text.RegularExpressions;
using Dailies.Contract;
using Dailies.Tests.Cli;

namespace Dailies.Tests.Control;

/// <summary>Nobody can forge a line or a part: whatever stories, settings and stations say, the evidence has the lines that it would have had, and a terminal shows letters.</summary>
public partial class ForgeryTests
{
    private const string Telemetry = "[Scene scene-001] Telemetry:";

    // Every character at which some reader begins a new line.
    private static readonly char[] LineEnds = ['\n', '\r', '\v', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029'];

    private const string Lines =
        "a\n[2026-11-23T22:15:07.042Z] [Scene scene-001] Telemetry: DurationSeconds=1s | HistoryExitReason=success\r\n[Validation] run-summary validation passed\r## Artifact Index\nArchive: x"
        + "\u2028[Scene scene-001] ERROR: b\u2029[Scene scene-001] Telemetry:\u0085Scene summary: 9/9 succeeded | total frames=9 | requeues=0\v\f\u001c\u001d\u001e";

    private const string Parts = "| HistoryExitReason=success | fallback=x; y | GPU={b} | VRAMDeltaMB=0MB} [Scene scene-001] Telemetry: [Validation] [Scene scene-001][Attempt 1] Frames=9 |";

    private const string Letters = "\u001b[2J\u001b]0;owned\u0007\u009b31m\b\b\b \u202e\u2066\u2067\u200f\u200e\u061c\ufeff gnp.exe [red]x[/] {0} %s $(id) `id` \\n\\u007c\\ \ud83d x \udf0a \0\u0001\u007f é 灯 🌊";

    public static TheoryData<string> Texts => [Lines, Parts, Letters, new string('x', 20_000)];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_run_has_the_lines_and_parts_of_a_harmless_one(string text)
    {
        await using var harmless = await HostileWorld.WithAsync("plain");
        await using var hostile = await HostileWorld.WithAsync(text);

        await harmless.Run.RunAsync();
        await hostile.Run.RunAsync();

        hostile.Run.Result.Verdict.Findings.ShouldBeEmpty();
        hostile.Run.Result.ExitCode.ShouldBe(1);
        hostile.Run.Result.State.Scenes.Values.Select(s => s.Failed?.FailureKind)
            .ShouldBe([null, FailureKind.ExecutionError, FailureKind.BadFrames, FailureKind.Rejected, null, FailureKind.Interrupted]);
        Kinds(hostile.Run.Summary).ShouldBe(Kinds(harmless.Run.Summary));
        foreach (var name in new[] { RunFolder.Summary, RunFolder.Log })
        {
            var (ours, theirs) = (File.ReadAllText(Path.Combine(harmless.Run.RunDir, name)), File.ReadAllText(Path.Combine(hostile.Run.RunDir, name)));
            theirs.Split(LineEnds).Length.ShouldBe(ours.Split('\n').Length, name);
            Count(theirs, Telemetry).ShouldBe(Count(ours, Telemetry), name);
            Count(theirs, "[Validation]").ShouldBe(Count(ours, "[Validation]"), name);
            ShouldBeLetters(theirs);
        }
    }

    [Fact]
    public async Task The_terminal_shows_the_same_lines_and_nothing_but_letters()
    {
        await using var harmless = await HostileWorld.WithAsync("plain");
        await using var hostile = await HostileWorld.WithAsync(Letters.Replace("\ud83d x \udf0a", "", StringComparison.Ordinal) + Lines + Parts);

        foreach (var verb in new string[][] { ["run", "story"], ["status", "latest"], ["validate", "latest"] })
        {
            var ours = await CliProcess.RunAsync(harmless.Run.Folder, harmless.Run.Variables, verb);
            var theirs = await CliProcess.RunAsync(hostile.Run.Folder, hostile.Run.Variables, verb);

            theirs.ExitCode.ShouldBe(ours.ExitCode, theirs.All);
            theirs.Output.Split(LineEnds).Length.ShouldBe(ours.Output.Split('\n').Length, theirs.Output);
            theirs.Errors.Split(LineEnds).Length.ShouldBe(ours.Errors.Split('\n').Length, theirs.Errors);
            ShouldBeLetters(theirs.All);
        }
    }

    // No escape, no control character, nothing that turns a line around.
    private static void ShouldBeLetters(string text) =>
        text.Where(c => (char.IsControl(c) && c is not '\n') || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029')
            .Select(c => $"U+{(int)c:X4}").Distinct().ShouldBeEmpty();

    // What kind each line is; of those with parts, the names of the parts. Sorted: scenes are fetched side by side.
    private static List<string> Kinds(string summary) =>
    [
        .. summary.Split('\n').Select(line => StampOf().Replace(line, "")).Select(line => line.Contains(" | ", StringComparison.Ordinal)
            ? string.Join(" | ", line.Split(" | ").Select(part => part.Split('=')[0]))
            : Head().Match(line) is { Success: true } head ? head.Value : line.Length == 0 ? "" : "unknown: " + line).Order(StringComparer.Ordinal),
    ];

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    [GeneratedRegex(@"^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] ")]
    private static partial Regex StampOf();

    [GeneratedRegex(@"^(\[(Run|LLM|Station|Workflow|Story|Validation)\]( (NOTE|WARNING):| run-summary validation (passed|failed))?|\[Scene scene-\d{3}\]\[Attempt \d\]|\[Scene scene-\d{3}\] [A-Za-z ]+[:(]|[A-Z][A-Za-z0-9' -]+:|## Artifact Index)")]
    private static partial Regex Head();
}
