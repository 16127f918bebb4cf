using System.Globalization;
using System.Text.Json.Nodes;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Ledger;
using Dailies.Notices;
using Dailies.Queueing;
using Dailies.Settings;
using Dailies.Stories;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>What the reading of story, settings and workflow came to: a request, or every fault at once. Notes are worth saying either way.</summary>
public sealed record RunSetup(RunRequest? Request, IReadOnlyList<string> Faults, IReadOnlyList<string> Notes)
{
    /// <summary>Reads everything that a run of <paramref name="storyPath"/> needs. Throws nothing for what it finds in files or settings.</summary>
    public static RunSetup Read(
        string storyPath, IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine, Func<string, string?> environment, ProgramRecord program, VideoTools tools,
        StoryboardWorkflow? storyboards = null, TimeProvider? clock = null)
    {
        var faults = new List<string>();
        var reading = StoryFile.Read(storyPath);
        faults.AddRange(reading.Faults.Select(f => f.ToString()));

        var (file, fileFault) = SettingsFiles.Find(storyPath);
        faults.AddRange(fileFault is null ? [] : [fileFault.ToString()]);
        var sources = new SettingSources(commandLine, environment, file);
        var (values, settingFaults) = SettingsResolver.Resolve(RunOptions.All, QueueOptions.FastIteration, sources, RunOptions.OtherFileKeys);
        faults.AddRange(settingFaults.Select(f => f.ToString()));
        var readable = settingFaults.Count == 0;
        faults.AddRange(readable ? QueueOptions.CrossFaults(values).Concat(GpuOptions.Faults(values)).Select(f => f.ToString()) : []);

        var (station, stationFaults) = StationsFile.Choose(values, sources);
        faults.AddRange(stationFaults.Select(f => f.ToString()));
        var animatic = UsesAnimatic(values, faults, stationNamed: values.List(RunOptions.Comfy).Count > 0 || station is not null || stationFaults.Count > 0);
        if (animatic && values.Text(StationOptions.Start) is { Length: > 0 } && values.Origin(StationOptions.Start) == "cli")
        {
            faults.Add($"{StationOptions.Start.Option} and {RunOptions.Animatic.Option} exclude each other: the embedded renderer needs no start");
        }

        var seed = Seed(values, faults);
        var until = Curfew.Read(values, clock ?? TimeProvider.System, faults);
        var from = Earlier(values, faults);
        var (selected, sceneFault) = SceneSelection.Choose(reading.Story?.Scenes ?? [], reading.Story is null ? null : values.Text(RunOptions.Scenes));
        faults.AddRange(sceneFault is null ? [] : [new SettingFault(RunOptions.Scenes.Key, $"'{values.Text(RunOptions.Scenes)}'", RunOptions.Scenes.Option, sceneFault).ToString()]);

        faults.AddRange(new[] { RunOptions.RunsDir, RunOptions.PublicDir, RunOptions.ArchiveDir }.Where(s => string.IsNullOrWhiteSpace(values.Text(s)))
            .Select(s => new SettingFault(s.Key, "empty", $"from {values.Origin(s)}", "a folder").ToString()));

        var (notices, noticeFaults) = NoticeSettings.Read(values);
        faults.AddRange(noticeFaults.Select(f => f.ToString()));
        var set = SetValues(values, faults);
        var ladder = LadderRung.Read(file, faults);
        var checks = CheckOptions.Read(file, faults);
        var workflow = WorkflowChoice.Read(storyPath, values, file, animatic ? storyboards : null, hasStory: reading.Story is not null, faults);
        if (workflow is not null)
        {
            faults.AddRange(workflow.Check(set, reading.Story?.Scenes ?? [], ladder));
        }

        var prefixBound = workflow?.Binding.Of("prefix").Count > 0;
        faults.AddRange(readable && workflow is not null ? CollectOptions.Faults(values, animatic, prefixBound) : []);

        if (faults.Count > 0)
        {
            return new RunSetup(null, [.. faults.Select(f => OneLine.Of(f, 1_000))], reading.Notes); // a path or a value may hold a line end
        }

        var policy = QueueOptions.ToPolicy(values) with { LadderRungs = ladder.Count };
        return new RunSetup(
            new RunRequest
            {
                Story = reading.Story! with { Warnings = [.. reading.Story!.Warnings, .. reading.Notes], Scenes = [.. reading.Story.Scenes.Select(Drawable)] },
                Selected = [.. selected.Select(Drawable)],
                Workflow = workflow!.Template,
                WorkflowFile = workflow.File.Replace('\\', '/'),
                Binding = workflow.Binding,
                Policy = policy,
                Config = QueueOptions.ToConfig(values),
                Settings = Records(values, station, animatic),
                Set = set,
                Ladder = ladder,
                Seed = seed,
                Name = values.Text(RunOptions.Name),
                RunsDir = values.Text(RunOptions.RunsDir)!,
                PublicDir = values.Text(RunOptions.PublicDir)!,
                ArchiveDir = values.Flag(RunOptions.NoArchive) ? null : values.Text(RunOptions.ArchiveDir),
                ArchiveFrames = values.Flag(RunOptions.ArchiveFrames),
                Fps = values.Number(QueueOptions.Fps),
                FpsOrigin = values.Origin(QueueOptions.Fps),
                NoVideo = values.Flag(RunOptions.NoVideo),
                NoChecks = values.Flag(CheckOptions.NoChecks),
                Checks = checks,
                FromFolder = CollectOptions.FromFolder(values),
                ComfyOutput = values.Text(CollectOptions.ComfyOutput),
                StationCleanup = values.Flag(CollectOptions.Cleanup),
                GpuSample = GpuOptions.Interval(values),
                Cut = CutOptions.Of(values),
                Station = animatic ? null : station?.Address,
                StationName = animatic ? RunRequest.AnimaticName : station!.Name,
                StationStart = animatic ? null : station!.Start,
                StationStartTimeout = values.Seconds(StationOptions.StartTimeout),
                Animatic = animatic,
                Notices = notices,
                Until = until,
                From = from,
                SentinelScanSeconds = values.Number(QueueOptions.ScanInterval),
                SentinelStableSeconds = values.Number(QueueOptions.StableSeconds),
                Warnings = [.. QueueOptions.Warnings(policy), .. PaceReader.Read(values.Text(RunOptions.RunsDir)!, workflow.Template.Sha256)?.Warnings(policy) ?? [], .. RunWarnings.Of(values, reading.Story!), .. CollectOptions.Warnings(values, prefixBound), .. animatic && (station?.Start ?? values.Text(StationOptions.Start)) is { Length: > 0 } ? [StationOptions.Ignored] : Array.Empty<string>()],
                Program = program,
                VideoTools = tools,
            },
            [], reading.Notes);
    }

    // A scene without a prompt is drawn by its summary (the reader says so).
    private static Scene Drawable(Scene scene) => string.IsNullOrWhiteSpace(scene.Prompt) ? scene with { Prompt = scene.Summary } : scene;

    // Never storyboards by itself: the operator says --animatic or names a station, and the command line beats the file.
    private static bool UsesAnimatic(SettingValues values, List<string> faults, bool stationNamed)
    {
        var (wanted, comfy) = (values.Flag(RunOptions.Animatic), values.Origin(RunOptions.Comfy));
        if (!wanted && !stationNamed)
        {
            faults.Add("no station: give --comfy http://127.0.0.1:8188, name one in dailies.json, or draw storyboards with --animatic");
        }

        if (wanted && comfy == "cli" && values.Origin(RunOptions.Animatic) == "cli")
        {
            faults.Add("--comfy and --animatic exclude each other: a run has one renderer");
        }

        return wanted && (values.Origin(RunOptions.Animatic) == "cli" || comfy is "default" or "file");
    }

    private static string? Earlier(SettingValues values, List<string> faults)
    {
        if (values.Text(RunOptions.From) is not { } name)
        {
            return null;
        }

        var (folder, fault) = RunFinder.Find(name, values.Text(RunOptions.RunsDir) ?? "");
        fault ??= LatestState.Of(folder!) is null ? $"{folder} has no ledger that can be read" : null;
        faults.AddRange(fault is null ? [] : [$"{RunOptions.From.Option}: {fault}"]);
        return folder;
    }

    internal static ulong? Seed(SettingValues values, List<string> faults)
    {
        if (values.Text(RunOptions.Seed) is not { } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        faults.Add(new SettingFault(RunOptions.Seed.Key, $"'{text}'", $"from {values.Origin(RunOptions.Seed)}", "a whole number from 0 to 18446744073709551615").ToString());
        return null;
    }

    internal static Dictionary<string, JsonNode> SetValues(SettingValues values, List<string> faults)
    {
        var set = new Dictionary<string, JsonNode>();
        foreach (var text in values.List(RunOptions.Set))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add(new SettingFault(RunOptions.Set.Key, $"'{text}'", $"from {values.Origin(RunOptions.Set)}", "name=value, for example checkpoint=sd15.safetensors").ToString());
                continue;
            }

            set[text[..equals]] = JsonValue.Create(text[(equals + 1)..]);
        }

        return set;
    }

    // A url can hold credentials: what is recorded is the address as it may be shown. A command can too: that there is one is all that is recorded.
    private static IReadOnlyList<SettingRecord> Records(SettingValues values, ChosenStation? station, bool animatic) =>
    [
        .. values.All.Values.Select(v => new SettingRecord(
            v.Setting.Key,
            v.Setting == RunOptions.Comfy && v.Texts.Count > 0 ? station?.Address.Shown
            : v.Setting == StationOptions.Start ? animatic || station?.Start is null ? null : StationOptions.Set
            : v.Texts.Count == 0 ? null
            : NoticeOptions.All.Contains(v.Setting) ? StationOptions.Set
            : v.Setting == RunOptions.LlmUrl || v.Setting == RunOptions.LlmHealthUrl ? StationsFile.Hidden(v.Texts[0])
            : string.Join(", ", v.Texts),
            v.Setting == StationOptions.Start && v.Texts.Count == 0 && station?.Start is not null ? "file" : v.Origin)
        {
            Values = v.Setting.Kind == SettingKind.List && v.Setting != RunOptions.Comfy ? v.Texts : null,
        }),
    ];
}
