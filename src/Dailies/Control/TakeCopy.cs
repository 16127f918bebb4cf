using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;

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
                _ => e with { SceneId = sceneId, Attempt = 1 },
            }),
    ];

    // scene-002/generated-frames-attempt-2/x.png → scene-003/generated-frames-attempt-1/x.png
    private string Moved(string file) => RunFolder.Frames(sceneId, 1) + file[RunFolder.Frames(OldScene, OldAttempt).Length..];
}
