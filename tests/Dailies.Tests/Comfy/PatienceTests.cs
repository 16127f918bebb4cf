using Dailies.Animatic;
using Dailies.Comfy;
using Dailies.Tests.Animatic;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Comfy;

/// <summary>How long we wait for an answer goes by our clock, and what is given up does not keep its connection.</summary>
public class PatienceTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    [Fact]
    public async Task A_read_that_is_never_answered_is_given_up_after_ten_seconds_of_the_clock()
    {
        var clock = new FakeTimeProvider();
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.HalfOpenHistory));
        var (client, http) = Client(rig, clock);
        using var gone = http;
        await FaultProbe.PostAsync(rig, "ours", Graphs.Scene("scene-001", 1));
        await FaultProbe.UntilAsync(rig, q => q["queue_running"]!.AsArray().Count + q["queue_pending"]!.AsArray().Count == 0);

        var asked = client.HistoryAsync("ours", rig.Cancel);
        await FaultProbe.UntilAsync(rig, _ => rig.Server.Held == 1);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        asked.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));

        (await Should.ThrowAsync<StationException>(() => asked)).Message.ShouldEndWith("no answer in time");
        await FaultProbe.UntilAsync(rig, _ => rig.Server.Held == 0);
    }

    [Fact]
    public async Task A_post_that_is_never_answered_is_unclear_after_two_minutes_of_the_clock()
    {
        var clock = new FakeTimeProvider();
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.HalfOpen));
        var (client, http) = Client(rig, clock);
        using var gone = http;

        var posted = client.SubmitAsync(Graphs.Shot(), "ours", "c", [], rig.Cancel);
        await FaultProbe.UntilAsync(rig, _ => rig.Server.Held == 1);
        clock.Advance(TimeSpan.FromSeconds(119));
        posted.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await posted).ShouldBe(new SubmitReply.Ambiguous("no answer in time"));
        await FaultProbe.UntilAsync(rig, _ => rig.Server.Held == 0);
    }

    private static (ComfyClient Client, HttpClient Http) Client(AnimaticRig rig, TimeProvider clock)
    {
        var address = StationAddress.Parse(rig.Server.Url, NoHeaders, out _)!;
        var http = StationHttp.Create(address, clock);
        return (new ComfyClient(http, address, clock), http);
    }
}
