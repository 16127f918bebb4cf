using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Cli;

/// <summary>What the sentinel says, to people and to programs.</summary>
public class SentinelViewTests
{
    private static readonly DoneMarker Marker = new(null, 25, "p_00025_.png");

    private static readonly SentinelEvent[] Events =
    [
        new SentinelEvent.Watching("out", Events: true),
        new SentinelEvent.Watching("nas", Events: false),
        new SentinelEvent.Marked("out/p.done", Marker, Renewed: false),
        new SentinelEvent.Marked("out/q.done", Marker with { FrameCount = 1, Latest = "q \u001b[2J_00001_.png" }, Renewed: true),
        new SentinelEvent.Withheld("out", "r", "r_00007_.png"),
        new SentinelEvent.Withheld("out", "s", null),
        new SentinelEvent.Trouble("out", "the folder is gone; waiting until it is back"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_is_said_on_one_line(bool json)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 22, 15, 7, 42, TimeSpan.Zero));
        using var console = new RunConsole(output, error, json, clock, SentinelView.Dropped);
        var view = new SentinelView(console, json, clock);

        foreach (var what in Events)
        {
            view.Tell(what);
        }

        await console.WrittenAsync();
        view.Troubles.ShouldBe(1);
        Snapshot.Match($"{output}--\n{error}".Replace(Path.DirectorySeparatorChar, '/'), json ? "sentinel.json" : "sentinel");
    }

    [Fact]
    public void Every_kind_has_words_and_a_record()
    {
        typeof(SentinelEvent).GetNestedTypes().ShouldBe(Events.Select(e => e.GetType()).Distinct(), ignoreOrder: true);
        Events.Select(e => SentinelView.ToRecord(e, default).Kind).Distinct().ShouldBe(["Watching", "Marked", "Renewed", "Withheld", "Trouble"]);
    }
}
