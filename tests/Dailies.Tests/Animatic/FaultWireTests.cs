using System.Text.Json.Nodes;
using Dailies.Animatic;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;
using static Dailies.Tests.Animatic.FaultProbe;

namespace Dailies.Tests.Animatic;

/// <summary>What each fault of a tired night looks like on the wire, and that it spares everybody else's prompts.</summary>
public class FaultWireTests
{
    private static readonly JsonObject Meant = Graphs.Scene("scene-002", 1), Spared = Graphs.Scene("scene-001", 1);

    [Theory]
    [InlineData("reset-on-post", 0, false)]
    [InlineData("reset-after-accept", 0, true)]
    [InlineData("500-but-queued", 500, true)]
    [InlineData("500", 500, false)]
    [InlineData("429", 429, false)]
    [InlineData("401", 401, false)]
    [InlineData("html-502", 502, false)]
    [InlineData("redirect", 302, false)]
    [InlineData("node-errors", 200, true)]
    [InlineData("queue-cleared", 200, false)]
    public async Task A_fault_of_the_post(string fault, int status, bool runs)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));
        await using var socket = await rig.ConnectAsync("c");

        (await PostAsync(rig, "ours", Meant)).Status.ShouldBe(status);
        (await PostAsync(rig, "other", Spared)).Status.ShouldBe(200);

        await socket.UntilDoneAsync("other");
        rig.Server.Executions.ShouldBe(runs ? 2 : 1);
        (await rig.GetAsync("/history")).AsObject().ContainsKey("ours").ShouldBe(runs);
    }

    [Fact]
    public async Task Node_errors_blame_an_output_that_the_graph_does_not_keep()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At("node-errors"));

        var answer = JsonNode.Parse((await PostAsync(rig, "ours", Meant)).Text)!;

        ((string)answer["node_errors"]!["99"]!["errors"]![0]!["type"]!).ShouldBe("required_input_missing");
    }

    [Theory]
    [InlineData("error-with-status-success", "RuntimeError", "success")]
    [InlineData("oom", "torch.OutOfMemoryError", "error")]
    [InlineData("oom-full-size", "torch.OutOfMemoryError", "error")]
    [InlineData("device-lost", "torch.AcceleratorError", "error")]
    [InlineData("interrupted", null, "error")]
    public async Task A_fault_of_the_sampler(string fault, string? exception, string status)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));

        var (_, _, entry) = await rig.RunAsync(Graphs.Shot(width: 128), Meant);
        var (_, _, spared) = await rig.RunAsync(Graphs.Shot(width: 128), Spared);

        var end = entry["status"]!["messages"]!.AsArray()[^1]!;
        ((string)end[0]!, (string?)end[1]!["exception_type"], (string)entry["status"]!["status_str"]!)
            .ShouldBe((exception is null ? "execution_interrupted" : "execution_error", exception, status));
        ((string)spared["status"]!["status_str"]!).ShouldBe("success");
    }

    [Fact]
    public async Task Out_of_memory_speaks_as_torch_does_and_a_small_latent_still_fits()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: [At("oom"), new Fault(FaultKind.OutOfMemoryFullSize)]);

        var (_, _, entry) = await rig.RunAsync(Graphs.Shot(), Meant);
        var (_, _, small) = await rig.RunAsync(Graphs.Shot(), Spared);

        var recorded = JsonNode.Parse(Recordings.Body("history.error.out-of-memory.json"))!.AsObject().First().Value!;
        ((string)End(entry)["exception_message"]!).ShouldBe(((string)End(recorded)["exception_message"]!).Replace(" (lab)", "", StringComparison.Ordinal));
        ((string)small["status"]!["status_str"]!).ShouldBe("success");
    }

    [Theory]
    [InlineData("truncated-json", "", false)]
    [InlineData("bare-nan", "\"loss\":NaN", false)]
    [InlineData("huge-history", "\"padding\":\"xxx", true)]
    [InlineData("status-null", "\"status\":null", true)]
    [InlineData("cached-without-outputs", "\"outputs\":{}", true)]
    public async Task A_fault_of_the_history(string fault, string part, bool json)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "ours", Meant);
        await socket.UntilDoneAsync("ours");

        var text = (await rig.SendAsync(HttpMethod.Get, "/history/ours")).Text;

        text.ShouldContain(part);
        IsJson(text).ShouldBe(json);
        (text.Length > 50_000_000).ShouldBe(fault == "huge-history");
        (await rig.SendAsync(HttpMethod.Get, "/api/jobs")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_evicted_entry_was_never_there()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At("history-evicted"));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "ours", Meant);
        (await socket.UntilDoneAsync("ours")).ShouldContain(f => RigSocket.TypeOf(f) == "execution_success");

        (await rig.GetAsync("/history/ours")).AsObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_entry_keeps_the_prompt_in_the_queue_after_its_success()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var rig = await AnimaticRig.StartAsync(clock, faults: At("history-late"));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "ours", Meant);
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "execution_success");

        (await rig.GetAsync("/history/ours")).AsObject().ShouldBeEmpty();
        (await rig.GetAsync("/queue"))["queue_running"]!.AsArray().Count.ShouldBe(1);
        await PassAsync(clock, socket.UntilDoneAsync("ours"));
        (await rig.GetAsync("/history/ours")).AsObject().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("stuck", true)]
    [InlineData("dead-worker", false)]
    public async Task What_hangs_heeds_an_interrupt_or_not(string fault, bool heeds)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "ours", Meant);
        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count == 1);

        await rig.SendAsync(HttpMethod.Post, "/interrupt", """{"prompt_id":"ours"}""");

        if (heeds)
        {
            (await socket.UntilDoneAsync("ours")).ShouldContain(f => RigSocket.TypeOf(f) == "execution_interrupted");
        }
        else
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, rig.Cancel); // time in which it does not help
        }

        (await rig.GetAsync("/queue"))["queue_running"]!.AsArray().Count.ShouldBe(heeds ? 0 : 1);
    }

    [Fact]
    public async Task A_stranger_ahead_takes_a_minute_and_ends_well()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var rig = await AnimaticRig.StartAsync(clock, faults: At("stranger-ahead"));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "ours", Meant);
        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count == 1);

        ((string)(await rig.GetAsync("/queue"))["queue_running"]![0]![1]!).ShouldBe("somebody-elses-prompt");
        var frames = await PassAsync(clock, socket.UntilDoneAsync("ours"));

        ((long)frames.First(f => RigSocket.TypeOf(f) == "execution_start")["data"]!["timestamp"]!).ShouldBeGreaterThanOrEqualTo(60_000);
        ((string)(await rig.GetAsync("/history"))["somebody-elses-prompt"]!["status"]!["status_str"]!).ShouldBe("success");
        rig.Server.Executions.ShouldBe(1);
    }

    [Fact]
    public async Task Slow_answers_come_after_three_seconds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var rig = await AnimaticRig.StartAsync(clock, faults: new Fault(FaultKind.SlowAnswers));

        var answer = rig.GetAsync("/queue");
        await PassAsync(clock, answer);

        clock.GetUtcNow().ShouldBeGreaterThanOrEqualTo(DateTimeOffset.UnixEpoch.AddSeconds(3));
    }

    [Fact]
    public async Task A_flood_of_previews_comes_with_the_prompt_it_is_meant_for()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At("preview-flood"));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "other", Spared);
        await socket.UntilDoneAsync("other");
        socket.Previews.ShouldBe(0);

        await PostAsync(rig, "ours", Meant);
        await socket.UntilDoneAsync("ours");

        socket.Previews.ShouldBe(3000);
    }

    [Theory]
    [InlineData("fewer-frames", 2, 2)]
    [InlineData("short-list", 3, 2)]
    public async Task A_fault_of_the_count(string fault, int saved, int announced)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));

        var (_, _, entry) = await rig.RunAsync(Graphs.Shot(frames: 3, prefix: "ours"), Meant);

        entry["outputs"]!["9"]!["images"]!.AsArray().Count.ShouldBe(announced);
        Directory.GetFiles(rig.Output, "ours*.png").Length.ShouldBe(saved);
    }

    [Theory]
    [InlineData("torn-file", "image/png", new[] { true, false }, 2)]
    [InlineData("wrong-content-type", "text/html", new[] { true, true }, 2)]
    [InlineData("black-frames", "image/png", new[] { true, true }, 2)]
    [InlineData("dark-frames", "image/png", new[] { true, true }, 2)]
    [InlineData("escaping-name", "image/png", new[] { true, true }, 4)]
    public async Task A_fault_of_the_files(string fault, string type, bool[] whole, int announced)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));

        var (_, _, entry) = await rig.RunAsync(Graphs.Shot(frames: 2), Meant);

        var images = entry["outputs"]!["9"]!["images"]!.AsArray();
        images.Count.ShouldBe(announced);
        images.Skip(2).Select(i => (string)i!["filename"]!).ShouldBe(announced > 2 ? ["../../evil.png", "C:\\evil.png"] : []);
        foreach (var (image, isWhole) in images.Zip(whole))
        {
            using var reply = await rig.Http.GetAsync($"/view?filename={image!["filename"]}&subfolder={image["subfolder"]}", rig.Cancel);
            var bytes = await reply.Content.ReadAsByteArrayAsync(rig.Cancel);
            reply.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            (bytes.AsSpan().IndexOf("IEND"u8) > 0).ShouldBe(isWhole);
            if (fault is "black-frames" or "dark-frames")
            {
                using var picture = SKBitmap.Decode(bytes);
                picture.Pixels.ShouldAllBe(p => p == (fault == "dark-frames" ? new SKColor(2, 2, 2) : SKColors.Black));
            }
        }
    }
}
