using System.Text.Json;
using Dailies.Contract;
using Dailies.Takes;

namespace Dailies.Checks;

/// <summary>The suite <c>e2e</c>: the run as it lies on disk, read as a stranger would: metadata, then every file that it names, by checksum and by decoding.</summary>
internal static class RunSuite
{
    /// <summary>Reads everything again; nothing of the program's memory is used.</summary>
    public static async Task<CheckLog> RunAsync(RunFolder run, VideoProbe probe, CancellationToken cancel)
    {
        var log = new CheckLog();
        if (Read(run, log) is { } metadata)
        {
            log.Add(RunFolder.StoryFile, File.Exists(run.At(RunFolder.StoryFile)) ? null : "is not there");
            foreach (var scene in metadata.Scenes)
            {
                await JudgeAsync(run, scene, probe, log, cancel);
            }
        }

        return log;
    }

    private static ArtifactMetadata? Read(RunFolder run, CheckLog log)
    {
        try
        {
            var metadata = JsonSerializer.Deserialize<ArtifactMetadata>(File.ReadAllBytes(run.At(RunFolder.Metadata)), ContractJson.Pascal);
            log.Add(RunFolder.Metadata, metadata is null ? "is null" : metadata.RunId != run.RunId ? $"is of run {metadata.RunId}" : null);
            return metadata;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            log.Fail(RunFolder.Metadata, e.Message);
            return null;
        }
    }

    private static async Task JudgeAsync(RunFolder run, SceneRecord scene, VideoProbe probe, CheckLog log, CancellationToken cancel)
    {
        if (!scene.Success)
        {
            log.Skip(scene.SceneId, "has no take");
            return;
        }

        var fault = TakeCheck.Damage(run, scene.Frames) ?? (scene.FrameSource == FrameSource.Video ? await OfVideoAsync(run, scene, probe, cancel) : OfFrames(run, scene));
        log.Add($"{scene.SceneId} {SummaryNumber.Text(scene.FrameCount)} frames, {SummaryNumber.Text(scene.Frames.Sum(f => f.Bytes))} bytes", fault);
        if (scene.Video is { Path: { } path, Sha256: { } sha })
        {
            log.Add($"{scene.SceneId} {path}", TakeCheck.Damage(run, [new FrameRecord(path, File.Exists(run.At(path)) ? new FileInfo(run.At(path)).Length : 0, sha, 0, 0)]));
        }
    }

    private static string? OfFrames(RunFolder run, SceneRecord scene) =>
        scene.Frames.Count != scene.FrameCount ? $"{scene.Frames.Count} files are listed" : scene.Frames
            .AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(4, Environment.ProcessorCount))
            .Where(f => f.Width > 0) // one that could not be decoded when it came can't be now
            .Select(f => (f, Verdict: FrameCheck.Check(run.At(f.File))))
            .Select(f => f.Verdict.Fault is { } fault ? $"{f.f.File} {fault}"
                : (f.Verdict.Width, f.Verdict.Height) != (f.f.Width, f.f.Height) ? $"{f.f.File} is {f.Verdict.Width}×{f.Verdict.Height}, not {f.f.Width}×{f.f.Height}" : null)
            .FirstOrDefault(f => f is not null);

    private static async Task<string?> OfVideoAsync(RunFolder run, SceneRecord scene, VideoProbe probe, CancellationToken cancel)
    {
        var facts = await probe.ReadAsync(run.At(scene.Frames[0].File), cancel);
        return facts.Undecidable ? null : facts.Error ?? (facts.Frames == scene.FrameCount ? null : $"{scene.Frames[0].File} has {facts.Frames} frames");
    }
}
