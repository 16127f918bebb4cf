using Dailies.Artifacts;
using Dailies.Dashboard.Api;
using Dailies.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Dashboard.Tests.Api;

/// <summary>Which runs a page of the list shows.</summary>
public class RunQueryTests
{
    private static readonly IReadOnlyList<RunEntry> Runs =
    [
        Run(1, "finished", "alpha", "the-lighthouse", 5, 5, 0),
        Run(2, "failed", "Beta", "the-ferry", 5, 3, 2),
        Run(3, "stopped", null, "the-lighthouse", 9, 1, 0),
        Run(4, "running", "gamma", null, 2, 0, 0),
        Run(5, "unreadable", null, null, 0, 0, 0),
    ];

    [Theory]
    [InlineData(null, null, null, "5 4 3 2 1")]
    [InlineData("", "", "", "5 4 3 2 1")]
    [InlineData(null, null, "runId", "1 2 3 4 5")]
    [InlineData("LIGHTHOUSE", null, null, "3 1")]
    [InlineData("beta", null, null, "2")]
    [InlineData("20261103", null, null, "3")]
    [InlineData("nothing", null, null, "")]
    [InlineData(null, "failed", null, "2")]
    [InlineData(null, "failed, stopped", null, "3 2")]
    [InlineData("light", "stopped", null, "3")]
    [InlineData(null, null, "name", "1 2 4 3 5")] // those without a name last, either way
    [InlineData(null, null, "-name", "4 2 1 5 3")]
    [InlineData(null, null, "scenes", "5 4 1 2 3")]
    [InlineData(null, null, "-scenes", "3 2 1 4 5")]
    [InlineData(null, null, "-failed", "2 5 4 3 1")]
    [InlineData(null, null, "state", "2 1 4 3 5")]
    [InlineData(null, null, "duration", "1 2 3 5 4")] // what still runs has none
    public void Searched_filtered_and_sorted(string? search, string? state, string? sort, string days)
    {
        var (query, fault) = RunQuery.Read(search, state, sort, null, null);
        fault.ShouldBeNull();
        string.Join(' ', query!.Of(Runs).Runs.Select(r => r.RunId[7])).ShouldBe(days);
    }

    [Fact]
    public void Every_key_sorts_both_ways()
    {
        foreach (var key in RunQuery.Keys)
        {
            RunQuery.Read(null, null, key, null, null).Query!.Of(Runs).Total.ShouldBe(5, key);
            RunQuery.Read(null, null, $"-{key}", null, null).Query!.Of(Runs).Total.ShouldBe(5, key);
        }
    }

    [Theory]
    [InlineData(null, null, "color", null, null, "sort is unknown")]
    [InlineData(null, null, "--name", null, null, "sort is unknown")]
    [InlineData(null, "done", null, null, null, "state is unknown")]
    [InlineData(null, null, null, "0", null, "page is no page")]
    [InlineData(null, null, null, "-1", null, "page is no page")]
    [InlineData(null, null, null, "1.5", null, "page is no page")]
    [InlineData(null, null, null, "99999999999", null, "page is no page")]
    [InlineData(null, null, null, null, "0", "size is no size")]
    [InlineData(null, null, null, null, "501", "size is no size")]
    [InlineData(null, null, null, null, "all", "size is no size")]
    public void What_is_wrong_is_said(string? search, string? state, string? sort, string? page, string? size, string words) =>
        RunQuery.Read(search, state, sort, page, size).Fault.ShouldNotBeNull().ShouldStartWith(words);

    [Fact]
    public void A_search_has_its_limit() => RunQuery.Read(new string('x', 201), null, null, null, null).Fault.ShouldNotBeNull().ShouldStartWith("search is too long");

    [Theory]
    [InlineData("1", "2", 2)]
    [InlineData("3", "2", 1)]
    [InlineData("4", "2", 0)]
    [InlineData("2147483647", "500", 0)]
    public void A_page_beyond_the_last_is_empty_and_the_totals_stand(string page, string size, int runs)
    {
        var answer = RunQuery.Read(null, null, null, page, size).Query!.Of(Runs);
        (answer.Runs.Count, answer.Total).ShouldBe((runs, 5));
        answer.Pages.ShouldBe(size == "2" ? 3 : 1);
    }

    [Fact]
    public void Five_thousand_runs_are_read_once_and_paged_without_reading_them_again()
    {
        using var temp = new TempFolder();
        for (var n = 0; n < 5_000; n++)
        {
            var id = $"2026{1 + (n / 1000):00}01-{n % 1000:000000}";
            temp.Write($"{id}/artifact-metadata.json", $$"""{"RunId":"{{id}}","Name":"run {{n}}","State":"finished","Timestamp":"2026-01-01T00:00:00.000Z","EndedAt":"2026-01-01T01:00:00.000Z","Story":{"Id":"story-{{n % 7}}"},"Scenes":[{"Success":true,"FrameCount":{{n}}}]}""");
        }

        var clock = new FakeTimeProvider();
        var catalog = new RunCatalog(temp.Path, clock);
        var first = catalog.List();
        first.Count.ShouldBe(5_000);
        var page = RunQuery.Read("story-3", "finished", "-frames", "2", "50").Query!.Of(first);
        (page.Total, page.Pages, page.Runs.Count).ShouldBe((714, 15, 50));
        page.Runs[0].Frames.ShouldBe(4_994 - (50 * 7));

        clock.Advance(TimeSpan.FromSeconds(2));
        var second = catalog.List();
        second.Zip(first).ShouldAllBe(pair => ReferenceEquals(pair.First, pair.Second));

        temp.Write("20260101-000000/artifact-metadata.json", """{"RunId":"20260101-000000","State":"failed"}""");
        catalog.List()[^1].State.ShouldBe("finished", "the list is as old as a second");
        clock.Advance(TimeSpan.FromSeconds(1));
        catalog.List()[^1].State.ShouldBe("failed");
    }

    private static RunEntry Run(int day, string state, string? name, string? story, int scenes, int taken, int failed)
    {
        var at = new DateTimeOffset(2026, 11, day, 22, 0, 0, TimeSpan.Zero);
        return new RunEntry($"logs/2026110{day}-220000", $"2026110{day}-220000", state, new RunTally(scenes, taken, failed, taken * 10), at, state == "running" ? null : at.AddHours(day), 1000, false, RunOnDisk.Run)
        {
            Name = name,
            StoryId = story,
        };
    }
}
