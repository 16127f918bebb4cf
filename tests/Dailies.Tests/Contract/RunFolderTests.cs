using CsCheck;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>Names of runs and of everything in their folders.</summary>
public class RunFolderTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 24, 0, 15, 7, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("20261123-221507")]
    [InlineData("20261123-221507-2", "20261123-221507")]
    [InlineData("20261123-221507-3", "20261123-221507", "20261123-221507-2")]
    [InlineData("20261123-221507-2", "20261123-221507", "20261123-221507-3")]
    public void A_run_is_named_by_its_utc_second_and_later_ones_by_a_number(string id, params string[] taken) => RunIds.Next(Night, taken.Contains).ShouldBe(id);

    [Theory]
    [InlineData("20261123-221507", true)]
    [InlineData("20261123-221507-2", true)]
    [InlineData("20261123-221507-10", true)]
    [InlineData("20261123-221507-", false)]
    [InlineData("20261123-221507-a", false)]
    [InlineData("20261123-2215077", false)]
    [InlineData("20261123-22150", false)]
    [InlineData("20261123_221507", false)]
    [InlineData("２０２６1123-221507", false)]
    [InlineData("latest", false)]
    [InlineData("", false)]
    public void A_run_id_is_known_by_its_form(string name, bool isRunId) => RunIds.IsRunId(name).ShouldBe(isRunId);

    [Fact]
    public void Runs_sort_by_time_with_10_after_9()
    {
        string[] inOrder = ["20261122-235959", "20261123-221507", "20261123-221507-2", "20261123-221507-9", "20261123-221507-10", "20261123-221508", "20261124-000000"];

        Gen.Shuffle(inOrder).Sample(shuffled => shuffled.Order(RunIds.Order).ShouldBe(inOrder), iter: 100);
    }

    [Fact]
    public void Every_file_of_a_run_has_its_place() => Snapshot.Match(
        string.Join('\n',
            RunFolder.Summary, RunFolder.Metadata, RunFolder.VitestResults, RunFolder.Ledger, RunFolder.LedgerExport, RunFolder.Log, RunFolder.Story, RunFolder.StoryFile,
            RunFolder.StoryScene("scene-001"), RunFolder.Scene("scene-001"), RunFolder.Workflow("scene-001"), RunFolder.Workflow("scene-001", 1),
            RunFolder.History("scene-001"), RunFolder.History("scene-001", 2), RunFolder.Frames("scene-001", 1), RunFolder.SceneVideo("scene-001", ".mp4"),
            RunFolder.StoryVideo, RunFolder.StoryPiece(1), RunFolder.ContactSheet(1), RunFolder.ContactSheet(2),
            RunFolder.SceneId(1), RunFolder.SceneId(1000), RunFolder.Latest, RunFolder.LatestRun) + "\n",
        "run-folder");

    [Fact]
    public void A_run_folder_knows_its_run_and_its_paths()
    {
        using var temp = new TempFolder();
        var run = new RunFolder(Path.Combine(temp.Path, "20261123-221507"));

        run.RunId.ShouldBe("20261123-221507");
        run.At(RunFolder.History("scene-001", 2)).ShouldBe(Path.Combine(temp.Path, "20261123-221507", "scene-001", "attempt-2", "history.json"));
    }
}
