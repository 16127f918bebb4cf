using Dailies.Artifacts;
using Dailies.Cli.Glossary;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Reports;
using Dailies.Tests.Ledger;
using SkiaSharp;

namespace Dailies.Tests.Reports;

/// <summary>Where a report comes from: a ledger, its export, metadata alone, version 1, or nothing.</summary>
public sealed class ReportReaderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private RunFolder Run => new(Path.Combine(_temp.Path, "20261123-221507"));

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(RunFolder.Ledger)]
    [InlineData(RunFolder.LedgerExport)]
    public void A_ledger_or_its_export_knows_what_was_wasted(string name)
    {
        Directory.CreateDirectory(Run.Root);
        Write(name);

        var report = Read();

        report.GpuTime.ShouldNotBeNull().FailedSeconds.ShouldBeGreaterThan(0);
        report.WorkflowSha256.ShouldBe(new string('c', 64));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_ledger_the_metadata_says_what_it_knows(bool isDamaged)
    {
        var state = RunState.Fold(SampleRun.Finished);
        Directory.CreateDirectory(Run.Root);
        File.WriteAllBytes(Run.At(RunFolder.Metadata), MetadataProjection.Project(state).Write());
        if (isDamaged)
        {
            File.WriteAllText(Run.At(RunFolder.Ledger), "not a database");
        }

        var (report, known) = (Read(), RunReportPageTests.Of(state));

        report.GpuTime.ShouldBeNull();
        report.GpuSeconds.ShouldNotBeNull().ShouldBe(known.GpuSeconds!.Value, 0.01);
        report.Tally.ShouldBe(known.Tally);
        report.Scenes.Select(Bare).ShouldBe(known.Scenes.Select(Bare));
        report.Failures.Select(f => f.Kind).ShouldBe(known.Failures.Select(f => f.Kind));
    }

    [Fact]
    public void Version_one_says_what_it_knew()
    {
        var (report, fault) = ReportReader.Read(Path.Combine(Repository.Root, "tests/Dailies.Tests/Validation/V1Samples/good"), FailureTexts.All, SampleRun.At(60));

        fault.ShouldBeNull();
        report!.IsVersionOne.ShouldBeTrue();
        report.GpuSeconds.ShouldBeNull();
        report.Tally.ShouldBe(new RunTally(3, 3, 0, 75));
        report.Scenes[0].Title.ShouldBe("Signal in the Mist");
        report.Policy.Select(p => $"{p.Name}={p.Value}").ShouldContain("HistoryMaxAttempts=200");
        report.Scenes.SelectMany(s => s.Files).ShouldAllBe(f => !f.Contains("Dev", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Scenes": 3}""")]
    public void Files_that_say_nothing_are_named(string? metadata)
    {
        Directory.CreateDirectory(Run.Root);
        if (metadata is not null)
        {
            File.WriteAllText(Run.At(RunFolder.Metadata), metadata);
        }

        var (report, fault) = ReportReader.Read(Run.Root, FailureTexts.All, SampleRun.At(60));

        report.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain("can't be read as a run");
    }

    [Fact]
    public void A_run_that_goes_on_is_told_so_far_and_one_without_a_controller_has_died()
    {
        Directory.CreateDirectory(Run.Root);
        using (var ledger = RunLedger.Open(Run.At(RunFolder.Ledger)))
        {
            SampleRun.Finished.Take(14).ToList().ForEach(e => ledger.Append(e));
        }

        using (RunLock.TryTake(Run.Root))
        {
            Read().IsSoFar.ShouldBeTrue();
        }

        Read().State.ShouldBe(RunEntry.Died);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Pictures_fit_into_the_page_however_large_the_sheet_is(int pages)
    {
        Directory.CreateDirectory(Run.At(RunFolder.Video));
        using var noise = new SKBitmap(2400, 1800);
        var random = new Random(1);
        random.NextBytes(noise.GetPixelSpan());
        for (var page = 1; page <= pages; page++)
        {
            using var png = noise.Encode(SKEncodedImageFormat.Png, 0);
            File.WriteAllBytes(Run.At(RunFolder.ContactSheet(page)), png.ToArray());
        }

        var sheet = ReportSheet.Read(Run, pages);

        sheet.ShouldNotBeEmpty();
        sheet.Sum(p => p.Length).ShouldBeLessThanOrEqualTo(ReportSheet.MostBytes);
        sheet.ShouldAllBe(p => p[0] == 0xff && p[1] == 0xd8);
    }

    [Fact]
    public void A_sheet_that_is_gone_or_damaged_is_left_out()
    {
        Directory.CreateDirectory(Run.At(RunFolder.Video));
        File.WriteAllText(Run.At(RunFolder.ContactSheet(1)), "no picture");

        ReportSheet.Read(Run, 3).ShouldBeEmpty();
    }

    private static SceneReport Bare(SceneReport scene) => scene with { Warnings = [], Notes = [], Files = [] };

    private RunReport Read()
    {
        var (report, fault) = ReportReader.Read(Run.Root, FailureTexts.All, SampleRun.At(60));
        fault.ShouldBeNull();
        return report!;
    }

    private void Write(string name)
    {
        if (name == RunFolder.LedgerExport)
        {
            File.WriteAllBytes(Run.At(name), LedgerExport.Write(SampleRun.Finished));
            return;
        }

        using var ledger = RunLedger.Open(Run.At(name));
        SampleRun.Finished.ToList().ForEach(e => ledger.Append(e));
    }
}
