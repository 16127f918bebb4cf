using Dailies.Comfy;
using Dailies.Workflows;

namespace Dailies.Control;

/// <summary>The seeds that every seed input of the workflow takes: derived seeds are narrowed to it (contract §5).</summary>
internal static class SeedRange
{
    /// <summary>Asks the station about each class that a seed goes to; what it does not tell does not narrow.</summary>
    public static async Task<(ulong Min, ulong Max)?> AskAsync(ComfyClient client, RunRequest request, CancellationToken cancel)
    {
        (ulong Min, ulong Max)? range = null;
        var classes = request.Binding.Of("seed").Select(t => (request.Workflow.Node(t.NodeId)?.ClassType, t.Input)).Distinct();
        foreach (var (nodeClass, input) in classes.Where(c => c.ClassType is not null))
        {
            if (await RangeOfAsync(client, nodeClass!, input, cancel) is { } one)
            {
                range = range is { } so ? (Math.Max(so.Min, one.Min), Math.Min(so.Max, one.Max)) : (one.Min, one.Max);
            }
        }

        return range is { } found && found.Min <= found.Max ? found : null;
    }

    /// <summary>A derived seed within the range.</summary>
    public static ulong Narrow(ulong seed, (ulong Min, ulong Max)? range) => range is { } r ? SeedDerivation.Narrow(seed, r.Min, r.Max) : seed;

    private static async Task<WholeRange?> RangeOfAsync(ComfyClient client, string nodeClass, string input, CancellationToken cancel)
    {
        try
        {
            return await client.InputRangeAsync(nodeClass, input, cancel);
        }
        catch (StationException)
        {
            return null; // an old or bare server: the prompt itself will tell
        }
    }
}
