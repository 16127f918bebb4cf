using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Tests.Comfy;
using Dailies.Tests.Control;

namespace Dailies.Tests.Cli;

/// <summary><c>--notify</c> and <c>--on-finish</c> of a real run: they come after everything, and change nothing of it.</summary>
public class NotifyTests
{
    private const string Secret = "s3cr3tValue";

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task The_end_is_told_and_its_secrets_stand_in_no_file(int status)
    {
        await using var server = new WireServer(_ => WireServer.Reply(status, ""));
        await using var run = await SmallRun.WithAsync("error@scene-002");
        var variables = new Dictionary<string, string> { ["DAILIES_NOTIFY"] = $"{server.Url}/{Secret}", ["DAILIES_ON_FINISH"] = $"dotnet --{Secret}" };

        var outcome = await CliProcess.RunAsync(run.Folder, variables, "run", "story", "--comfy", run.Server!.Url, "--scene-history-poll-interval-seconds", "0.1");

        outcome.ExitCode.ShouldBe(1, outcome.All);
        var told = JsonNode.Parse(server.Asked.ShouldHaveSingleItem().Body)!;
        ((string)told["state"]!, (int)told["exitCode"]!, (int)told["scenesDone"]!, (int)told["scenesFailed"]!).ShouldBe(("finished", 1, 1, 1));
        var folder = Path.Combine(run.Folder, "logs", (string)told["runDir"]!);
        File.ReadAllText(Path.Combine(folder, RunFolder.LedgerExport)).ShouldContain("""{"Key":"notify","Value":"(set)","Origin":"env""");
        File.ReadAllText(Path.Combine(folder, RunFolder.Log)).ShouldContain($"--notify {(status == 200 ? "done" : "was not delivered: it answered 500")}\n");
        outcome.Errors.ShouldContain("--on-finish ended with exit code ");
        run.FilesWith("scene-001").ShouldNotBeEmpty("the search itself works");
        run.FilesWith(Secret).ShouldBeEmpty();
        (await CliProcess.RunAsync(run.Folder, new Dictionary<string, string>(), "validate", "latest")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_is_taken_up_tells_whom_it_is_told_to_tell_now()
    {
        await using var server = new WireServer(_ => WireServer.Reply(200, ""));
        await using var run = await SmallRun.WithAsync("error@scene-002*2");
        await run.Set("notify", "http://127.0.0.1:9/" + Secret).RunAsync();

        var outcome = await CliProcess.RunAsync(run.Folder, new Dictionary<string, string>(), "retry", run.RunDir, "2", "--comfy", run.Server!.Url, "--notify", "ntfy:" + server.Url + "/night");

        outcome.ExitCode.ShouldBe(0, outcome.All);
        server.Asked.ShouldHaveSingleItem().Headers["Tags"].ShouldBe("white_check_mark");
        run.FilesWith(Secret).ShouldBeEmpty();
    }
}
