using Microsoft.Data.Sqlite;

namespace Dailies.Control;

/// <summary>Tells whether our own storage is at fault: the disk is full, read-only or gone, or the ledger's file is broken.</summary>
public static class StorageFault
{
    // What .NET throws for a part of the program that is missing or damaged is an IOException too: that is no disk's fault.
    private const string AssemblyMark = ", Version=";

    /// <summary>Whether <paramref name="e"/> says so.</summary>
    public static bool Is(Exception e) => e switch
    {
        FileLoadException => false,
        FileNotFoundException { FileName: { } name } when name.Contains(AssemblyMark, StringComparison.Ordinal) => false,
        IOException or UnauthorizedAccessException or SqliteException => true,
        _ => false,
    };
}
