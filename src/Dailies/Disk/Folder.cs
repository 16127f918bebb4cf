using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dailies.Disk;

/// <summary>Folders whose entries survive a power cut: on Unix a new name is on disk only when its folder is.</summary>
public static class Folder
{
    /// <summary>Makes the folder and what is missing above it; each new name is on disk when this returns.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (parent is not null)
        {
            Create(parent);
        }

        Directory.CreateDirectory(path);
        if (parent is not null)
        {
            Sync(parent);
        }
    }

    /// <summary>Brings the folder's entries to disk. A file system that can't (some network ones) is left as it is.</summary>
    /// <remarks>Nothing to do on Windows: NTFS keeps names in its own journal, and there is no call that would flush a folder's for an ordinary user.</remarks>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no folder as a file; what follows the opening it can do: fsync, on macOS the full one, and no fault where folders can't be synced.
        using var folder = Open(path, ReadOnly);
        if (folder.IsInvalid)
        {
            var number = Marshal.GetLastPInvokeError();
            // A folder that we may write to, but not list, can't be synced.
            if (number == NotPermitted)
            {
                return;
            }

            throw new IOException($"{path} can't be opened to be synced: {Marshal.GetPInvokeErrorMessage(number)}");
        }

        RandomAccess.FlushToDisk(folder);
    }

    private const int ReadOnly = 0;
    private const int NotPermitted = 13; // EACCES, the same number on Linux and macOS

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
