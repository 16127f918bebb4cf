using Dailies.Contract;
using Dailies.Control;
using Dailies.Settings;

namespace Dailies.Tests.Control;

/// <summary>The command that starts a station: who says it, who wins, and that it is written nowhere.</summary>
public class StationOptionsTests
{
    private const string Here = "http://127.0.0.1:9";
    private const string Secret = "s3cr3tValue";

    public static TheoryData<string, string?, string?, string, string?> Sources => new()
    {
        // cli, variable, dailies.json → command
        { "nobody", null, null, """{"comfy":"http://127.0.0.1:9"}""", null },
        { "the command line", "cli", "env", """{"stationStart":"general","stations":[{"url":"http://127.0.0.1:9","start":"own"}]}""", "cli" },
        { "the environment", null, "env", """{"stationStart":"general","stations":[{"url":"http://127.0.0.1:9","start":"own"}]}""", "env" },
        { "the station's own", null, null, """{"stationStart":"general","stations":[{"url":"http://127.0.0.1:9","start":"own"}]}""", "own" },
        { "the file's general one", null, null, """{"stationStart":"general","stations":[{"url":"http://127.0.0.1:9","start":null}]}""", "general" },
        { "another station's own is nothing to it", null, null, """{"comfy":"b","stations":[{"name":"a","url":"http://[::1]:8","start":"a's"},{"name":"b","url":"http://localhost:9"}]}""", null },
        { "empty says none", "", null, """{"stations":[{"url":"http://127.0.0.1:9","start":"own"}]}""", null },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task The_nearest_word_wins(string name, string? cli, string? variable, string file, string? command)
    {
        await using var run = SmallRun.Without();
        Say(run, cli, variable, file);

        var setup = run.Setup();

        setup.Faults.ShouldBeEmpty(name);
        (setup.Request!.StationStart, setup.Request.StationStartTimeout).ShouldBe((command, TimeSpan.FromSeconds(300)), name);
        setup.Request.Settings.Single(s => s.Key == "stationStart").Value.ShouldBe(command is null ? null : "(set)", name);
    }

    public static TheoryData<string, string?, string, string> Wrong => new()
    {
        { "remote", "python main.py", """{"comfy":"http://box:8188"}""", "only a station on this machine can be started" },
        { "remote in the file", null, """{"stations":[{"url":"https://10.0.0.7","start":"python s3cr3tValue"}]}""", "only a station on this machine can be started" },
        { "no text", null, """{"stations":[{"url":"http://127.0.0.1:9","start":["python","s3cr3tValue"]}]}""", "stations.start is no text" },
        { "NUL", null, """{"stations":[{"url":"http://127.0.0.1:9","start":"s3cr3tValue\u0000"}]}""", "NUL" },
        { "typed with --animatic", "python s3cr3tValue", """{"animatic":true}""", "--station-start and --animatic exclude each other" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_start_that_can_t_be_is_a_fault_that_does_not_quote_it(string name, string? cli, string file, string words)
    {
        await using var run = SmallRun.Without();
        Say(run, cli, null, file);

        var fault = run.Setup().Faults.ShouldHaveSingleItem(name);

        fault.ShouldContain(words);
        fault.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task With_storyboards_a_start_in_the_file_is_ignored_and_that_is_said()
    {
        await using var run = SmallRun.Without();
        Say(run, null, null, """{"stations":[{"url":"http://127.0.0.1:9","start":"python main.py"}]}""");

        var request = run.Set("animatic", "true").Setup().Request!;

        (request.Animatic, request.StationStart).ShouldBe((true, null));
        request.Warnings.ShouldHaveSingleItem().ShouldContain("the embedded renderer needs no start");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3601")]
    [InlineData("soon")]
    public async Task The_time_to_start_has_limits(string seconds)
    {
        await using var run = SmallRun.Without().On(Here).Set("stationStartTimeoutSeconds", seconds);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("above 0, at most 3600");
    }

    [Theory]
    [InlineData("cli")]
    [InlineData("variable")]
    [InlineData("own")]
    [InlineData("general")]
    public async Task The_command_stands_in_no_file_of_a_run(string where)
    {
        await using var run = await SmallRun.WithAsync();
        var command = $"exit 1 # {Secret}";
        var url = run.Server!.Url; // it answers, so nothing is started
        Say(run, where == "cli" ? command : null, where == "variable" ? command : null, where switch
        {
            "own" => $$"""{"stations":[{"url":"{{url}}","start":"{{command}}"}]}""",
            "general" => $$"""{"stationStart":"{{command}}"}""",
            _ => "{}",
        });

        run.Setup().Request!.StationStart.ShouldBe(command);
        (await run.RunAsync()).ExitCode.ShouldBe(0);

        run.FilesWith("(set)").ShouldNotBeEmpty("that there is one is recorded");
        run.FilesWith(Secret).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, null, null, null, 120)]
    [InlineData("now", null, null, "now", 120)]
    [InlineData(null, "env", "9", "env", 120)]
    [InlineData(null, null, "9", "own", 120)]
    [InlineData("now", null, "9", "now", 9)]
    public async Task A_resumed_run_takes_the_command_that_is_said_now(string? cli, string? variable, string? file, string? command, int timeout)
    {
        await using var run = await SmallRun.WithAsync(scenes: 1);
        await run.Set("stationStart", "the first one").Set("stationStartTimeoutSeconds", "120").RunAsync();
        var typed = new Dictionary<string, IReadOnlyList<string>>();
        if (cli is not null)
        {
            typed["stationStart"] = [cli];
        }

        if (timeout != 120)
        {
            typed["stationStartTimeoutSeconds"] = [$"{timeout}"];
        }

        var settings = file is null ? null : ReadFile(run, $$"""{"unknown":1,"stations":[{"url":"{{run.Server!.Url}}","start":"own"}]}""");
        var setup = ResumeSetup.Read(new RunFolder(run.RunDir), new SettingSources(typed, name => name == "DAILIES_STATION_START" ? variable : null, settings), new ProgramRecord("dailies", "0.0.0", null), run.Tools);

        setup.Fault.ShouldBeNull();
        (setup.Request!.StationStart, setup.Request.StationStartTimeout.TotalSeconds).ShouldBe((command, timeout));
        setup.Request.Settings.Single(s => s.Key == "stationStart").Value.ShouldBe("(set)");
    }

    [Fact]
    public async Task The_guide_s_settings_are_read()
    {
        var blocks = Repository.Read("docs/guides/supervised-station.md").Split("```json\n").Skip(1).Select(b => b.Split("```")[0]).ToList();
        blocks.Count.ShouldBe(2);
        foreach (var block in blocks)
        {
            await using var run = SmallRun.Without();
            Say(run, null, null, block);

            run.Setup().Request!.StationStart.ShouldNotBeNull().ShouldContain("main.py");
        }
    }

    private static SettingsFile ReadFile(SmallRun run, string text) => SettingsFiles.Find(run.Write("elsewhere/dailies.json", text)).File!;

    private static void Say(SmallRun run, string? cli, string? variable, string file)
    {
        run.Write("story/dailies.json", file);
        if (run.Server is null)
        {
            run.Typed.Remove("comfy");
        }

        if (cli is not null)
        {
            run.Set("stationStart", cli);
        }

        if (variable is not null)
        {
            run.Variables["DAILIES_STATION_START"] = variable;
        }
    }
}
