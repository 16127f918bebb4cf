using System.Net;
using System.Net.Sockets;
using System.Text;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Notices;
using Dailies.Tests.Comfy;
using Dailies.Tests.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Notices;

/// <summary>The end of a run is told to a scripted server and to a command; nothing that they do reaches the run.</summary>
public sealed class NoticeRunnerTests : IDisposable
{
    private const string Secret = "s3cr3tValue";
    private readonly TempFolder _temp = new();
    private readonly List<string> _said = [];
    private readonly FakeTimeProvider _clock = new(SampleRun.At(60));

    private static RunNotice Finished => RunNotice.Of(RunState.Fold(SampleRun.Finished), 1, "20261123-221507");

    private RunFolder Run => new(_temp.Path);

    private string LogText => File.Exists(Run.At(RunFolder.Log)) ? File.ReadAllText(Run.At(RunFolder.Log)) : "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("finished", 1)]
    [InlineData("finished", 0)]
    [InlineData("stopped", 130)]
    [InlineData("stopped", 3)]
    public void A_notice_of_a_night(string night, int code)
    {
        var notice = RunNotice.Of(RunState.Fold(night == "finished" ? SampleRun.Finished : SampleRun.Stopped), code, "20261123-221507");

        Snapshot.Match($"{Encoding.UTF8.GetString(notice.ToJson())}\n{notice.Title}\n{notice.Priority} {notice.Tag}\n{notice.Summary}\n", $"{night}.{code}.notice");
    }

    [Fact]
    public async Task A_webhook_gets_JSON()
    {
        await using var server = new WireServer(_ => WireServer.Reply(204, ""));

        await TellAsync(server.Url.Replace("://", $"://ann:{Secret}@", StringComparison.Ordinal) + $"/hook?key={Secret}");

        var asked = server.Asked.ShouldHaveSingleItem();
        asked.Line.ShouldBe($"POST /hook?key={Secret}");
        asked.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        asked.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}")));
        asked.Body.ShouldBe(Encoding.UTF8.GetString(Finished.ToJson()));
        _said.ShouldBeEmpty();
        LogText.ShouldBe("2026-11-23T22:16:07.042Z --notify done\n");
    }

    [Fact]
    public async Task A_topic_of_ntfy_gets_a_sentence_with_a_title()
    {
        await using var server = new WireServer(_ => WireServer.Reply(200, "{}"));

        await TellAsync($"ntfy:{server.Url}/night");

        var asked = server.Asked.ShouldHaveSingleItem();
        (asked.Line, asked.Headers["Title"], asked.Headers["Priority"], asked.Headers["Tags"]).ShouldBe(("POST /night", Finished.Title, "4", "warning"));
        asked.Headers["Content-Type"].ShouldBe("text/plain; charset=utf-8");
        asked.Body.ShouldBe(Finished.Summary);
    }

    [Theory]
    [InlineData(403, "it answered 403")]
    [InlineData(500, "it answered 500")]
    [InlineData(307, "it answered 307, and redirects are not followed")]
    public async Task An_answer_that_is_no_yes_is_said_without_the_address(int status, string why)
    {
        await using var elsewhere = new WireServer(_ => WireServer.Reply(200, ""));
        await using var server = new WireServer(_ => WireServer.Reply(status, Secret, $"Location: {elsewhere.Url}/{Secret}\r\n"));

        await TellAsync($"{server.Url}/{Secret}");

        _said.ShouldBe([$"--notify was not delivered: {why}"]);
        LogText.ShouldBe($"2026-11-23T22:16:07.042Z --notify was not delivered: {why}\n");
        elsewhere.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_where_nobody_is_is_said()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        await TellAsync($"http://127.0.0.1:{port}/{Secret}");

        _said.ShouldBe(["--notify was not delivered: it can't be reached"]);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_ten_seconds()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();

        var telling = TellAsync($"http://127.0.0.1:{((IPEndPoint)deaf.LocalEndpoint).Port}/{Secret}");
        telling.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await telling;

        _said.ShouldBe(["--notify was not delivered: no answer within 10 s"]);
    }

    [Fact]
    public async Task A_command_finds_the_run_in_its_variables()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");

        await TellAsync(null, "printf '%s %s %s' \"$DAILIES_RUN_ID\" \"$DAILIES_STATE\" \"$DAILIES_EXIT_CODE\" > \"$DAILIES_RUN_DIR/told\"");

        File.ReadAllText(Run.At("told")).ShouldBe("20261123-221507 finished 1");
        _said.ShouldBeEmpty();
        LogText.ShouldBe("2026-11-23T22:16:07.042Z --on-finish done\n");
    }

    [Fact]
    public async Task A_command_that_fails_is_said_and_what_it_says_reaches_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");

        await TellAsync(null, $"echo {Secret}; exit 7");

        _said.ShouldBe([Secret, "--on-finish ended with exit code 7"]);
        LogText.ShouldBe("2026-11-23T22:16:07.042Z --on-finish ended with exit code 7\n");
    }

    [Fact]
    public async Task A_command_that_never_ends_is_killed_after_ten_minutes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");

        var telling = TellAsync(null, "exec sleep 3600");
        telling.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(10));
        await telling;

        _said[^1].ShouldBe("--on-finish ended with exit code 124, or was killed after 10 minutes");
    }

    [Fact]
    public async Task An_operator_who_would_not_wait_is_not_kept()
    {
        using var hurry = new CancellationTokenSource();
        await hurry.CancelAsync();

        await new NoticeRunner(new NoticeSettings(NoticeTarget.Parse($"http://127.0.0.1:9/{Secret}"), "exit 1"), Run, _clock, _said.Add).TellAsync(Finished, hurry.Token);

        _said.ShouldBe(["--notify was not delivered: the operator would not wait", "--on-finish was not run: the operator would not wait"]);
    }

    [Fact]
    public async Task A_run_folder_that_is_gone_fails_nothing()
    {
        await using var server = new WireServer(_ => WireServer.Reply(200, ""));
        var gone = new RunFolder(Path.Combine(_temp.Path, "gone"));

        await new NoticeRunner(new NoticeSettings(NoticeTarget.Parse(server.Url), null), gone, _clock, _said.Add).TellAsync(Finished, Cancel);

        server.Asked.Count.ShouldBe(1);
        _said.ShouldBeEmpty();
    }

    private Task TellAsync(string? address, string? command = null) =>
        new NoticeRunner(new NoticeSettings(address is null ? null : NoticeTarget.Parse(address), command), Run, _clock, _said.Add).TellAsync(Finished, Cancel);
}
