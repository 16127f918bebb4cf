using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Settings;
using Dailies.Tests.Animatic;

namespace Dailies.Tests.Control;

/// <summary>Runs of a graph with two savers: node 9 saves the shot's two frames, node 10 three grey ones.</summary>
public class TakeNodeRunTests
{
    [Theory]
    [InlineData("9", 2, "the take is what node 9 saved; not fetched: node 10 (3 files)")]
    [InlineData("10", 3, "the take is what node 10 saved; not fetched: node 9 (2 files)")]
    public async Task The_take_is_what_the_named_node_saved_and_nothing_else(string node, int frames, string warning)
    {
        await using var run = await WithAsync(node);

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0));
        var scene = run.Scene(1);
        ((int)scene["FrameCount"]!, (int)scene["AnnouncedFrames"]!, (string?)scene["FrameSource"]).ShouldBe((frames, frames, FrameSource.Files));
        scene["Warnings"]!.AsArray().Select(w => (string)w!).ShouldContain(warning);
        Directory.GetFiles(Path.Combine(run.RunDir, RunFolder.Frames("scene-001", 1))).Length.ShouldBe(frames);
        result.State.Scenes["scene-001"].Described!.Take!.Node.ShouldBe(node);
        result.State.Plan!.Workflow.Bound.ShouldContain($"take: node {node}");
    }

    [Fact]
    public async Task A_node_that_saved_nothing_is_a_failure_that_says_so()
    {
        await using var run = await WithAsync("3");

        var result = await run.Set("sceneRetryBudget", "0").Set("scenePostExecutionTimeoutSeconds", "0").RunAsync();

        result.ExitCode.ShouldBe(1);
        var scene = run.Scene(1);
        ((string?)scene["Telemetry"]!["FailureKind"], (string?)scene["Telemetry"]!["HistoryExitReason"]).ShouldBe((FailureKind.OutputsMissing, ExitReason.PostExecution));
        run.Summary.ShouldContain("node 3, which the bindings name as the take, saved nothing; the history announces files of node ");
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_found_before_the_night()
    {
        await using var run = await WithAsync("12");

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("take is \"12\", but the workflow has no node 12.");
    }

    [Fact]
    public async Task A_run_that_is_taken_up_again_knows_the_node()
    {
        await using var run = await WithAsync("9");
        await run.RunAsync();
        var typed = new Dictionary<string, IReadOnlyList<string>> { ["comfy"] = [run.Server!.Url] };

        ResumeSetup.Read(new RunFolder(run.RunDir), new SettingSources(typed, _ => null, null), new ProgramRecord("dailies", "0", null), run.Tools).Request!.Binding.Take.ShouldBe("9");
    }

    [Theory]
    [InlineData("9", 1)]
    [InlineData("10", 2)]
    public async Task A_take_of_another_node_is_not_kept(string then, int executions)
    {
        await using var run = await WithAsync("9");
        var first = (await run.RunAsync()).RunDir;
        Bind(run, then);

        var result = await run.Set("from", first).RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, executions));
    }

    private static async Task<SmallRun> WithAsync(string node)
    {
        var run = await SmallRun.WithAsync(scenes: 1);
        var graph = Graphs.Shot(steps: 1);
        graph["10"] = JsonNode.Parse("""{"class_type": "SaveImage", "inputs": {"images": ["11", 0], "filename_prefix": "other"}}""");
        graph["11"] = JsonNode.Parse("""{"class_type": "EmptyImage", "inputs": {"width": 32, "height": 32, "batch_size": 3, "color": 8421504}}""");
        run.Write("story/workflow.json", graph.ToJsonString());
        Bind(run, node);
        return run;
    }

    private static void Bind(SmallRun run, string node) => run.Write("story/workflow.bindings.json", $$"""{"take": "{{node}}"}""");
}
