using System.Text;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

public class VerdictOutputTests
{
    [Fact]
    public void Text_of_a_broken_run() => Snapshot.Match(Scrubbed(VerdictText.Write), "verdict-text");

    [Fact]
    public void Json_of_a_broken_run() => Snapshot.Match(Scrubbed(v => Encoding.UTF8.GetString(VerdictJson.Write(v))), "verdict-json");

    [Fact]
    public void Text_of_no_run() =>
        VerdictText.Write(RunValidator.Validate("/nowhere/at/all")).ShouldBe("not a run folder: /nowhere/at/all\n");

    private static string Scrubbed(Func<Verdict, string> write)
    {
        using var run = GoodRun.Write();
        run.Replace("HistoryAttempts=3", "HistoryAttempts=4");
        run.RemoveLine("[Scene scene-003] ERROR");
        run.Delete("story/story.json");
        run.Set("/Scenes/1/FrameFloor", null);
        run.Rename("copy");
        return write(RunValidator.Validate(run.Folder)).Replace(Path.GetDirectoryName(run.Folder)!.Replace('\\', '/'), "<runs>", StringComparison.Ordinal);
    }
}
