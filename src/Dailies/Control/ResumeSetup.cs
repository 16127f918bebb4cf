using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Ledger;
using Dailies.Notices;
using Dailies.Queueing;
using Dailies.Settings;
using Dailies.Stories;
using Dailies.Takes;
using Dailies.Workflows;
using Microsoft.Data.Sqlite;

namespace Dailies.Control;

/// <summary>A run's request, rebuilt from its ledger alone: story, graph, bindings and every setting in force stand there. Only the station is asked for anew,
/// because its credentials are never written down.</summary>
public sealed record ResumeSetup(RunRequest? Request, RunState? State, string? Fault)
{
    /// <summary>Reads the ledger of <paramref name="run"/>. The station is the one recorded, unless <paramref name="sources"/> name another.</summary>
    public static ResumeSetup Read(RunFolder run, SettingSources sources, ProgramRecord program, VideoTools tools)
    {
        try
        {
            var state = LatestState.Read(run.Root);
            return state.Plan is { StoryFile: { } story, Workflow: { Graph: { } graph, Targets: { } targets } } plan
                ? Rebuild(state, plan, story, graph, targets, sources, program, tools)
                : Refused($"{run.Root} holds no plan to go on with: it ended before it began");
        }
        catch (Exception e) when (e is SqliteException or JsonException or IOException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            // The last four: an event of a damaged file can be read and still hold a setting or a name that nobody wrote.
            return Refused($"{run.At(RunFolder.Ledger)} can't be read ({e.Message}); is {run.Root} a run folder?");
        }
    }

    /// <summary>Whether the run has ended to the last: every scene, the verdict, and the export, which is written after everything else.</summary>
    public static bool IsWhole(RunState state, RunFolder run) =>
        state is { State: RunStates.Finished, Validated: not null }
        && File.Exists(run.At(RunFolder.LedgerExport))
        && File.ReadLines(run.At(RunFolder.LedgerExport)).Count() == RunLedger.Read(run.At(RunFolder.Ledger)).Count;

    /// <summary>Whether an accepted take is not what was accepted any more. Reads every byte of every take.</summary>
    public static bool HasDamage(RunState state, RunFolder run) => Resumption.Damaged(state, run).Any();

    private static ResumeSetup Rebuild(
        RunState state, RunPlan plan, JsonElement storyJson, JsonElement graph, IReadOnlyDictionary<string, IReadOnlyList<string>> targets,
        SettingSources sources, ProgramRecord program, VideoTools tools)
    {
        var story = StoryFile.Parse(JsonSerializer.SerializeToUtf8Bytes(storyJson), RunFolder.StoryFile).Story;
        var template = WorkflowTemplate.Parse(JsonSerializer.SerializeToUtf8Bytes(graph), plan.Workflow.File).Template;
        if (story is null || template is null)
        {
            return Refused("the ledger's story or workflow can't be read: was it written by another version?");
        }

        var values = Values(plan);
        var animatic = state.Stations.IsEmpty ? values.Flag(RunOptions.Animatic) : state.Stations[^1].Name == RunRequest.AnimaticName;
        var (start, startFaults) = SettingsResolver.Resolve(StationOptions.All, QueueOptions.FastIteration, sources, [.. sources.File?.Members.Keys ?? []]);
        var (station, fault) = startFaults.Count > 0 ? (null, startFaults[0].ToString())
            : !animatic ? Station(state, values, start, sources)
            : sources.CommandLine.ContainsKey(StationOptions.Start.Key) ? (null, $"the run uses the embedded renderer, which needs no start: leave {StationOptions.Start.Option} away")
            : (null, null);
        var (notices, noticeFaults) = NoticeSettings.Read(SettingsResolver.Resolve(NoticeOptions.All, QueueOptions.FastIteration, sources, [.. sources.File?.Members.Keys ?? []]).Values);
        if ((fault ?? noticeFaults.FirstOrDefault()?.ToString()) is { } wrong)
        {
            return Refused(wrong);
        }

        var faults = new List<string>();
        var until = Curfew.Read(SettingsResolver.Resolve([Curfew.Until], QueueOptions.FastIteration, sources with { File = null }, []).Values, TimeProvider.System, faults);
        var checks = CheckOptions.Read(sources.File, faults);
        if (faults.Count > 0)
        {
            return Refused(faults[0]);
        }

        var ladder = plan.Ladder is { } rungs ? rungs.Deserialize<List<LadderRung>>() ?? [] : [];
        var selected = plan.Scenes.Select(s => s.SceneId).ToHashSet();
        return new ResumeSetup(
            new RunRequest
            {
                Story = story,
                Selected = [.. story.Scenes.Where(s => selected.Contains(s.Id))],
                Workflow = template,
                WorkflowFile = plan.Workflow.File,
                Binding = new WorkflowBinding(targets.ToDictionary(t => t.Key, t => (IReadOnlyList<InputTarget>)[.. t.Value.Select(InputTarget.Parse)]), plan.Workflow.Notes) { Take = plan.Workflow.Take },
                Policy = QueueOptions.ToPolicy(values) with { LadderRungs = ladder.Count },
                Ladder = ladder,
                Config = plan.Policy,
                Settings = plan.Settings,
                Set = RunSetup.SetValues(values, []),
                Seed = RunSetup.Seed(values, []),
                Name = plan.Name,
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
                Station = station?.Address,
                StationName = animatic ? RunRequest.AnimaticName : station!.Name,
                StationStart = station?.Start,
                StationStartTimeout = (start.Origin(StationOptions.StartTimeout) == "default" ? values : start).Seconds(StationOptions.StartTimeout),
                Animatic = animatic,
                Notices = notices,
                Until = until,
                SentinelScanSeconds = plan.SentinelScanSeconds,
                SentinelStableSeconds = plan.SentinelStableSeconds,
                Program = program,
                VideoTools = tools,
            }, state, null);
    }

    private static SettingValues Values(RunPlan plan)
    {
        var recorded = plan.Settings.ToDictionary(s => s.Key);
        return new SettingValues(RunOptions.All.ToDictionary(s => s.Key, s => recorded.GetValueOrDefault(s.Key) is { } r
            ? new SettingValue(s, r.Values ?? (r.Value is { } v ? [v] : []), r.Origin)
            : new SettingValue(s, s.Default is { } d ? [d] : [], "default")));
    }

    // What was typed now, else the recorded address; either way with the headers that dailies.json or the environment have for it.
    // The command that starts it is never recorded: it is what is said now.
    private static (ChosenStation? Station, string? Fault) Station(RunState state, SettingValues values, SettingValues start, SettingSources sources)
    {
        var typed = sources.CommandLine.GetValueOrDefault(RunOptions.Comfy.Key);
        IReadOnlyList<string> url = typed ?? (values.Text(RunOptions.Comfy) is { } recorded ? [recorded] : [.. state.Stations.TakeLast(1).Select(s => s.Url)]);
        var named = new SettingValues(new Dictionary<string, SettingValue>(start.All) { [RunOptions.Comfy.Key] = new(RunOptions.Comfy, url, typed is null ? "file" : "cli") });
        var (station, faults) = StationsFile.Choose(named, sources);
        return station is null || faults.Count > 0
            ? (null, faults.Count > 0 ? faults[0].ToString() : "the run names no station: give --comfy")
            : (station with { Name = state.Stations.IsEmpty || typed is not null ? station.Name : state.Stations[^1].Name }, null);
    }

    private static ResumeSetup Refused(string fault) => new(null, null, OneLine.Of(fault, 1_000));
}
