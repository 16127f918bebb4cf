using Dailies.Cuts;
using Dailies.Notices;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>What <c>dailies run</c> can be told beyond the queue knobs (contract §1-§2).</summary>
public static class RunOptions
{
    /// <summary>The station.</summary>
    public static Setting Comfy { get; } = new("comfy", SettingKind.List, "The ComfyUI to render on, for example http://127.0.0.1:8188")
    { Variable = "DAILIES_COMFY", Placeholder = "url" };

    /// <summary>The embedded renderer.</summary>
    public static Setting Animatic { get; } = new("animatic", SettingKind.Flag, "Draw storyboards with the embedded renderer instead (no GPU needed)")
    { Default = "false" };

    /// <summary>The graph.</summary>
    public static Setting Workflow { get; } = new("workflow", SettingKind.Text, "The workflow: an API-format graph, its bindings beside it as <name>.bindings.json")
    { Placeholder = "file" };

    /// <summary>Which scenes.</summary>
    public static Setting Scenes { get; } = new("scenes", SettingKind.Text, "Only these scenes, for example 1-3,7")
    { Placeholder = "list", CommandLineOnly = true };

    /// <summary>Values in the graph.</summary>
    public static Setting Set { get; } = new("set", SettingKind.List, "A value in the workflow: a binding's name or <node>.<input>, for example checkpoint=sd15.safetensors")
    { Placeholder = "name=value" };

    /// <summary>One seed for all.</summary>
    public static Setting Seed { get; } = new("seed", SettingKind.Text, "One seed for every scene that has none of its own; default: derived from story, scene and attempt")
    { Placeholder = "n" };

    /// <summary>Run folders.</summary>
    public static Setting RunsDir { get; } = new("runsDir", SettingKind.Text, "Where run folders are made") { Default = "logs", Placeholder = "folder" };

    /// <summary>Public folder.</summary>
    public static Setting PublicDir { get; } = new("publicDir", SettingKind.Text, "Where artifacts/latest-run.json goes") { Default = "public", Placeholder = "folder" };

    /// <summary>Archives.</summary>
    public static Setting ArchiveDir { get; } = new("archiveDir", SettingKind.Text, "Where the archive of a run goes") { Default = "artifacts", Placeholder = "folder" };

    /// <summary>No archive.</summary>
    public static Setting NoArchive { get; } = new("noArchive", SettingKind.Flag, "Make no archive") { Default = "false" };

    /// <summary>Frames in the archive.</summary>
    public static Setting ArchiveFrames { get; } = new("archiveFrames", SettingKind.Flag, "Put the frames into the archive too") { Default = "false" };

    /// <summary>A name for the run.</summary>
    public static Setting Name { get; } = new("name", SettingKind.Text, "Your own name for the run") { CommandLineOnly = true };

    /// <summary>Keep takes of an earlier run.</summary>
    public static Setting From { get; } = new("from", SettingKind.Text, "Keep the takes of this run where nothing they depend on has changed: a run folder, a run id, or latest")
    { Placeholder = "run", CommandLineOnly = true };

    /// <summary>No videos.</summary>
    public static Setting NoVideo { get; } = new("noVideo", SettingKind.Flag, "Make no videos") { Default = "false" };

    /// <summary>No sleep inhibitor.</summary>
    public static Setting AllowSleep { get; } = new("allowSleep", SettingKind.Flag, "Let the machine fall asleep while the run goes on") { Default = "false" };

    /// <summary>LLM provider.</summary>
    public static Setting LlmUrl { get; } = new("llmUrl", SettingKind.Text, "LLM server (stories are not written by an LLM yet)")
    { Variable = "LOCAL_STORY_PROVIDER_URL", Placeholder = "url" };

    /// <summary>LLM health url.</summary>
    public static Setting LlmHealthUrl { get; } = new("llmHealthcheckUrl", SettingKind.Text, "LLM health url (not asked yet)")
    { Variable = "LOCAL_LLM_HEALTHCHECK_URL", Placeholder = "url" };

    /// <summary>Skip the LLM health check.</summary>
    public static Setting LlmSkip { get; } = new("skipLlmHealthcheck", SettingKind.Flag, "Skip the LLM health check")
    { Variable = "LOCAL_LLM_SKIP_HEALTHCHECK", Default = "false" };

    /// <summary>LLM model.</summary>
    public static Setting LlmModel { get; } = new("llmModel", SettingKind.Text, "LLM model") { Variable = "LOCAL_LLM_MODEL" };

    /// <summary>LLM seed.</summary>
    public static Setting LlmSeed { get; } = new("llmSeed", SettingKind.Whole, "LLM seed") { Variable = "LOCAL_LLM_SEED", Placeholder = "n" };

    /// <summary>LLM temperature; 0 is a value.</summary>
    public static Setting LlmTemperature { get; } = new("llmTemperature", SettingKind.Number, "LLM temperature; 0 is a value")
    { Variable = "LOCAL_LLM_TEMPERATURE", Default = "0.35", Min = 0, Max = 2, Placeholder = "n" };

    /// <summary>LLM time-out.</summary>
    public static Setting LlmTimeout { get; } = new("llmTimeoutMs", SettingKind.Whole, "LLM time-out")
    { Variable = "LOCAL_LLM_TIMEOUT_MS", Default = "120000", Min = 1, Placeholder = "ms" };

    /// <summary>Everything but the queue knobs.</summary>
    public static IReadOnlyList<Setting> Own { get; } =
        [Comfy, Animatic, Workflow, Scenes, Set, Seed, RunsDir, PublicDir, ArchiveDir, NoArchive, ArchiveFrames, CheckOptions.NoChecks, Name, NoVideo, .. CutOptions.All, From, Curfew.Until, AllowSleep, LlmUrl, LlmHealthUrl, LlmSkip, LlmModel, LlmSeed, LlmTemperature, LlmTimeout];

    /// <summary>Everything.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Own, .. NoticeOptions.All, .. StationOptions.All, .. CollectOptions.All, .. GpuOptions.All, .. QueueOptions.All];

    /// <summary>Keys of dailies.json that are no options: <c>stations: [{name, url, headers, start}]</c>, <c>ladder: [{name, set}]</c>,
    /// <c>checks: [{name, command, timeoutSeconds}]</c>.</summary>
    public static IReadOnlyList<string> OtherFileKeys { get; } = [StationsFile.Key, LadderRung.Key, CheckOptions.Key];
}
