using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Artifacts;

/// <summary>The state of a run on disk.</summary>
public static class LatestState
{
    /// <summary>One of <see cref="RunStates"/>, or null when the folder's ledger can't be read.</summary>
    public static string? Of(string runFolder)
    {
        try
        {
            return Read(runFolder).State;
        }
        catch (Exception e) when (e is SqliteException or System.Text.Json.JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>The folded ledger of a run folder. Throws <see cref="SqliteException"/> when there is none.</summary>
    public static RunState Read(string runFolder) => RunState.Fold(RunLedger.Read(new RunFolder(runFolder).At(RunFolder.Ledger)));
}
