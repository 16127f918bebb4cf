using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Contract;
using Spectre.Console;

namespace Dailies.Tests.Cli;

/// <summary>What dailies runs shows.</summary>
public class RunsViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero);

    private static readonly RunEntry[] Runs =
    [
        Run("20261123-210000", RunStates.Running, new RunTally(12, 3, 1, 75), 1, null, 1_500_000) with { Name = "the long night, the second one, after the flood\u001b[2J", StoryId = "lighthouse" },
        Run("20261122-210000", RunEntry.Died, new RunTally(3, 0, 0, 0), 25, null, 980) with { StoryId = "[red]markup[/]" },
        Run("20261030-210000", RunStates.Stopped, new RunTally(3, 1, 0, 25), 577, 576, 12_345_678_901) with { StoryId = "a-story-with-a-very-long-id-that-nobody-will-read" },
        Run("20261001-210000-2", RunStates.Failed, new RunTally(1000, 998, 2, 24950), 1273, 1240.5, 5) with { StoryId = "x", Pinned = true },
        Run("20261001-210000", RunStates.Finished, new RunTally(5, 5, 0, 125), 1273, 1272, 34_567_890) with { StoryId = "lighthouse" },
        Run("20251001-210000", RunEntry.Unreadable, RunTally.None, null, null, 0) with { OnDisk = RunOnDisk.NoLedger },
    ];

    [Theory]
    [InlineData(160)]
    [InlineData(110)]
    public void Runs_as_a_table(int width)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Write(RunTable.Of(Runs, width, Now));
        output.ToString().Split('\n').ShouldAllBe(l => l.TrimEnd().Length <= width);
        Snapshot.Match(string.Join('\n', output.ToString().Split('\n').Select(l => l.TrimEnd())), $"runs.{width}");
    }

    [Fact]
    public void Runs_as_json() => Snapshot.Match(string.Concat(Runs.Select(r => JsonSerializer.Serialize(RunLine.Of(r), ContractJson.CamelLine) + "\n")), "runs.json");

    [Fact]
    public void What_prune_says() =>
        Snapshot.Match(PruneText.Of(PruneDecision.Of(Runs, new PruneRule(1, 20, Unfinished: true), null, Now), run => run.State == RunStates.Finished ? 1_000_000 : 0), "runs.prune");

    [Fact]
    public void The_files_of_a_run()
    {
        using var folder = new TempFolder();
        foreach (var (name, bytes) in new[] { ("run-summary.txt", 5_000), ("ledger.db", 123_456), ("scene-001/scene.json", 10), ("scene-001/attempt-1/history.json", 2_000), ("scene-001/attempt-1/workflow.json", 3_000), ("video/scene-001.mp4", 5_000_000) })
        {
            folder.Write($"run/{name}", new string('x', bytes));
        }

        var archive = folder.Write("a.zip", new string('x', 4_000_000));
        var run = Path.Combine(folder.Path, "run");
        Snapshot.Match((FileTable.Of(run, pinned: true, archive) + FileTable.Of(run, pinned: false, "artifacts/gone.zip")).Replace(folder.Path, "<folder>"), "runs.files");
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(1_048_524, "1023.9 KB")]
    [InlineData(1_048_530, "1.0 MB")]
    [InlineData(long.MaxValue, "8.0 EB")]
    public void Bytes_for_people(long bytes, string text) => SizeText.Of(bytes).ShouldBe(text);

    private static RunEntry Run(string id, string state, RunTally tally, double? hoursAgo, double? endedHoursAgo, long bytes) =>
        new($"logs/{id}", id, state, tally, hoursAgo is { } s ? Now.AddHours(-s) : null, endedHoursAgo is { } e ? Now.AddHours(-e) : null, bytes, Pinned: false, RunOnDisk.Run);
}
