using System.Runtime.ExceptionServices;
using System.Text;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;

namespace Dailies.Artifacts;

/// <summary>Writes the projections of a run to its folder, each file whole or not at all.</summary>
/// <param name="run">The run folder.</param>
/// <param name="latestRun">Where latest-run.json goes.</param>
/// <param name="clock">Paces the writing.</param>
public sealed class Evidence(RunFolder run, string latestRun, TimeProvider clock)
{
    // Writing may take this share of the time: with 1,000 scenes the files are large, and they are rewritten as scenes settle.
    private const double Share = 0.02;
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);
    private long? lastEnd;
    private TimeSpan lastCost;

    /// <summary>Writes all three files if the last writing is long enough ago; for use while the run goes on.</summary>
    public void Refresh(RunState state)
    {
        if (lastEnd is null || (clock.GetElapsedTime(lastEnd.Value) is var since && since >= LeastPause && since >= lastCost / Share))
        {
            Write(state);
        }
    }

    /// <summary>Writes summary, metadata and latest-run. Throws <see cref="IOException"/> when the disk won't take them.</summary>
    public void Write(RunState state)
    {
        var begin = clock.GetTimestamp();
        var metadata = MetadataProjection.Project(state);
        var bytes = metadata.Write();
        // Each is tried though another failed: what can be written, is.
        Exception? first = null;
        foreach (var (path, content) in new[] { (run.At(RunFolder.Metadata), bytes), (run.At(RunFolder.Summary), Encoding.UTF8.GetBytes(SummaryText.Write(state, metadata))), (latestRun, bytes) })
        {
            try
            {
                AtomicFile.Write(path, content);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                first ??= e;
            }
        }

        lastEnd = clock.GetTimestamp();
        lastCost = clock.GetElapsedTime(begin, lastEnd.Value);
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
