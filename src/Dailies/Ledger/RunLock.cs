using Dailies.Contract;

namespace Dailies.Ledger;

/// <summary>One controller per run: a lock of the operating system on a file in the run folder. It ends with the process, however that ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <summary>The lock, or null while another process holds it.</summary>
    public static RunLock? TryTake(string runFolder)
    {
        try
        {
            return new RunLock(new FileStream(Path.Combine(runFolder, RunFolder.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => file.Dispose();
}
