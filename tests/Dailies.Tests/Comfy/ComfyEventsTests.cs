using Dailies.Animatic;
using Dailies.Comfy;
using Dailies.Tests.Animatic;

namespace Dailies.Tests.Comfy;

/// <summary>The socket against the embedded renderer. Every wait is for a message, never for a time.</summary>
public class ComfyEventsTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_messages_of_a_prompt_come_in_order()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var events = Open(rig.Server);
        await events.FirstTry;

        var id = await rig.PostAsync(Graphs.Shot(steps: 2, frames: 1), events.ClientId);

        var ours = (await UntilAsync(events, e => e.Kind == ComfyEventKind.Over)).Where(e => e.PromptId == id).Select(e => e.Kind).ToList();
        ours[0].ShouldBe(ComfyEventKind.Start);
        ours[^2..].ShouldBe([ComfyEventKind.Success, ComfyEventKind.Over]);
        ours.Count(k => k == ComfyEventKind.Progress).ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_begins_with_the_news_of_it()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var events = Open(rig.Server);

        (await events.Events.ReadAsync(Cancel)).ShouldBe(new ComfyEvent(ComfyEventKind.Connected));
        events.ClientId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_refused_socket_ends_the_first_try_without_an_id()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.NoSocket));
        await using var events = Open(rig.Server);

        await events.FirstTry.WaitAsync(Cancel);

        events.ClientId.ShouldBeNull();
        events.Events.TryRead(out _).ShouldBeFalse("a socket that never was open is no contact that was lost");
    }

    [Fact]
    public async Task A_server_that_comes_back_is_found_again_under_a_new_id()
    {
        using var folder = new TempFolder();
        var first = await AnimaticServer.StartAsync(new AnimaticOptions { OutputFolder = folder.Path }, Cancel);
        await using var events = Open(first);
        await events.FirstTry;
        var before = events.ClientId;

        await first.DisposeAsync();
        await UntilAsync(events, e => e.Kind == ComfyEventKind.Disconnected);
        await using var second = await AnimaticServer.StartAsync(new AnimaticOptions { OutputFolder = folder.Path, Port = new Uri(first.Url).Port }, Cancel);
        await UntilAsync(events, e => e.Kind == ComfyEventKind.Connected);

        before.ShouldNotBeNull();
        events.ClientId.ShouldNotBeNull().ShouldNotBe(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_ends_the_messages(bool refused)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: refused ? [new Fault(FaultKind.NoSocket)] : []);
        var events = Open(rig.Server);
        await events.FirstTry;

        await events.DisposeAsync(); // returns although a refused socket is in its pause

        while (await events.Events.WaitToReadAsync(Cancel))
        {
            events.Events.TryRead(out _);
        }

        events.ClientId.ShouldBeNull();
        events.Events.Completion.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_flood_that_nobody_reads_keeps_the_end_of_the_prompt()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var events = Open(rig.Server);
        await using var witness = await rig.ConnectAsync("witness");
        await events.FirstTry;

        var flood = await rig.PostAsync(Graphs.Shot(steps: 3000, frames: 1), events.ClientId);
        var last = await rig.PostAsync(Graphs.Flat(), "witness");
        await witness.UntilDoneAsync(last);

        var kept = (await UntilAsync(events, e => e.Kind == ComfyEventKind.Over)).ToList();
        kept.ShouldContain(new ComfyEvent(ComfyEventKind.Success, flood));
        kept.Count.ShouldBeLessThan(4000, "3,000 steps are over 6,000 messages: most were dropped");
    }

    private static ComfyEvents Open(AnimaticServer server) => ComfyEvents.Open(StationAddress.Parse(server.Url, NoHeaders, out _)!, TimeProvider.System);

    private static async Task<List<ComfyEvent>> UntilAsync(ComfyEvents events, Predicate<ComfyEvent> end)
    {
        var seen = new List<ComfyEvent>();
        do
        {
            seen.Add(await events.Events.ReadAsync(Cancel));
        }
        while (!end(seen[^1]));
        return seen;
    }
}
