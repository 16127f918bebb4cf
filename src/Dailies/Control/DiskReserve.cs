using Dailies.Contract;

namespace Dailies.Control;

/// <summary>Room kept free on our disk while a run goes on: a run that fills the disk gives it back, and its evidence still fits.</summary>
internal sealed class DiskReserve : IDisposable
{
    private readonly string path;

    private DiskReserve(string path) => this.path = path;

    /// <summary>How much is kept: the ledger's log, summary and metadata of a long run.</summary>
    public const long Bytes = 8 * 1024 * 1024;

    /// <summary>Takes the room. Throws <see cref="IOException"/> when there is none: then a run had better not begin.</summary>
    public static DiskReserve Take(RunFolder folder)
    {
        var path = folder.At(RunFolder.Reserve);
        // Preallocated: a file with a hole in it would keep nothing free.
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = Bytes });
        return new DiskReserve(path);
    }

    /// <summary>Gives the room back; a second time does nothing.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is gone or read-only: there is nothing to give back.
        }
    }
}
