using System.Globalization;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>Removes takes from the station's output folder once they are verified here: files of the attempt's own prefix, in the folder of this very run, and nothing else.</summary>
internal sealed class StationCleanup(RunRequest request, RunLedger ledger, RunFolder run, TimeProvider clock)
{
    private const double BytesPerMiB = 1048576;

    private bool CanRemove => request is { StationCleanup: true, ComfyOutput: not null } && request.Binding.Of("prefix").Count > 0;

    /// <summary>The scene's take was accepted.</summary>
    public void After(string sceneId)
    {
        if (CanRemove && ledger.State.Scenes[sceneId] is { KeptFrom: null, Described: { IsCleaned: false } attempt } && attempt.Prefix.Split('/') is [_, var owner, ..] && owner == run.RunId)
        {
            var (files, bytes, trouble) = Remove(new TakeFolder(request.ComfyOutput!), attempt.Prefix);
            ledger.Append(new StationCleaned(Stamp.Of(clock), sceneId, attempt.Number, files, bytes));
            if (trouble is not null)
            {
                ledger.Append(new RunNoted(Stamp.Of(clock), $"{sceneId}: not all of its files could be removed from the station's output folder: {trouble}"));
            }
        }
    }

    /// <summary>What of this run still lies on a station whose folder we don't see; null where there is nothing to say.</summary>
    public string? Left()
    {
        var takes = request.StationCleanup && !CanRemove
            ? ledger.State.Scenes.Values.Where(s => s.KeptFrom is null).SelectMany(s => s.Attempts).Select(a => a.Take).OfType<TakeFetched>().SelectMany(t => t.Files).ToList()
            : [];
        return takes.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{takes.Count} files ({takes.Sum(f => f.Bytes) / BytesPerMiB:0.0} MB) that were fetched still lie in the output folder of {request.StationName}: name it with {CollectOptions.ComfyOutput.Option} to have them removed");
    }

    private static (int Files, long Bytes, string? Trouble) Remove(TakeFolder output, string prefix)
    {
        var (folder, name) = output.Place(prefix);
        var (files, bytes) = (0, 0L);
        try
        {
            foreach (var candidate in output.Candidates(prefix))
            {
                foreach (var file in candidate.Files.Where(f => f.Name.StartsWith(name, StringComparison.Ordinal)))
                {
                    File.Delete(Path.Combine(candidate.Folder, file.Name));
                    (files, bytes) = (files + 1, bytes + file.Bytes);
                }
            }

            RemoveEmpty(output, folder);
            return (files, bytes, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (files, bytes, e.Message);
        }
    }

    // The attempt's folder, the scene's, the run's: as far as nothing else lies in them.
    private static void RemoveEmpty(TakeFolder output, string folder)
    {
        foreach (var below in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            if (!Directory.EnumerateFileSystemEntries(below).Any())
            {
                Directory.Delete(below);
            }
        }

        for (var at = folder; at != output.Root && output.Holds(at) && Directory.Exists(at) && !Directory.EnumerateFileSystemEntries(at).Any(); at = Path.GetDirectoryName(at)!)
        {
            Directory.Delete(at);
        }
    }
}
