using System.Net;
using System.Text;
using Dailies.Contract;
using Dailies.Telemetry;
using Dailies.Tests.Comfy;
using Dailies.Tests.Contract;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Telemetry;

/// <summary>What a station and nvidia-smi say before and after an attempt → name, figures and notes of its telemetry.</summary>
public class GpuProbeTests
{
    private const string Idle = """{"queue_running":[],"queue_pending":[]}""";
    private const string Busy = """{"queue_running":[[1,"a-stranger",{},{},[]]],"queue_pending":[]}""";
    private const string Named = "\"name\":\"cuda:0 NVIDIA GeForce RTX 4090 : native\",\"type\":\"cuda\",\"index\":0";
    private const string Whole = $$"""{"system":{"os":"posix"},"devices":[{{{Named}},"vram_total":25757220864,"vram_free":9663676416}]}""";
    private const string Mute = $$"""{"system":{"os":"posix"},"devices":[{{{Named}},"vram_total":null,"vram_free":null}]}""";
    private const string Apple = """{"system":{"os":"posix"},"devices":[{"name":"mps","type":"mps","index":null}]}""";
    private const string NoDevice = """{"system":{"os":"posix"},"devices":[]}""";
    private const string Dead = "dead";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string[], string, string[]> Cases => new()
    {
        // moment, before, after, what nvidia-smi prints, the GPU, notes
        { "told twice", Whole, Whole, [FakeSmi.Card], "cuda:0 NVIDIA GeForce RTX 4090 : native cuda 0: 9216 → 9216 = 0", [] },
        { "no memory before", Mute, Whole, [FakeSmi.Card], "cuda:0 NVIDIA GeForce RTX 4090 : native cuda 0: 10240 → 9216 = ?", ["/system_stats present but missing VRAM before execution; using nvidia-smi fallback"] },
        { "no memory after", Whole, Mute, [FakeSmi.Card], "NVIDIA GeForce RTX 4090 nvidia 0: 9216 → 10240 = ?", ["/system_stats present but missing VRAM after execution; using nvidia-smi fallback"] },
        { "no memory at all", Mute, Mute, [FakeSmi.Card], "NVIDIA GeForce RTX 4090 nvidia 0: 10240 → 10240 = 0", ["/system_stats present but missing VRAM before execution; using nvidia-smi fallback", "/system_stats present but missing VRAM after execution; using nvidia-smi fallback"] },
        { "silent before", Dead, Whole, [FakeSmi.Card], "cuda:0 NVIDIA GeForce RTX 4090 : native cuda 0: 10240 → 9216 = ?", ["/system_stats unavailable before execution; using nvidia-smi fallback"] },
        { "silent after", Whole, Dead, [FakeSmi.Card], "NVIDIA GeForce RTX 4090 nvidia 0: 9216 → 10240 = ?", ["/system_stats unavailable after execution; using nvidia-smi fallback"] },
        { "silent twice", Dead, Dead, [FakeSmi.Card], "NVIDIA GeForce RTX 4090 nvidia 0: 10240 → 10240 = 0", ["/system_stats unavailable before execution; using nvidia-smi fallback", "/system_stats unavailable after execution; using nvidia-smi fallback"] },
        { "silent twice, and no nvidia-smi", Dead, Dead, [], "Unknown unknown 0: ? → ? = ?", ["/system_stats unavailable before execution", "/system_stats unavailable after execution"] },
        { "silent after, and the only card is another", Whole, Dead, [FakeSmi.Card.Replace("4090", "3060", StringComparison.Ordinal)], "cuda:0 NVIDIA GeForce RTX 4090 : native cuda 0: 9216 → ? = ?", ["/system_stats unavailable after execution"] },
        { "silent twice, and two cards", Dead, Dead, [FakeSmi.Card, FakeSmi.Card.Replace("4090", "3060", StringComparison.Ordinal)], "Unknown unknown 0: ? → ? = ?", ["/system_stats unavailable before execution", "/system_stats unavailable after execution"] },
        { "no memory, and no nvidia-smi", Mute, Mute, [], "cuda:0 NVIDIA GeForce RTX 4090 : native cuda 0: ? → ? = ?", ["Station does not report VRAM"] },
        { "no memory, and nvidia-smi does not know either", Mute, Mute, ["0, GPU-6f1e2d3c-0000, NVIDIA GeForce RTX 4090, [N/A], [N/A], [N/A]"], "cuda:0 NVIDIA GeForce RTX 4090 : native cuda 0: ? → ? = ?", ["Station does not report VRAM"] },
        { "no memory of a Mac", Apple, Apple, [FakeSmi.Card], "mps mps 0: ? → ? = ?", ["Station does not report VRAM"] },
        { "a Mac that falls silent", Apple, Dead, [FakeSmi.Card], "mps mps 0: ? → ? = ?", ["Station does not report VRAM", "/system_stats unavailable after execution"] },
        { "no device, no nvidia-smi", NoDevice, NoDevice, [], "Unknown unknown 0: ? → ? = ?", ["Station does not report VRAM"] },
        { "not ComfyUI's answer", "<html>", "7", [], "Unknown unknown 0: ? → ? = ?", ["/system_stats unavailable before execution", "Station does not report VRAM"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Two_samples_make_figures_and_notes(string moment, string before, string after, string[] printed, string gpu, string[] notes)
    {
        using var fake = FakeSmi.Prints(printed);
        var probe = new GpuProbe(Station([before, after]), new NvidiaSmi(fake.Folder, () => null, TimeProvider.System), TimeProvider.System);

        var told = Build(await probe.SampleAsync(Cancel), await probe.SampleAsync(Cancel));

        Words(told.GPU).ShouldBe(gpu, moment);
        told.System.FallbackNotes.ShouldBe(notes, moment);
    }

    // Contract §6: another machine's nvidia-smi says nothing about the station.
    [Fact]
    public async Task A_station_elsewhere_has_no_nvidia_smi()
    {
        var probe = new GpuProbe(Station([Dead, Mute]), null, TimeProvider.System);

        Build(await probe.SampleAsync(Cancel), await probe.SampleAsync(Cancel)).System.FallbackNotes
            .ShouldBe(["/system_stats unavailable before execution", "Station does not report VRAM"]);
    }

    [Theory]
    [InlineData(Busy, true)]
    [InlineData(Idle, false)]
    [InlineData("<html>", false)] // a queue that can't be read says nothing about /system_stats
    public async Task A_sample_beside_another_prompt_says_so(string queue, bool noted)
    {
        var probe = new GpuProbe(Station([Whole, Whole], queue), null, TimeProvider.System);

        Build(await probe.SampleAsync(Cancel), await probe.SampleAsync(Cancel)).System.FallbackNotes
            .ShouldBe(noted ? [FallbackNotes.SampledDuringAnother] : []);
    }

    [Fact]
    public async Task A_station_that_holds_its_answer_costs_five_seconds_and_a_note()
    {
        var clock = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(c => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.RequestAborted), Cancel);
        var address = Dailies.Comfy.StationAddress.Parse(host.Url, new Dictionary<string, string>(), out _)!;
        using var http = new HttpClient { BaseAddress = address.Root };
        var probe = new GpuProbe(new Dailies.Comfy.ComfyClient(http, address, clock), null, clock);

        var sampling = probe.SampleAsync(Cancel);
        clock.Advance(TimeSpan.FromSeconds(5));
        (await sampling).Source.ShouldBe(GpuSample.FromNowhere);

        var looking = probe.UsedAsync(TimeSpan.FromSeconds(0.5), Cancel);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        (await looking).ShouldBeNull();
    }

    [Theory]
    [InlineData(Whole, 16093544448L)]
    [InlineData(Mute, null)]
    [InlineData(NoDevice, null)]
    [InlineData(Dead, null)]
    [InlineData("<html>", null)]
    public async Task Memory_in_use_is_total_minus_free(string answer, long? used) =>
        (await new GpuProbe(Station([answer]), null, TimeProvider.System).UsedAsync(TimeSpan.FromSeconds(2), Cancel)).ShouldBe(used);

    private static Dailies.Comfy.ComfyClient Station(string[] stats, string queue = Idle)
    {
        var next = 0;
        return CannedHandler.Client(request => request.RequestUri!.AbsolutePath == "/queue" ? Reply(queue)
            : stats[next++] is var answer && answer == Dead ? throw new HttpRequestException("refused")
            : Reply(answer));
    }

    private static HttpResponseMessage Reply(string body) => CannedHandler.Reply((int)HttpStatusCode.OK, Encoding.UTF8.GetBytes(body));

    private static SceneTelemetry Build(GpuSample before, GpuSample after) => TelemetryBuilder.Build(
        new AttemptMeasures { Station = "studio", PromptId = "id", SubmittedAt = Samples.Night, Before = before, After = after }, Samples.Policy);

    private static string Words(GpuTelemetry g) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{g.Name} {g.Type} {g.Index}: {Known(g.VramBeforeMB)} → {Known(g.VramAfterMB)} = {Known(g.VramDeltaMB)}");

    private static string Known(double? mb) => mb is { } known ? SummaryNumber.Text(known) : "?";
}
