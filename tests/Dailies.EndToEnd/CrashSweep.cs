using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>A small run that is killed with SIGKILL at one boundary of one side effect, then taken up again.</summary>
/// <remarks>The killer is a .NET startup hook in the real program (tests/Dailies.Killer): it listens to the program's own spans.</remarks>
internal sealed class CrashSweep : IDisposable
{
    private const int Killed = 128 + 9;

    private static readonly string Hook = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Dailies.Killer", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "Dailies.Killer.dll");

    private readonly string url;
    private readonly string[] options;
    private readonly DailiesProgram program = new();

    /// <param name="url">The station, which survives.</param>
    /// <param name="scenes">Scenes of the story, two frames each.</param>
    /// <param name="options">Further options of the run.</param>
    public CrashSweep(string url, int scenes, params string[] options)
    {
        (this.url, this.options) = (url, options);
        var list = Enumerable.Range(1, scenes).Select(n => $$"""{"title":"Shot {{n}}","prompt":"a lighthouse, view {{n}}","expectedFrames":2}""");
        program.Write("story.json", $$"""{"storyId":"sweep","title":"{{Title}}","logline":"l","scenes":[{{string.Join(',', list)}}]}""");
        program.Write("workflow.json", Graph(frames: 2));
    }

    /// <summary>A small text-to-image graph, 64 pixels wide.</summary>
    public static string Graph(int frames) => """
        {"3":{"class_type":"KSampler","inputs":{"model":["4",0],"seed":1,"steps":2,"cfg":7,"sampler_name":"euler","scheduler":"normal","positive":["6",0],"negative":["7",0],"latent_image":["5",0],"denoise":1.0}},
         "4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"animatic-storyboard-v1.safetensors"}},
         "5":{"class_type":"EmptyLatentImage","inputs":{"width":64,"height":64,"batch_size":FRAMES}},
         "6":{"class_type":"CLIPTextEncode","inputs":{"text":"x","clip":["4",1]}},
         "7":{"class_type":"CLIPTextEncode","inputs":{"text":"blurry","clip":["4",1]}},
         "8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["4",2]}},
         "9":{"class_type":"SaveImage","inputs":{"images":["8",0],"filename_prefix":"x"}}}
        """.Replace("FRAMES", $"{frames}", StringComparison.Ordinal);

    /// <summary>The story's title, this sweep's alone: run ids of one second are the same in different folders.</summary>
    public string Title { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Runs undisturbed, and returns every boundary that it passed, in order.</summary>
    public async Task<IReadOnlyList<string>> BoundariesAsync()
    {
        (await RunAsync(null)).ShouldBe(0);
        return await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs until the boundary and takes the run up again. False when this run never came to the boundary.</summary>
    public async Task<bool> KillAndResumeAsync(string boundary)
    {
        var code = await RunAsync(boundary);
        if (code == 0)
        {
            return false;
        }

        code.ShouldBe(Killed, boundary);
        program.Variables.Clear();
        // Killed before its first event, a run has no plan: there is nothing to lose, and it is simply started again.
        if (!Directory.Exists(Path.Combine(program.Folder, "logs")) || !HasPlan())
        {
            (await RunAsync(null)).ShouldBe(0, boundary);
            return true;
        }

        var resumed = await program.RunAsync("resume", "latest", "--comfy", url);
        resumed.ExitCode.ShouldBe(0, $"{boundary}\n{resumed.StandardOutput}{resumed.StandardError}");
        return true;
    }

    /// <summary>How often each scene was accepted, as the ledger's export tells.</summary>
    public IReadOnlyDictionary<string, int> Accepted() => Events("SceneAccepted").GroupBy(e => e.GetProperty("SceneId").GetString()!).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>The pictures of each scene's take: the compressed pixels of its PNGs, without the text that differs from run to run.</summary>
    public IReadOnlyDictionary<string, string> Pictures() => Events("SceneAccepted").ToDictionary(
        e => e.GetProperty("SceneId").GetString()!,
        e => string.Join('|', Directory.GetFiles(Path.Combine(program.LatestRun(), e.GetProperty("SceneId").GetString()!, $"generated-frames-attempt-{e.GetProperty("Attempt").GetInt32()}"), "*.png")
            .Order(StringComparer.Ordinal).Select(Pixels)));

    /// <summary>Files that no finished run leaves behind.</summary>
    public IEnumerable<string> Leftovers() => Directory.EnumerateFiles(program.LatestRun(), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)
        .Where(f => f.EndsWith(".partial", StringComparison.Ordinal) || f.EndsWith(".requested", StringComparison.Ordinal) || f == "disk.reserve");

    public void Dispose() => program.Dispose();

    private string LogPath => Path.Combine(program.Folder, "boundaries.log");

    private bool HasPlan() => File.Exists(Path.Combine(program.LatestRun(), "artifact-metadata.json"));

    private async Task<int> RunAsync(string? killAt)
    {
        program.Variables["DOTNET_STARTUP_HOOKS"] = Hook;
        program.Variables["DAILIES_KILLER_LOG"] = LogPath;
        program.Variables["DAILIES_KILLER_AT"] = killAt;
        var result = await program.RunAsync(["run", "story.json", "--comfy", url, "--no-video", "--scene-history-poll-interval-seconds", "0.1", .. options]);
        return result.ExitCode;
    }

    private IEnumerable<JsonElement> Events(string kind) => File.ReadLines(Path.Combine(program.LatestRun(), "ledger.jsonl"))
        .Select(l => JsonDocument.Parse(l).RootElement).Where(e => e.GetProperty("Kind").GetString() == kind);

    // A PNG is chunks of <length, type, data, sum>; IDAT holds the pixels.
    private static string Pixels(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var pixels = new MemoryStream();
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (bytes.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                pixels.Write(bytes, at + 8, length);
            }

            at += length + 12;
        }

        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pixels.ToArray()));
    }
}
