using System.Text.Json.Nodes;

namespace Dailies.EndToEnd;

/// <summary>Producer and consumer as processes of their own: the renderer announces nothing and writes its frames late, slowly, in any order, some half at first; a run takes them from its folder.</summary>
public class FolderTakeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Scenes => Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1" ? 200 : 30;

    [Fact]
    public async Task With_a_sentinel_every_take_is_whole_and_has_one_marker()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) ends the sentinel");
        using var dailies = new DailiesProgram();
        var output = Directory.CreateDirectory(Path.Combine(dailies.Folder, "output")).FullName;
        using var sentinel = dailies.Start("sentinel", "--dir", output, "--fast-iteration", "--json");
        await sentinel.ReadUntilAsync("Watching");
        try
        {
            var metadata = await RenderAsync(dailies, output);

            foreach (var scene in metadata)
            {
                var telemetry = scene["Telemetry"]!;
                ((bool)telemetry["DoneMarkerDetected"]!, (bool)telemetry["ForcedCopyTriggered"]!).ShouldBe((true, false), (string)scene["SceneId"]!);
            }

            Directory.EnumerateFiles(output, "*.done*", SearchOption.AllDirectories).Count().ShouldBe(Scenes);
        }
        finally
        {
            sentinel.Kill();
        }
    }

    [Fact]
    public async Task Without_any_marker_every_take_is_whole_by_stability_or_says_that_it_was_forced()
    {
        using var dailies = new DailiesProgram();
        var output = Directory.CreateDirectory(Path.Combine(dailies.Folder, "output")).FullName;

        var metadata = await RenderAsync(dailies, output);

        foreach (var scene in metadata)
        {
            var notes = scene["Telemetry"]!["System"]!["FallbackNotes"]!.AsArray().Select(n => (string)n!).ToList();
            notes.Any(n => n.StartsWith("Forced copy", StringComparison.Ordinal)).ShouldBe((bool)scene["Telemetry"]!["ForcedCopyTriggered"]!);
        }

        Directory.EnumerateFiles(output, "*.done*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<JsonNode>> RenderAsync(DailiesProgram dailies, string output)
    {
        const int frames = 25;
        using var renderer = await Renderer.StartAsync(dailies, "--output", output, "--fault", "late-files");
        var scenes = Enumerable.Range(1, Scenes).Select(n => $$"""{"title":"Shot {{n}}","prompt":"a lighthouse, view {{n}}","expectedFrames":{{frames}}}""");
        var story = dailies.Write("story.json", $$"""{"storyId":"late","scenes":[{{string.Join(',', scenes)}}]}""");
        dailies.Write("workflow.json", """
            {"1":{"class_type":"EmptyImage","inputs":{"width":64,"height":64,"batch_size":25,"color":8421504}},
             "9":{"class_type":"SaveImage","inputs":{"images":["1",0],"filename_prefix":"x"}}}
            """);
        dailies.Write("workflow.bindings.json", """{"frames":"1.batch_size"}""");
        var result = await dailies.RunAsync(
            "run", story, "--workflow", "workflow.json", "--comfy", renderer.Url, "--collect", "folder", "--comfy-output", output, "--fast-iteration", "--no-video", "--no-archive", "--gate", "off");

        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
        result.StandardOutput.ShouldContain("contract kept");
        var metadata = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(dailies.LatestRun(), "artifact-metadata.json"), Cancel))![nameof(Scenes)]!.AsArray().Select(s => s!).ToList();
        metadata.Count.ShouldBe(Scenes);
        foreach (var scene in metadata)
        {
            ((int)scene["FrameCount"]!, scene["Frames"]!.AsArray().Count, (bool)scene["Success"]!).ShouldBe((frames, frames, true), (string)scene["SceneId"]!);
        }

        return metadata;
    }
}
