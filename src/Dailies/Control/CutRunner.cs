using System.Security.Cryptography;
using System.Text.Json;
using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Ledger;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>When the night is over: the contact sheet and the film of the whole story. What goes wrong with them is noted, and changes nothing else of the run.
/// What was made already, of the same takes, is not made again.</summary>
internal sealed class CutRunner(RunRequest request, RunLedger ledger, RunFolder run, TimeProvider clock)
{
    private const int MostNotes = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly TimeSpan ProgressPause = TimeSpan.FromSeconds(1);
    private long? told;

    /// <summary>Makes them. A stopped run gets its contact sheet, and its film when it is taken up again; one whose operator is in a <paramref name="hurry"/>, whose disk
    /// is at fault or whose end is our own fault gets neither. Never throws.</summary>
    public async Task MakeAsync(NightEnd night, CancellationToken stop, CancellationToken hurry)
    {
        var state = ledger.State;
        if (hurry.IsCancellationRequested || state.Plan is null || state.Scenes.IsEmpty || night.ExitCode == ExitCode.Internal
            || night.Why?.StartsWith(FailureKind.LocalStorage, StringComparison.Ordinal) == true)
        {
            return;
        }

        try
        {
            var scenes = Scenes(state, night);
            await SheetAsync(state, scenes, hurry);
            if (request.Cut.Story && !request.NoVideo && !stop.IsCancellationRequested)
            {
                await FilmAsync(state, scenes, stop);
            }
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            // The ledger takes no more events: the evidence that follows meets the same disk, and says so.
        }
    }

    private async Task SheetAsync(RunState state, IReadOnlyList<CutScene> scenes, CancellationToken cancel)
    {
        var of = Checksum(scenes, request.Story.Title);
        if (state.ContactSheet is { Sheet.Status: VideoRecord.Complete } last && last.Of == of && last.Sheet.Pages.All(p => File.Exists(run.At(p))))
        {
            return;
        }

        var sheet = new ContactSheet(request.VideoTools, clock);
        var record = await BoundedAsync(
            late => sheet.DrawAsync(run, scenes, Head(state, scenes), (done, all) => Tell("contact sheet", done, all), late), sheet.Missing, cancel);
        ledger.Append(new ContactSheetSettled(Stamp.Of(clock), record, of));
    }

    private async Task FilmAsync(RunState state, IReadOnlyList<CutScene> scenes, CancellationToken cancel)
    {
        var of = Checksum(scenes, $"{request.Cut.Slate} {request.Story.Title}");
        if (state.StoryVideo is { Video.Status: VideoRecord.Complete } last && last.Of == of && File.Exists(run.At(RunFolder.StoryVideo)))
        {
            return;
        }

        var cut = new StoryCut(request.VideoTools, new VideoProbe(request.VideoTools, clock), clock);
        var end = await BoundedAsync(
            late => cut.MakeAsync(run, CutPlan.Of(scenes, request.Cut.Slate), Title, (done, all) => Tell("story video", done, all), late),
            why => new CutEnd(cut.Missing(why), []), cancel);
        foreach (var note in end.Notes.Count > MostNotes ? [.. end.Notes.Take(MostNotes), $"{end.Notes.Count - MostNotes} more scenes are cards"] : end.Notes)
        {
            ledger.Append(new RunNoted(Stamp.Of(clock), $"story video, a card instead of {note}"));
        }

        ledger.Append(new StoryVideoSettled(Stamp.Of(clock), end.Video, of));
    }

    // The last border: whatever goes wrong here is said, and the run ends as it would have.
    private async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> make, Func<string, T> missing, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await make(either.Token);
        }
        catch (OperationCanceledException)
        {
            return missing(cancel.IsCancellationRequested ? "the operator stopped it" : $"it took longer than {Longest.TotalHours:0} hours");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return missing(StorageFault.Is(e) ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
    }

    private string Title => string.IsNullOrWhiteSpace(request.Story.Title) ? request.Story.Id : request.Story.Title;

    private SheetHead Head(RunState state, IReadOnlyList<CutScene> scenes) => new(
        Title,
        $"run {run.RunId}{(request.Name is { } name ? $" ({name})" : "")}  ·  {scenes.Count(s => s.HasTake)} of {scenes.Count} scenes have a take"
        + (state.Stations.Any(s => s.Renderer == "animatic") ? "  ·  storyboards by the embedded Animatic renderer" : ""));

    private List<CutScene> Scenes(RunState state, NightEnd night)
    {
        var told = request.Story.Scenes.DistinctBy(s => s.Id).ToDictionary(s => s.Id);
        return [.. state.Scenes.Values.Select(s => Scene(s, told.GetValueOrDefault(s.Plan.SceneId)?.Label, night))];
    }

    private CutScene Scene(SceneState scene, string? label, NightEnd night)
    {
        var (id, attempt, taken) = (scene.Plan.SceneId, scene.Described, scene.Accepted is not null);
        var take = taken ? attempt?.Take : null;
        return new CutScene
        {
            SceneId = id,
            Title = scene.Plan.Title,
            Label = label,
            Attempt = attempt?.Number,
            Seed = attempt?.Seed,
            Source = take?.FrameSource,
            Files = take?.Files ?? [],
            FrameCount = take?.FrameCount ?? 0,
            ExpectedFrames = scene.Plan.ExpectedFrames,
            Fps = take is null || scene.Video?.Video.Fps is not null ? request.Fps : SceneRate.Of(request, run, id).Fps,
            Video = take is null ? null : scene.Video?.Video,
            Kind = scene.Failed?.FailureKind,
            Why = taken ? null : scene.Failed?.Message ?? $"the run ended first ({night.Why ?? night.State})",
        };
    }

    private static string Checksum(IReadOnlyList<CutScene> scenes, string settings) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((object)new { scenes, settings }, ContractJson.PascalLine)));

    private void Tell(string what, int done, int all)
    {
        var now = clock.GetTimestamp();
        if (told is null || clock.GetElapsedTime(told.Value, now) >= ProgressPause)
        {
            told = now;
            ledger.Progress(new AttemptProgress(AttemptProgress.Story, 0, what, done, all, Stamp.Of(clock)));
        }
    }
}
