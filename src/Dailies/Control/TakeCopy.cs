using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Telemetry;

namespace Dailies.Control;

/// <summary>An accepted take of one run, on its way into another as attempt 1 of a scene.</summary>
internal sealed class TakeCopy(RunFolder from, RunFolder run, SceneState take, string sceneId)
{
    private string OldScene => take.Plan.SceneId;

    private int OldAttempt => take.Accepted!.Attempt;

    /// <summary>Its files. Throws <see cref="IOException"/>; a copy that was cut off is written over.</summary>
    public void Copy()
    {
        IEnumerable<(string From, string To)> files =
        [
            (RunFolder.Workflow(OldScene, OldAttempt), RunFolder.Workflow(sceneId, 1)),
            (RunFolder.History(OldScene, OldAttempt), RunFolder.History(sceneId, 1)),
            .. take.Described!.Take!.Files.Select(f => (f.File, Moved(f.File))),
            .. Proofs(take.Described.Measures),
        ];
        foreach (var (source, target) in files)
        {
            AtomicFile.Copy(from.At(source), run.At(target));
        }
    }

    /// <summary>Its events, told of this run's scene. A take that was kept before is handed on.</summary>
    public IReadOnlyList<RunEvent> Events(IReadOnlyList<RunEvent> old) =>
    [
        .. old.Concat(old.OfType<SceneKept>().Where(k => k.SceneId == OldScene).SelectMany(k => k.Events))
            .OfType<AttemptEvent>()
            .Where(e => e.SceneId == OldScene && e.Attempt == OldAttempt && e is not (PromptWithdrawn or MemoryFreed or StationLogKept))
            .Select(e => e switch
            {
                HistoryReceived h => h with { SceneId = sceneId, Attempt = 1, Path = RunFolder.History(sceneId, 1) },
                TakeFetched t => t with { SceneId = sceneId, Attempt = 1, Files = [.. t.Files.Select(f => f with { File = Moved(f.File) })] },
                MarkerAwaited { Path: not null } m => m with { SceneId = sceneId, Attempt = 1, Path = RunFolder.Marker(sceneId, 1) },
                CopyForced c => c with { SceneId = sceneId, Attempt = 1, Path = MovedDump(c.Path) },
                _ => e with { SceneId = sceneId, Attempt = 1 },
            }),
    ];

    // scene-002/generated-frames-attempt-2/x.png → scene-003/generated-frames-attempt-1/x.png
    private string Moved(string file) => RunFolder.Frames(sceneId, 1) + file[RunFolder.Frames(OldScene, OldAttempt).Length..];

    // What the take was accepted by goes with it, as its producer wrote it.
    private IEnumerable<(string From, string To)> Proofs(AttemptMeasures measures)
    {
        if (measures.MarkerPath is { } marker)
        {
            yield return (marker, RunFolder.Marker(sceneId, 1));
        }

        if (measures.ForcedCopyPath is { } dump)
        {
            yield return (dump, MovedDump(dump));
        }
    }

    private string MovedDump(string dump) => $"{sceneId}/{dump.Split('/')[^1]}";
}
