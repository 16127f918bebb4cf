using System.Text.Json.Nodes;
using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-110, TC-745, TC-746, TC-821: the post-run checks of a run that has them.</summary>
internal static class CheckMutations
{
    private const string Log = "checks/vitest-comfyui.log";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Checked("TC-110", "results torn", r => r.File(RunFolder.VitestResults, "{"u8)),
        Checked("TC-110", "results are a list", r => r.File(RunFolder.VitestResults, "[]"u8)),
        Results("TC-201", "an exit code missing", j => j.AsObject().Remove("e2eExit"), "Vitest e2e"),
        Results("TC-202", "an exit code in words", j => j["scriptsExit"] = "good", "Vitest scripts"),
        Results("TC-206", "local time in the results", j => j["timestamp"] = "2026-11-23T22:15:00.0000000-05:00"),
        Results("TC-204", "a suite that took less than nothing", j => j["suites"]![0]!["DurationMs"] = -1),
        Results("TC-745", "a suite with another exit code", j => j["suites"]![0]!["ExitCode"] = 0),
        Results("TC-745", "a suite with another log", j => j["suites"]![0]!["LogPath"] = "checks/other.log"),
        Checked("TC-746", "results that nobody names", r => { r.Set("/VitestLogs/ResultsJson", null); r.Replace("Vitest results json: vitest-results.json", "Vitest results json: not produced"); }),
        Checked("TC-746", "a log that the metadata lacks", r => { r.Set("/VitestLogs/ComfyUI", null); r.Replace("Vitest comfyUI log: " + Log, "Vitest comfyUI log: not produced"); }),
        Checked("TC-613", "a log of a check that isn't there", r => r.Delete(Log)),
        Checked("TC-821", "a failed check told as good", r => r.Replace("Vitest comfyUI exitCode=1", "Vitest comfyUI exitCode=0")),
        Checked("TC-821", "a check without its line", r => r.RemoveLine("Vitest e2e exitCode")),
        Edit("TC-821", "a line of a check that nobody ran", r => r.InsertLine("Scene summary", Stamped("Vitest e2e exitCode=0"))),
        Checked("TC-807", "a check told twice", r => r.DoubleLine("Vitest e2e exitCode")),
    ];

    /// <summary>A run with checks, nothing wrong with it.</summary>
    public static Mutation Good { get; } = Checked("", "", _ => { });

    private static Mutation Checked(string code, string what, Action<GoodRun> edit) =>
        Change(code, what, m => m with { VitestLogs = new VitestLogs(Log, null, null, RunFolder.VitestResults) }) with
        {
            Break = r =>
            {
                Lay(r);
                edit(r);
            },
        };

    private static Mutation Results(string code, string what, Action<JsonNode> edit, string? line = null) => Checked(code, what, r =>
    {
        var json = JsonNode.Parse(File.ReadAllText(r.At(RunFolder.VitestResults)))!;
        edit(json);
        File.WriteAllText(r.At(RunFolder.VitestResults), json.ToJsonString());
        if (line is not null)
        {
            r.RemoveLine(line + " exitCode"); // what has no code has no line
        }
    });

    private static void Lay(GoodRun run)
    {
        run.File(Log, "one check failed"u8);
        run.File(RunFolder.VitestResults, System.Text.Encoding.UTF8.GetBytes($$"""
            {"comfyExit":1,"e2eExit":0,"scriptsExit":0,"comfyLog":"{{Log}}","e2eLog":null,"scriptsLog":null,"runDir":"logs/{{GoodMetadata.RunId}}","timestamp":"2026-11-23T22:24:00.000Z",
             "suites":[{"Suite":"comfyUI","ExitCode":1,"DurationMs":1362,"LogPath":"{{Log}}","StartedAt":"2026-11-23T22:24:00.000Z"},{"Suite":"mine","ExitCode":3,"DurationMs":5,"LogPath":null,"StartedAt":null}]}
            """));
        foreach (var (suite, code) in new[] { ("comfyUI", 1), ("e2e", 0), ("scripts", 0) })
        {
            run.InsertLine("## Artifact Index", Stamped($"Vitest {suite} exitCode={code}"));
        }
    }

    private static string Stamped(string line) => SummaryLine.Stamped(GoodMetadata.Begin, line);
}
