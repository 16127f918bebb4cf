namespace Dailies.EndToEnd;

/// <summary>Which words reach the program, and which program is started. It is a stand-in here that prints its words and ends with 7.</summary>
[Collection(ScriptsRunAlone.Name)]
public class ScriptWordsTests
{
    private const int Code = 7;
    private const string Shell = "the stand-in is a shell script";

    public static TheoryData<string, string, string[]> Lines => new()
    {
        { "run-comfyui-e2e", "tale.fountain", ["run", "tale.fountain"] },
        {
            "run-comfyui-e2e", "-Story 'my tale.fountain' -SceneRetryBudget 1 -SceneMaxWaitSeconds 600 -SceneHistoryPollIntervalSeconds 0.5 -FastIteration",
            ["run", "my tale.fountain", "--scene-retry-budget=1", "--scene-max-wait-seconds=600", "--scene-history-poll-interval-seconds=0.5", "--fast-iteration"]
        },
        { "run-comfyui-e2e", "t -FastIteration:$false -WaitForDoneMarker $true -NoVideo", ["run", "t", "--fast-iteration=false", "--wait-for-done-marker=true", "--no-video"] },
        { "run-comfyui-e2e", "t -WaitForDoneMarker auto -SceneRetryBudget -1", ["run", "t", "--wait-for-done-marker=auto", "--scene-retry-budget=-1"] },
        { "run-comfyui-e2e", "t -ComfyUrl http://a:1,http://b:2 -Set 'a=b c','d=e'", ["run", "t", "--comfy=http://a:1", "--comfy=http://b:2", "--set=a=b c", "--set=d=e"] },
        { "run-comfyui-e2e", """t -Name 'She said "go" \' -Seed 18446744073709551615 -Verbose""", ["run", "t", """--name=She said "go" \""", "--seed=18446744073709551615"] },
        { "queue-real-workflow", "t -ComfyUrl http://a:1 -Workflow 'w 1.json'", ["run", "t", "--comfy=http://a:1", "--workflow=w 1.json"] },
        { "validate-run-summary", "", ["validate", "latest"] },
        { "validate-run-summary", "-RunDir 'a b',c -RunsDir 'my runs' -Format json", ["validate", "a b", "c", "--runs-dir=my runs", "--format=json"] },
        { "verify-telemetry-contract", "x", ["validate", "x"] },
        { "generate-done-markers", "-Dir /a,'/b c' -StableSeconds 2", ["sentinel", "--once", "--dir=/a", "--dir=/b c", "--stable-seconds=2"] },
        {
            "install-sentinel-service", "-Dir '/b c' -Folder '/w x' -DryRun -FastIteration",
            ["service", "install", "sentinel", "--folder=/w x", "--dry-run", "--", "--dir=/b c", "--fast-iteration"]
        },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task What_is_bound_becomes_options_and_nothing_else(string script, string parameters, string[] words)
    {
        using var dailies = new DailiesProgram();
        var program = ("DAILIES", StandIn(dailies.Folder, "stand in"));
        foreach (var passing in new[] { "", "$PSNativeCommandArgumentPassing = 'Legacy'; " })
        {
            var run = await ScriptRun.OfAsync(dailies.Folder, $"{passing}{ScriptRun.Call(script)} {parameters}", program);
            (run.ExitCode, run.Errors).ShouldBe((Code, ""), run.Output);
            run.Output.Split('\n').ShouldBe(words.Select(w => $"[{w}]"), passing);
        }
    }

    [Fact]
    public async Task Without_the_variable_the_repositorys_run_is_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Shell);
        using var dailies = new DailiesProgram();
        var root = Directory.CreateDirectory(Path.Combine(dailies.Folder, "a clone")).FullName;
        CopyScripts(root);
        var line = $"& '{root}/scripts/run-comfyui-e2e.ps1'";
        var without = await ScriptRun.OfAsync(dailies.Folder, line, ("DAILIES", null));
        without.ExitCode.ShouldBe(2, without.All);
        without.Errors.ShouldContain($"there is no {root}/run");

        StandIn(root, "run");
        var run = await ScriptRun.OfAsync(dailies.Folder, line, ("DAILIES", null));
        (run.ExitCode, run.Output, run.Errors).ShouldBe((Code, $"[run]\n[{root}/examples/lighthouse]", ""));
    }

    [Fact]
    public async Task A_program_that_does_not_start_is_named()
    {
        using var dailies = new DailiesProgram();
        var run = await ScriptRun.OfAsync(dailies.Folder, ScriptRun.Call("validate-run-summary"), ("DAILIES", "/nowhere/dailies"));
        run.ExitCode.ShouldBe(2, run.All);
        run.Errors.ShouldContain("/nowhere/dailies does not start");
    }

    [Fact]
    public async Task The_callers_preferences_make_no_exception_of_an_exit_code()
    {
        using var dailies = new DailiesProgram();
        var program = ("DAILIES", StandIn(dailies.Folder, "stand in", "echo words >&2"));
        const string Strict = "$ErrorActionPreference = 'Stop'; $PSNativeCommandUseErrorActionPreference = $true; Set-StrictMode -Version Latest; ";
        var run = await ScriptRun.OfAsync(dailies.Folder, Strict + ScriptRun.Call("validate-run-summary"), program);
        (run.ExitCode, run.Errors).ShouldBe((Code, "words"), run.Output);
    }

    private static string StandIn(string folder, string name, string first = "")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Shell);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{first}\nprintf '[%s]\\n' \"$@\"\nexit {Code}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static void CopyScripts(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "scripts"));
        foreach (var file in Directory.EnumerateFiles(ScriptRun.Folder))
        {
            File.Copy(file, Path.Combine(root, "scripts", Path.GetFileName(file)));
        }
    }
}
