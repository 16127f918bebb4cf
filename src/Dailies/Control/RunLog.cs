using System.Text;
using Dailies.Artifacts;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>run.log: the program's own words on each event, flushed line by line.</summary>
internal sealed class RunLog(string path) : IDisposable
{
    private readonly StreamWriter file = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), new UTF8Encoding(false)) { AutoFlush = true };

    public void Write(RunEvent e, RunState state) => file.Write(EventLine.Write(e) + "\n");

    public void Dispose() => file.Dispose();
}
