using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>Who does what during a night at one station.</summary>
internal sealed record NightCrew(
    AttemptRunner Attempts, TakeRunner Takes, SceneSettlement Settlement, Resumption Resumption, Withdrawal Withdrawal, StationCare Care, MemoryRelief Memory, LateTakes Late, StationCleanup Cleanup)
{
    /// <summary>Everybody, at their places.</summary>
    public static NightCrew At(StationSession station, RunRequest request, RunLedger ledger, RunFolder run, TimeProvider clock, CancellationToken hurry)
    {
        var probe = new VideoProbe(request.VideoTools);
        var withdrawal = new Withdrawal(station, ledger, clock, hurry);
        var attempts = new AttemptRunner(station, withdrawal, ledger, run, request.Policy, request.GpuSample, clock);
        var output = request.ComfyOutput is { } dir ? new TakeFolder(dir) : null;
        var markers = new MarkerSight(station.Client, output, ledger, run, request.Policy, clock);
        var folder = request.FromFolder && output is not null ? new FolderCollection(output, markers, new TakeReading(probe), ledger, run, request.Policy, clock) : null;
        var takes = new TakeRunner(new TakeCollector(station.Client, probe, clock), markers, folder, ledger, run, request, clock);
        var cleanup = new StationCleanup(request, ledger, run, clock);
        var settlement = new SceneSettlement(request, ledger, run, new VideoAssembler(request.VideoTools, probe, clock), cleanup, Random.Shared, clock);
        return new NightCrew(
            attempts, takes, settlement, new Resumption(request, ledger, run, attempts, takes, settlement, clock), withdrawal,
            new StationCare(station, ledger, clock), new MemoryRelief(station, ledger, clock),
            new LateTakes(request, station, new PromptEntries(ledger, run, clock), ledger, run, takes, settlement, clock), cleanup);
    }
}
