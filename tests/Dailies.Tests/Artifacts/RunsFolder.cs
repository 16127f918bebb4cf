using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Artifacts;

/// <summary>A folder of runs on disk.</summary>
internal sealed class RunsFolder : IDisposable
{
    private readonly TempFolder temp = new();

    public string Root => temp.Path;

    public string Logs => Path.Combine(temp.Path, "logs");

    public string Public => Path.Combine(temp.Path, "public");

    /// <summary>A run as its controller leaves it.</summary>
    public RunFolder Add(string id, IEnumerable<RunEvent> events, Func<RunPlan, RunPlan>? change = null)
    {
        var run = new RunFolder(Path.Combine(Logs, id));
        RunEvent[] own = [.. events.Select(e => e is RunStarted s ? s with { Plan = (change?.Invoke(s.Plan) ?? s.Plan) with { RunId = id, RunDir = $"logs/{id}" } } : e)];
        LedgerExport.Rebuild(run.At(RunFolder.Ledger), own);
        new Evidence(run, Path.Combine(Public, RunFolder.LatestRun), new FakeTimeProvider()).Write(RunState.Fold(own));
        File.WriteAllText(run.At(RunFolder.Lock), "");
        File.WriteAllText(run.At("scene-001.bin"), new string('x', 5_000));
        return run;
    }

    /// <summary>A finished run that began so many days before the sample's night.</summary>
    public RunFolder AddFinished(string id, int daysAgo) => Add(id, SampleRun.Finished.Select(e => e with { At = e.At.AddDays(-daysAgo) }));

    public void Dispose() => temp.Dispose();
}
