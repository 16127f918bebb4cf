using System.Text;
using Dailies.Artifacts;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>run.log: the program's own words on each event, flushed line by line.</summary>
internal sealed class RunLog(string path) : IDisposable
{
    private readonly StreamWriter file = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), new UTF8Encoding(false)) { AutoFlush = true };

    /// <summary>Never throws: the ledger has the event already, and a log that can't be written must not stop the night.</summary>
    public void Write(RunEvent e, RunState state)
    {
        try
        {
            file.Write(EventLine.Write(e) + "\n");
        }
        catch (IOException)
        {
            // Whoever must write finds out that the disk takes no more.
        }
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // What it still held is in the ledger.
        }
    }
}
