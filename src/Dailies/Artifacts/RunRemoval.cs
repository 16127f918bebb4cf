using System.Text.Json;
using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Artifacts;

/// <summary>Removes a run folder, and nothing that a link in it leads to.</summary>
public static class RunRemoval
{
    /// <summary>Removes the folder. Null when it is gone; else why not. What is decided about a run may be old: it is looked at again, under its lock.</summary>
    public static string? Remove(RunEntry run)
    {
        if (!RunIds.IsRunId(Path.GetFileName(run.Folder)) || RunEntry.Read(run.Folder) is not { OnDisk: RunOnDisk.Run } now)
        {
            return "it is no run folder";
        }

        try
        {
            using (var gate = RunLock.TryTake(run.Folder))
            {
                if (gate is null)
                {
                    return "a controller works on it";
                }

                if (File.Exists(new RunFolder(run.Folder).At(RunFolder.Pin)) || now.State != run.State || LatestState.Read(run.Folder).State != (run.State == RunEntry.Died ? RunStates.Running : run.State))
                {
                    return "it has changed meanwhile";
                }

                Empty(run.Folder);
            }

            Directory.Delete(run.Folder, recursive: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or JsonException)
        {
            return e.Message;
        }
    }

    /// <summary>Removes a run's archive where there is one. Null when it is gone; else why not.</summary>
    public static string? RemoveArchive(string path)
    {
        try
        {
            File.Delete(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    // The ledger goes last: what a crash leaves is still a run folder, and the next time finds it. The lock is held and goes with the folder.
    private static void Empty(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(e => e.Name == RunFolder.Ledger))
        {
            if (entry is DirectoryInfo { LinkTarget: null } sub)
            {
                sub.Delete(recursive: true);
            }
            else if (entry.Name != RunFolder.Lock)
            {
                entry.Delete();
            }
        }
    }
}
