using Dailies.Dashboard.Reading;

namespace Dailies.Dashboard.Tests.Reading;

/// <summary>The list of runs: searched, filtered, sorted and paged by the index, which the folders can always make anew.</summary>
public sealed class RunIndexTests : IDisposable
{
    private readonly RunsOnDisk runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Runs_are_paged_newest_first_and_found_by_words_and_state()
    {
        for (var n = 0; n < 120; n++)
        {
            runs.Add(Id(n), m =>
            {
                m["Timestamp"] = $"2026-11-24T{n / 60:00}:{n % 60:00}:00.000Z";
                m["Name"] = n % 2 == 0 ? $"Even {n}" : $"Odd {n}";
                m["State"] = n % 10 == 0 ? "failed" : "finished";
            });
        }

        using var index = RunIndex.Open(runs.Folder);
        index.Refresh();

        var first = index.List(new RunQuery());
        (first.Total, first.Pages, first.Runs.Count, first.Runs[0].RunId).ShouldBe((120, 3, 50, Id(119)));
        index.List(new RunQuery(Page: 3)).Runs.Select(r => r.RunId).ShouldBe(Enumerable.Range(0, 20).Reverse().Select(Id));
        index.List(new RunQuery(Search: "odd 11")).Total.ShouldBe(6); // 11, 111, 113, 115, 117, 119
        index.List(new RunQuery(State: "failed")).Total.ShouldBe(12);
        index.List(new RunQuery(Sort: "title")).Runs[0].Title.ShouldBe("Even 0");
        index.List(new RunQuery(Search: "'; DROP TABLE runs; --")).Total.ShouldBe(0);
        index.List(new RunQuery(Sort: "body; DELETE")).Total.ShouldBe(120);
    }

    [Fact]
    public void What_is_new_changed_or_gone_is_seen_and_the_rest_is_not_read_again()
    {
        runs.Add(Id(1));
        var gone = runs.Add(Id(2));
        using var index = RunIndex.Open(runs.Folder);
        index.Refresh();
        Directory.Delete(gone, recursive: true);
        runs.Add(Id(3), m => m["State"] = "stopped");
        runs.Add(Id(1), m => m["Name"] = "another name");

        index.Refresh();

        index.List(new RunQuery()).Runs.Select(r => r.RunId).Order(StringComparer.Ordinal).ShouldBe([Id(1), Id(3)]);
        index.List(new RunQuery(Search: "another name")).Total.ShouldBe(1);
    }

    [Fact]
    public void The_index_can_be_thrown_away_or_broken()
    {
        runs.Add(Id(1));
        File.WriteAllText(Path.Combine(runs.Folder, RunIndex.FileName), "not a database, and longer than a header of sixteen bytes");

        using var index = RunIndex.Open(runs.Folder);

        index.Rebuild().ShouldBe(1);
    }

    private static string Id(int n) => $"20261124-{n / 60:00}{n % 60:00}00";
}
