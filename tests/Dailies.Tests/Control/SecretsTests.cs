using Dailies.Tests.Comfy;

namespace Dailies.Tests.Control;

/// <summary>What opens a station is sent to it, and stands in no file of a run, nor in a fault.</summary>
public class SecretsTests
{
    private const string Secret = "s3cr3tValue";

    [Theory]
    [InlineData("url", "")]
    [InlineData("url", "error@scene-001:1")]
    [InlineData("url", "no-socket,refuse")]
    [InlineData("variable", "")]
    [InlineData("file", "")]
    [InlineData("expanded", "error")]
    public async Task A_secret_reaches_no_file_of_the_run(string where, string faults)
    {
        await using var run = await SmallRun.WithAsync(faults);
        Give(run, where, run.Server!.Url);

        var result = await run.RunAsync();

        result.Verdict.Findings.ShouldBeEmpty();
        run.FilesWith("scene-001").ShouldNotBeEmpty("the search itself works");
        run.FilesWith(Secret).ShouldBeEmpty();
        run.FilesWith(Convert.ToBase64String("ann:s3cr3tValue"u8)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("url", "Basic YW5uOnMzY3IzdFZhbHVl")]
    [InlineData("variable", "Bearer s3cr3tValue")]
    [InlineData("file", "Bearer s3cr3tValue")]
    [InlineData("expanded", "Bearer s3cr3tValue")]
    public async Task A_secret_reaches_the_station_with_every_request_and_no_file_when_it_says_no(string where, string header)
    {
        await using var server = new WireServer(_ => WireServer.Reply(401, "who are you?"));
        await using var run = SmallRun.Without();
        Give(run, where, server.Url);

        var result = await run.RunAsync();

        result.ExitCode.ShouldBe(3);
        server.Asked.ShouldNotBeEmpty();
        server.Asked.ShouldAllBe(r => r.Headers["Authorization"] == header);
        run.FilesWith("scene-001").ShouldNotBeEmpty("the search itself works");
        run.FilesWith(Secret).ShouldBeEmpty();
        run.FilesWith(header).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://ann:s3cr3tValue@box")]
    [InlineData("http://ann:s3cr3tValue@")]
    [InlineData("http://ann:s3cr3tValue@box:99999")]
    [InlineData("ann:s3cr3tValue@bo x")]
    [InlineData("ftp://box?token=s3cr3tValue")]
    public async Task A_wrong_url_is_named_without_its_secret(string url)
    {
        await using var run = SmallRun.Without().On(url);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_header_that_can_t_be_sent_is_named_without_its_value()
    {
        await using var run = SmallRun.Without().On("http://box");
        run.Variables["DAILIES_STATION_HEADERS"] = "Content-Type: s3cr3tValue\nno colon s3cr3tValue";

        var faults = run.Setup().Faults;

        faults.Count.ShouldBe(2);
        faults.ShouldAllBe(f => !f.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_a_fault()
    {
        await using var run = SmallRun.Without();
        run.Write("story/dailies.json", """{"stations":[{"url":"http://box","headers":{"Authorization":"Bearer ${NOT_SET}"}}]}""");

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("NOT_SET");
    }

    [Fact]
    public async Task Bug_credentials_in_the_url_of_an_LLM_reach_no_file()
    {
        await using var run = await SmallRun.WithAsync();
        run.Variables["LOCAL_STORY_PROVIDER_URL"] = "http://ann:s3cr3tValue@llm.test/v1?key=s3cr3tValue";

        await run.RunAsync();

        run.FilesWith("llmUrl").ShouldNotBeEmpty();
        run.FilesWith(Secret).ShouldBeEmpty();
    }

    private static void Give(SmallRun run, string where, string url)
    {
        switch (where)
        {
            case "url":
                run.On(url.Replace("http://", $"http://ann:{Secret}@", StringComparison.Ordinal) + $"?token={Secret}#{Secret}");
                break;
            case "variable":
                run.Variables["DAILIES_STATION_HEADERS"] = $"Authorization: Bearer {Secret}\nX-Key: {Secret}";
                run.On(url);
                break;
            default:
                run.Variables["TOKEN"] = Secret;
                var token = where == "file" ? Secret : "${TOKEN}";
                run.Write("story/dailies.json", $$$"""{"stations":[{"name":"box","url":"{{{url}}}","headers":{"Authorization":"Bearer {{{token}}}"}}]}""");
                run.Typed.Remove("comfy");
                break;
        }
    }
}
