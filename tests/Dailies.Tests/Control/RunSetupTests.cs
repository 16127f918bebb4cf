namespace Dailies.Tests.Control;

/// <summary>What a run reads before it starts: every fault at once, and who wins when two say different things.</summary>
/// <remarks>dailies.json in the working folder is not tested here: the process has one working folder, and the tests run side by side.</remarks>
public class RunSetupTests
{
    private const string Somewhere = "http://127.0.0.1:9";

    [Fact]
    public async Task Bug_a_name_that_stands_twice_in_a_rung_says_what_it_said_last()
    {
        await using var run = SmallRun.Without().On(Somewhere);
        run.Write("story/dailies.json", """{"ladder": [{"name": "half", "set": {"width": 64, "width": 32}}]}""");
        run.Write("story/workflow.bindings.json", """{"width": "5.width"}""");

        run.Setup().Request!.Ladder.ShouldHaveSingleItem().Set["width"].GetValue<int>().ShouldBe(32);
    }

    [Fact]
    public async Task All_faults_come_at_once()
    {
        await using var run = SmallRun.Without();
        run.Write("story/story.json", """{"storyId":"x","scenes":[{"title":"no prompt","expectedFrames":"many"}""");
        run.Write("story/workflow.json", """{"nodes":[],"links":[]}""");
        run.Write("story/dailies.json", """{"sceneRetryBudgt":2,"comfy":"ftp://box"}""");
        run.Set("sceneRetryBudget", "11").Set("fps", "fast").Set("seed", "-1").Set("set", "novalue");

        var setup = run.Setup();

        setup.Request.ShouldBeNull();
        foreach (var words in new[] { "story.json", "workflow.json", "sceneRetryBudgt", "ftp://box", "sceneRetryBudget is '11'", "fps is 'fast'", "seed is '-1'", "'novalue'" })
        {
            setup.Faults.ShouldContain(f => f.Contains(words, StringComparison.Ordinal), words);
        }

        setup.Faults.ShouldContain(f => f.Contains("allowed: sceneRetryBudget, if that was meant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_good_setting_has_no_faults()
    {
        await using var run = SmallRun.Without(scenes: 3).On(Somewhere);

        var setup = run.Setup();

        setup.Faults.ShouldBeEmpty();
        (setup.Request!.Selected.Count, setup.Request.Station!.Shown, setup.Request.StationName, setup.Request.Animatic).ShouldBe((3, Somewhere, "station-1", false));
    }

    public static TheoryData<string, string?, string?, string?, string?, string?, string?> Renderers => new()
    {
        // cli comfy, cli animatic, env comfy, file comfy, file animatic → station shown ("animatic" for the embedded one), fault
        { "none", null, null, null, null, null, "no station" },
        { "cli animatic", null, "true", null, null, "animatic", null },
        { "cli comfy", "http://cli", null, null, null, "http://cli", null },
        { "both on the cli", "http://cli", "true", null, null, null, "exclude each other" },
        { "cli beats the file's animatic", "http://cli", null, null, "true", "http://cli", null },
        { "env beats the file's animatic", null, null, "http://env", "true", "http://env", null },
        { "cli animatic beats env", null, "true", "http://env", null, "animatic", null },
        { "file animatic", null, null, null, "true", "animatic", null },
        { "cli says no to the file's animatic", null, "false", null, "true", null, "no station" },
    };

    [Theory]
    [MemberData(nameof(Renderers))]
    public async Task Who_renders_is_said_and_never_guessed(string name, string? comfy, string? animatic, string? variable, string? file, string? renderer, string? fault)
    {
        await using var run = SmallRun.Without();
        if (comfy is not null)
        {
            run.On(comfy);
        }

        if (animatic is not null)
        {
            run.Set("animatic", animatic);
        }

        if (variable is not null)
        {
            run.Variables["DAILIES_COMFY"] = variable;
        }

        if (file is not null)
        {
            run.Write("story/dailies.json", $$"""{"animatic": {{file}}}""");
        }

        var setup = run.Setup();

        (setup.Request is { } request ? request.Animatic ? "animatic" : request.Station!.Shown : null).ShouldBe(renderer, name);
        setup.Faults.Count.ShouldBe(fault is null ? 0 : 1, name);
        setup.Faults.ShouldAllBe(f => f.Contains(fault!, StringComparison.Ordinal), name);
    }

    [Theory]
    [InlineData("""{"comfy":"http://file"}""", "http://file", "station-1")]
    [InlineData("""{"stations":[{"name":"box","url":"http://named"}]}""", "http://named", "box")]
    [InlineData("""{"comfy":"box","stations":[{"name":"other","url":"http://other"},{"name":"box","url":"http://named"}]}""", "http://named", "box")]
    [InlineData("""{"comfy":"http://named/","stations":[{"name":"box","url":"http://named"}]}""", "http://named", "box")]
    public async Task A_station_of_the_file_is_found_by_name_or_url(string file, string shown, string name)
    {
        await using var run = SmallRun.Without();
        run.Write("story/dailies.json", file);

        var setup = run.Setup();

        setup.Faults.ShouldBeEmpty();
        (setup.Request!.Station!.Shown, setup.Request.StationName).ShouldBe((shown, name));
    }

    [Theory]
    [InlineData("3.steps=7")]
    [InlineData("steps=7")]
    [InlineData("checkpoint=other.safetensors")]
    public async Task A_value_that_hits_is_taken(string set)
    {
        await using var run = SmallRun.Without().On(Somewhere).Set("set", set);

        run.Setup().Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("novalue", "name=value")]
    [InlineData("=7", "name=value")]
    [InlineData("99.steps=7", "99.steps")]
    [InlineData("stepz=7", "stepz")]
    [InlineData("text=two nodes have one", "text")]
    [InlineData("cfg=", "takes a number")]
    public async Task A_value_that_misses_is_a_fault(string set, string words)
    {
        await using var run = SmallRun.Without().On(Somewhere).Set("set", set);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain(words);
    }

    [Fact]
    public async Task A_scene_s_own_value_that_misses_names_the_scene()
    {
        await using var run = SmallRun.Without().On(Somewhere);
        run.Write("story/story.json", """{"storyId":"x","scenes":[{"title":"a","prompt":"p"},{"title":"b","prompt":"p","set":{"stepz":3}}]}""");

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("scene-002 set");
    }

    [Theory]
    [InlineData("2", "scene-002")]
    [InlineData("1,3", "scene-001 scene-003")]
    [InlineData("3,1", "scene-001 scene-003")]
    [InlineData("2-4", "scene-002 scene-003 scene-004")]
    [InlineData(" scene-002 , 2-3 ", "scene-002 scene-003")]
    public async Task Scenes_are_chosen_in_story_order(string scenes, string chosen)
    {
        await using var run = SmallRun.Without(scenes: 4).On(Somewhere).Set("scenes", scenes);

        string.Join(' ', run.Setup().Request!.Selected.Select(s => s.Id)).ShouldBe(chosen);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("3-2")]
    [InlineData("1-5")]
    [InlineData("")]
    [InlineData("1,,2")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("two")]
    public async Task Scenes_that_are_not_there_are_a_fault(string scenes)
    {
        await using var run = SmallRun.Without(scenes: 4).On(Somewhere).Set("scenes", scenes);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("from 1 to 4");
    }

    [Fact]
    public async Task Only_the_chosen_scenes_are_rendered_and_recorded()
    {
        await using var run = await SmallRun.WithAsync(scenes: 3);

        var result = await run.Set("scenes", "3,1").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2));
        run.Metadata["Scenes"]!.AsArray().Select(s => (string)s!["SceneId"]!).ShouldBe(["scene-001", "scene-003"]);
    }

    [Fact]
    public async Task Settings_beside_the_story_are_found_from_the_file_and_from_the_folder()
    {
        await using var run = SmallRun.Without().On(Somewhere);
        run.Write("story/dailies.json", """{ /* a remark */ "fps": 12, }""");

        run.Setup().Request!.Fps.ShouldBe(12);
        run.Setup(Path.Combine(run.Story, "story.json")).Request!.Fps.ShouldBe(12);
        run.Set("fps", "30").Setup().Request!.Fps.ShouldBe(30);
    }

    [Theory]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{", "broken JSON")]
    [InlineData("", "broken JSON")]
    public async Task A_broken_settings_file_is_a_fault(string text, string words)
    {
        await using var run = SmallRun.Without().On(Somewhere);
        run.Write("story/dailies.json", text);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain(words);
    }

    [Theory]
    [InlineData("/no/such/workflow.json", "workflow")]
    [InlineData("", "workflow")]
    public async Task A_workflow_that_is_not_there_is_a_fault(string path, string words)
    {
        await using var run = SmallRun.Without().On(Somewhere).Set("workflow", path);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain(words);
    }

    [Theory]
    [InlineData("runsDir")]
    [InlineData("publicDir")]
    public async Task Bug_a_folder_without_a_name_is_a_fault_and_no_crash(string option)
    {
        await using var run = SmallRun.Without().On(Somewhere).Set(option, "");

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain(option);
    }

    [Fact]
    public async Task A_workflow_in_the_settings_counts_from_their_file()
    {
        await using var run = SmallRun.Without().On(Somewhere);
        run.Write("graphs/mine.json", Tests.Animatic.Graphs.Shot().ToJsonString());
        run.Write("story/dailies.json", """{"workflow":"../graphs/mine.json"}""");

        var setup = run.Setup();

        setup.Faults.ShouldBeEmpty();
        Path.GetFullPath(setup.Request!.WorkflowFile).ShouldBe(Path.Combine(run.Folder, "graphs", "mine.json"));
    }

    [Fact]
    public async Task The_pause_between_looks_must_be_below_the_max_wait()
    {
        await using var run = SmallRun.Without().On(Somewhere).Set("sceneMaxWaitSeconds", "1").Set("sceneHistoryPollIntervalSeconds", "1");

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("below sceneMaxWaitSeconds");
    }

    [Fact]
    public async Task One_seed_for_all_is_what_every_scene_gets()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);

        var result = await run.Set("seed", "18446744073709551615").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0));
        result.State.Scenes.Values.SelectMany(s => s.Attempts).ShouldAllBe(a => a.Seed == ulong.MaxValue);
        run.Metadata["Scenes"]!.AsArray().ShouldAllBe(s => s!["Attempts"]![0]!["Seed"]!.GetValue<ulong>() == ulong.MaxValue);
    }
}
