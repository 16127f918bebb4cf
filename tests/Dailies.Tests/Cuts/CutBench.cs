using System.Security.Cryptography;
using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Takes;
using Dailies.Tests.Takes;
using SkiaSharp;

namespace Dailies.Tests.Cuts;

/// <summary>A run folder with takes of every kind, made by the real ffmpeg.</summary>
internal sealed class CutBench : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VideoAssembler _assembler = new(VideoTools.Find(), new VideoProbe(VideoTools.Find()), TimeProvider.System);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public RunFolder Run => new(Path.Combine(_folder.Path, "20261124-000000"));

    public void Dispose() => _folder.Dispose();

    /// <summary>A take of frames, with its video.</summary>
    public async Task<CutScene> FramesAsync(int n, int count = 12, int width = 96, int height = 64, double fps = 24)
    {
        var files = Enumerable.Range(1, count).Select(i => File($"{RunFolder.Frames(RunFolder.SceneId(n), 1)}/f_{i:00000}_.png", Pictures.Png(width, height, i), width, height)).ToList();
        return await WithVideoAsync(Scene(n, FrameSource.Files, files) with { FrameCount = count, Fps = fps });
    }

    /// <summary>A take that is the renderer's own video.</summary>
    public async Task<CutScene> VideoAsync(int n, string extension, string size, double fps, int frames, bool sound, params string[] codec)
    {
        var name = $"{RunFolder.Frames(RunFolder.SceneId(n), 1)}/take{extension}";
        Directory.CreateDirectory(Path.GetDirectoryName(Run.At(name))!);
        await Film.MakeAsync(Run.At(name), size, fps, frames, sound, Cancel, codec);
        return await WithVideoAsync(Scene(n, FrameSource.Video, [new FrameRecord(name, 1, "", 96, 64)]) with { FrameCount = frames });
    }

    /// <summary>A take that is one picture.</summary>
    public CutScene Still(int n, int frames, int width = 50, int height = 100) =>
        Scene(n, FrameSource.Still, [File($"{RunFolder.SceneId(n)}/still.png", Pictures.Png(width, height), width, height)]) with { FrameCount = 1, ExpectedFrames = frames };

    public static CutScene Failed(int n, string why = "CUDA out of memory") =>
        new() { SceneId = RunFolder.SceneId(n), Title = "A scene without a take", Attempt = 2, Kind = FailureKind.OutOfMemory, Why = why };

    public async Task<CutEnd> CutAsync(IReadOnlyList<CutScene> scenes, bool slate = false, VideoTools? tools = null) =>
        await new StoryCut(tools ?? VideoTools.Find(), new VideoProbe(VideoTools.Find()), TimeProvider.System).MakeAsync(Run, CutPlan.Of(scenes, slate), "A 'title': with, all; of\nit", (_, _) => { }, Cancel);

    public async Task<ContactSheetRecord> SheetAsync(IReadOnlyList<CutScene> scenes, VideoTools? tools = null) =>
        await new ContactSheet(tools ?? VideoTools.Find(), TimeProvider.System).DrawAsync(Run, scenes, new SheetHead("A story", "run 20261124-000000"), (_, _) => { }, Cancel);

    /// <summary>The middle of a scene's picture on a sheet.</summary>
    public SKColor Middle(ContactSheetRecord sheet, SheetPlan plan, int cell)
    {
        using var page = SKBitmap.Decode(Run.At(sheet.Pages[cell / plan.CellsPerPage]));
        var thumb = plan.Thumb(cell);
        return page.GetPixel(thumb.MidX, thumb.MidY);
    }

    private static CutScene Scene(int n, string source, IReadOnlyList<FrameRecord> files) =>
        new() { SceneId = RunFolder.SceneId(n), Title = $"Scene {n}", Label = $"{n}A", Attempt = 1, Seed = 7, Source = source, Files = files };

    private async Task<CutScene> WithVideoAsync(CutScene scene)
    {
        var order = new VideoOrder(scene.SceneId, 1, 7, scene.Title, scene.Source!, scene.Files, new FrameRate(scene.Fps, "default"));
        var video = await _assembler.MakeAsync(Run, order, Cancel);
        video.Error.ShouldBeNull();
        return scene with { Video = video };
    }

    private FrameRecord File(string name, byte[] bytes, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Run.At(name))!);
        System.IO.File.WriteAllBytes(Run.At(name), bytes);
        return new FrameRecord(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), width, height);
    }
}
