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

    /// <summary>Whether a controller works on the run. Makes nothing, and needs no right to write.</summary>
    public static bool IsHeld(string runFolder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(runFolder, RunFolder.Lock), FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // held, or not ours to know
        }
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => file.Dispose();
}
