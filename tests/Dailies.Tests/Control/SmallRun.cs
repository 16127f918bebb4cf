using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dailies.Animatic;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Settings;
using Dailies.Takes;

namespace Dailies.Tests.Control;

/// <summary>A tiny story in a folder of its own, rendered in process against an embedded renderer.</summary>
internal sealed class SmallRun : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private SmallRun(int scenes, int frames, int steps)
    {
        var list = Enumerable.Range(1, scenes).Select(n => $$"""{"title":"Shot {{n}}","summary":"s","prompt":"a lighthouse, view {{n}}","mood":"calm","expectedFrames":{{frames}}}""");
        _folder.Write("story/story.json", $$"""{"storyId":"small","title":"Small","logline":"l","directorsVision":"v","scenes":[{{string.Join(',', list)}}]}""");
        _folder.Write("story/workflow.json", Tests.Animatic.Graphs.Shot(frames: frames, steps: steps).ToJsonString());
    }

    public string Folder => _folder.Path;

    public string Story => Path.Combine(Folder, "story");

    public AnimaticServer? Server { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The clock of run and renderer.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Options as on the command line, strongest last.</summary>
    public Dictionary<string, IReadOnlyList<string>> Typed { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    public VideoTools Tools { get; set; } = new(null, null);

    public RunResult Result { get; private set; } = null!;

    public string RunDir => Result.RunDir;

    public string Summary => File.ReadAllText(Path.Combine(RunDir, RunFolder.Summary));

    public JsonNode Metadata => JsonNode.Parse(File.ReadAllText(Path.Combine(RunDir, RunFolder.Metadata)))!;

    public JsonNode Scene(int number) => Metadata["Scenes"]!.AsArray().Single(s => (string)s!["SceneId"]! == RunFolder.SceneId(number))!;

    /// <summary>A story and a renderer. Faults as on the command line, comma between them.</summary>
    public static Task<SmallRun> WithAsync(string faults = "", int scenes = 2, int frames = 2, int steps = 1, TimeSpan stepDelay = default) =>
        StartAsync(new SmallRun(scenes, frames, steps), faults, stepDelay, seed: 0);

    /// <summary>The same by a clock that jumps, with the contract's own pauses: run and renderer go by it.</summary>
    public static async Task<SmallRun> OnClockAsync(VirtualClock clock, string faults, int scenes = 2, long seed = 0, string version = "0.8.0")
    {
        var run = await StartAsync(new SmallRun(scenes, frames: 2, steps: 1) { Clock = clock }, faults, TimeSpan.FromSeconds(1), seed, version);
        clock.Held = () => run.Server!.Held;
        run.Write("story/workflow.bindings.json", """{"frames": "5.batch_size"}""");
        return run.Set("sceneHistoryPollIntervalSeconds", "2");
    }

    /// <summary>A story without a renderer of ours.</summary>
    public static SmallRun Without(int scenes = 2, int frames = 2) => new(scenes, frames, steps: 1);

    /// <summary>The station to use.</summary>
    public SmallRun On(string url) => Set("comfy", url);

    public SmallRun Set(string option, string value)
    {
        Typed[option] = [value];
        return this;
    }

    public string Write(string name, string text) => _folder.Write(name, text);

    public RunSetup Setup(string? story = null)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>
        {
            ["runsDir"] = [Path.Combine(Folder, "logs")],
            ["publicDir"] = [Path.Combine(Folder, "public")],
            ["archiveDir"] = [Path.Combine(Folder, "artifacts")],
            ["sceneHistoryPollIntervalSeconds"] = ["0.1"],
        };
        foreach (var (key, texts) in Typed)
        {
            typed[key] = texts;
        }

        return RunSetup.Read(story ?? Story, typed, Variables.GetValueOrDefault, new ProgramRecord("dailies", "0.0.0", null), Tools);
    }

    /// <summary>Renders to the end; <paramref name="seen"/> is told each event, and may stop the run.</summary>
    public async Task<RunResult> RunAsync(Action<RunEvent, RunFolder, CancellationTokenSource>? seen = null)
    {
        var setup = Setup();
        setup.Faults.ShouldBeEmpty();
        var loop = new RunLoop(setup.Request!, Clock);
        loop.Opened += (ledger, folder) => ledger.Appended += (e, _) => seen?.Invoke(e, folder, _stop);
        return Result = await loop.RunAsync(_stop.Token);
    }

    /// <summary>Takes the run up again where it ended, on the same station.</summary>
    public async Task<RunResult> ResumeAsync()
    {
        var folder = new RunFolder(RunDir);
        var typed = new Dictionary<string, IReadOnlyList<string>> { ["comfy"] = [Server!.Url] };
        var setup = ResumeSetup.Read(folder, new SettingSources(typed, _ => null, null), new ProgramRecord("dailies", "0.0.0", null), Tools);
        setup.Fault.ShouldBeNull();
        return Result = await new RunLoop(setup.Request!, Clock).ResumeAsync(folder, _stop.Token);
    }

    /// <summary>Stops the run when it has taken too long by its clock, as an operator would; dispose it once the run has ended.</summary>
    public IDisposable StopAfter(TimeSpan span) => Clock.CreateTimer(_ => _stop.Cancel(), null, span, Timeout.InfiniteTimeSpan);

    /// <summary>Everything that its ledger on disk holds.</summary>
    public IReadOnlyList<RunEvent> Events() => RunLedger.Read(Path.Combine(RunDir, RunFolder.Ledger));

    /// <summary>How many of our attempts the renderer began, as the ledger on disk tells.</summary>
    public int ExecutedByLedger() =>
        RunLedger.Read(Path.Combine(RunDir, RunFolder.Ledger)).OfType<ExecutionSeen>().Select(e => (e.SceneId, e.Attempt)).Distinct().Count();

    public async Task<JsonNode> AskAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Server!.Url) };
        return (await http.GetFromJsonAsync<JsonNode>(path, Cancel))!;
    }

    /// <summary>Every file below the whole folder, the story's own left out, that holds a text.</summary>
    public IEnumerable<string> FilesWith(string secret) =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(Story, StringComparison.Ordinal))
            .Where(f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        _stop.Dispose();
        _folder.Dispose();
    }

    /// <summary>Faults as on the command line, comma between them.</summary>
    public static IReadOnlyList<Fault> Faults(string texts) => [.. texts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    private static async Task<SmallRun> StartAsync(SmallRun run, string faults, TimeSpan stepDelay, long seed, string version = "0.8.0")
    {
        run.Server = await AnimaticServer.StartAsync(
            new AnimaticOptions { OutputFolder = Path.Combine(run.Folder, "output"), Faults = Faults(faults), Seed = seed, StepDelay = stepDelay, Clock = run.Clock, Version = version }, Cancel);
        return run.On(run.Server.Url);
    }

    private static Fault Read(string text)
    {
        Fault.TryParse(text, out var fault, out var error).ShouldBeTrue(error);
        return fault!;
    }
}
