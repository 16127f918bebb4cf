using System.Diagnostics;
using System.Text;
using CsCheck;
using Dailies.Contract;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

/// <summary>Run folders as somebody makes them to catch the judge: it neither throws nor hangs, reads nothing outside, and its report is letters.</summary>
public class HostileFolderTests
{
    private static readonly Dictionary<string, Func<ArtifactMetadata, string>> Files = new()
    {
        ["summary"] = _ => RunFolder.Summary,
        ["metadata"] = _ => RunFolder.Metadata,
        ["frame"] = run => run.Scenes[0].Frames[0].File,
        ["video"] = run => run.Scenes[0].Video.Path!,
        ["story"] = _ => RunFolder.StoryFile,
        ["history"] = run => run.Scenes[0].HistoryPath!,
    };

    public static TheoryData<string, string> Strange
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Files.Keys)
            {
                foreach (var what in new[] { "folder", "link out", "link to nowhere", "link to itself", "device", "pipe", "rubbish", "empty", "300 MB of nothing" })
                {
                    data.Add(name, what);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public void A_file_that_is_something_else_is_a_finding(string name, string what)
    {
        using var run = GoodRun.Write();
        Replace(run, Files[name](run.Metadata), what);

        var verdict = Fuzz.Bounded(1024 * 1024, () => RunValidator.Validate(run.Folder));

        verdict.ExitCode.ShouldBe(1, VerdictText.Write(verdict));
        VerdictText.Write(verdict).ShouldNotContain("s3cr3t", customMessage: "a link out of the run must show nothing of where it leads");
        VerdictText.Write(verdict).Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
    }

    [Fact]
    public void Damaged_metadata_and_summary_make_a_report_of_letters()
    {
        using var run = GoodRun.Write();
        var (metadata, summary) = (File.ReadAllBytes(run.At(RunFolder.Metadata)), File.ReadAllBytes(run.At(RunFolder.Summary)));
        Gen.Select(JsonDamage.Of([metadata]), Gen.Bool).Sample(
            (bytes, torn) =>
            {
                run.File(RunFolder.Metadata, bytes);
                run.File(RunFolder.Summary, torn ? [.. summary[..(bytes.Length % summary.Length)], .. "\u001b[2J\u202e\u2028\r\v"u8, .. summary] : summary);
                var verdict = Fuzz.Bounded(bytes.Length + summary.Length, () => RunValidator.Validate(run.Folder), factor: 400);
                var text = VerdictText.Write(verdict);
                text.Where(c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2028').ShouldBeEmpty();
                verdict.Findings.ShouldAllBe(f => f.Found.Length < 1_200 && f.Place.Length < 1_200 && f.Rule.Sentence.Length > 0);
            },
            iter: Fuzz.Times(150), threads: 1, print: sample => JsonDamage.Shown(sample.Item1));
    }

    // A hundred thousand lines, scenes or members: as many findings as there are faults, and no more work than that.
    [Theory]
    [InlineData("[Scene scene-001] Telemetry: DurationSeconds=1s\n")]
    [InlineData("[2026-11-23T22:15:07.042Z] [Scene scene-001] ERROR: x\n")]
    [InlineData("[Scene scene-\n")]
    [InlineData("\n")]
    [InlineData(" | | | | | | | | | |")]
    public void A_summary_of_one_thing_is_judged_to_its_end(string piece)
    {
        using var run = GoodRun.Write();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length)));
        run.File(RunFolder.Summary, bytes);

        Fuzz.Bounded(bytes.Length, () => RunValidator.Validate(run.Folder), factor: 400).ExitCode.ShouldBe(1);
    }

    private static void Replace(GoodRun run, string name, string what)
    {
        var path = run.At(name);
        File.Delete(path);
        File.WriteAllText(run.Outside("secret"), "s3cr3t: {\"s3cr3t\":");
        switch (what)
        {
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "link out":
                File.CreateSymbolicLink(path, run.Outside("secret"));
                break;
            case "link to nowhere":
                File.CreateSymbolicLink(path, run.At("nowhere"));
                break;
            case "link to itself":
                File.CreateSymbolicLink(path, path);
                break;
            case "device":
                File.CreateSymbolicLink(path, OperatingSystem.IsWindows() ? "NUL" : "/dev/zero");
                break;
            case "pipe" when !OperatingSystem.IsWindows():
                using (var made = Process.Start("mkfifo", [path]))
                {
                    made.WaitForExit();
                }

                break;
            case "rubbish":
                File.WriteAllBytes(path, [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 37))]);
                break;
            case "300 MB of nothing":
                using (var file = File.Create(path))
                {
                    file.SetLength(300L * 1024 * 1024);
                }

                break;
            default:
                File.WriteAllBytes(path, []);
                break;
        }
    }
}
