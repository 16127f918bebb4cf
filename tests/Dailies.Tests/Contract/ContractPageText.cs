using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>The page's own words: what stands in no single place of the code.</summary>
internal static class ContractPageText
{
    public const string Opening = $"""
        # The telemetry contract, version {ArtifactMetadata.CurrentVersion}

        What a run of Dailies leaves on disk, field by field and line by line, so that other programs can read it and anybody can judge it. Names, spelling and case are literal.
        This page is printed from the code by a test; the same texts are behind `dailies explain <name>`, and in the JSON Schemas in [schemas](../schemas).

        General rules:

        - JSON is UTF-8 without a byte order mark. Metadata, latest-run and ledger events are PascalCase; story.json, dailies.json, vitest-results.json and `--json` are camelCase.
        - Every file is written to a temp file beside its target, flushed, and renamed: a reader never sees half of one.
        - Times are ISO 8601 UTC with `Z` and milliseconds, by our clock unless said otherwise. Durations are seconds unless the name says otherwise.
        - Memory in `…MB` is MiB (bytes / 1048576) with 1 decimal. VRAM figures are *free* memory: a negative delta means that memory was consumed.
        - Paths inside a run are relative to the run folder and use `/`.
        - Text of a user, a model or a server is written into the summary with JSON escapes, and ` | ` inside a value as `\u007c`: nobody can forge a line or a part.
        - Readers ignore fields that they don't know. A field that is only added does not change the version.

        """;

    public const string Files = """
        Names are relative to `logs/<RunId>/`, unless the line says otherwise; scene 1 and attempt 1 stand for all. A RunId is UTC `yyyyMMdd-HHmmss`, with `-2` and so on for later runs of the same second;
        every verb understands `latest`. A folder with neither summary nor metadata is no run.
        """;

    public const string Knobs = """
        The command line wins over the environment, the environment over dailies.json, dailies.json over the default. Each value is recorded with its origin (`cli`, `env`, `file`, `fast`, `default`) in `QueueConfig.Origins`.
        `--fast-iteration` changes defaults only: an explicit value wins. dailies.json is looked for beside the story, then in the working folder.

        The wait clock of an attempt starts when ComfyUI begins to execute the prompt, not while it waits behind another one. A *look* is one reading of `/queue`, and of `/history/{id}` where the queue no longer has it.
        The last pause is cut short: max wait is a bound, not a bound plus one interval.
        """;

    public const string Settings = "What `dailies run` can be told beyond the queue policy.";

    public const string Telemetry = "`Scenes[].Telemetry` describes the accepted attempt, else the last one; `Scenes[].Attempts[].Telemetry` each of them. Both have all of these fields, always.";

    public const string TelemetryLine = """
        Each scene that had an attempt has exactly one line `[Scene scene-001] Telemetry: …`, for the attempt that the metadata's `Telemetry` describes. Its parts stand in this order, joined with ` | `.
        Numbers are written with a point and without a trailing `.0`. `fallback=` is last and compared whole; notes are joined with `; `. A scene that never had an attempt has no such line, and one ERROR line.
        """;

    public const string Metadata = """
        Rewritten as scenes settle; `latest-run.json` is the same, byte for byte. An accepted scene describes one attempt throughout: no field mixes two. The telemetry's fields stand above.
        Success exactly when `FailureKind` is null. `HistoryExitReason` describes the looking, `FailureKind` the scene: `success` with `badFrames` is legal, and so is an adopted late take, `maxWait` with null and `AdoptedLate: true`.
        """;

    public const string Summary = """
        The first line has no stamp, the lines of the artifact index have none; every other line starts with `[<UTC time>] `. Other lines may be added between them; these keep their form.
        Words between angle brackets vary, and so do numbers.
        """;

    public const string Reasons = """
        Why we stopped looking. The first rule that holds wins: refused, failed, interrupted or lost is `unknown`; success with every announced output is `success`; success whose outputs are still missing when
        the post-execution timeout ends is `postExecution`; then `maxWait`; then `attemptLimit`; anything else is `unknown`.
        """;

    public const string Kinds = "What went wrong with an attempt, and what happens next. Charged attempts are at most the retry budget plus one; rungs of the ladder and the station's own faults are not charged, and bounded by limits of their own.";

    public const string Notes = "Literal texts, in `Telemetry.System.FallbackNotes`. Every note of the metadata also stands in that scene's Telemetry line.";

    public const string Codes = "Of `dailies run`, `resume` and `retry`; `dailies validate` ends with 0, 1 or 2, the highest of all the runs that it judges.";

    public const string Checks = "Post-run checks; the name is kept for existing readers. `comfyUI` asks each station's routes, `e2e` reads the run again from disk, `scripts` tries the tools; commands of your own come from `checks` in dailies.json.";

    public const string Markers = "`<prefix>.done` beside a sequence of frames: the producer's word that it is whole. [The guide](guides/done-markers.md) says who writes it and which one counts.";

    public const string ForcedCopies = "`scene-001/forced-copy-debug-<yyyyMMddHHmmss>.txt` says why frames were copied without proof, with these lines; one `Candidate:` line for each folder that held files of the prefix.";

    public const string Health = """
        Story writers based on a language model ask its server before they write: GET with 5 seconds, any 2xx with `data[]` or `models[]` is success. The url is the override, else it follows from the provider's: a path that
        ends in `/v1/chat/completions` or `/v1` becomes `/v1/models`, any other is replaced by `/v1/models`, and the query is dropped. **This version reads stories from files only and asks no server**: the settings are read and recorded,
        the status is `not requested`, and a run that was given such a url says so before it starts.
        """;

    public const string Events = $"What the ledger holds, one event a line in `{RunFolder.LedgerExport}`, each with its `Kind`. An event is committed before it is acted on. Events hold raw facts, never derived ones; the metadata is a projection of them.";

    public const string Rules = "`dailies validate <run>` reads the files, never the ledger, so that it can judge anybody's run. It finds everything in one pass. Codes are stable: a rule may go, its code never comes back with another meaning.";

    public const string ReadingOrder = $"""
        1. `{RunFolder.Summary}`: the last line is the verdict; `Scene summary:` the totals; `ERROR:` lines say which scenes have no take and why, `WARNING:` lines what to look at, `Telemetry:` lines how each scene went.
        2. `{RunFolder.Metadata}`: the same for programs. `Scenes[].Success` first, then `Scenes[].Telemetry.FailureKind` and `HistoryExitReason`, then `Scenes[].Attempts`.
        3. `scene-001/attempt-1/history.json` and `workflow.json`: what ComfyUI answered, and what was sent.
        4. `{RunFolder.LedgerExport}` and `{RunFolder.Log}`: what happened when.
        5. `dailies validate <run>`: whether all of this can be believed. `dailies explain <name>`: what a word in it means.
        """;

    public const string References = """
        | what | where | used for |
        |---|---|---|
        | LM Studio, OpenAI-compatible server | GET `/v1/models` | health of the language model (not asked by this version) |
        | ComfyUI, history | GET `/history/{prompt_id}` | outputs, `status.messages`, `status_str`; kept byte for byte |
        | ComfyUI, queue | GET `/queue`, POST `/queue` with `delete`, POST `/interrupt` | whether a prompt waits or runs; taking ours back |
        | ComfyUI, socket | `/ws?clientId=…`: `status`, `execution_start`, `executing`, `execution_success`, `execution_error`, `execution_interrupted` | speed only: what it says leads to a look |
        | ComfyUI, machine | GET `/system_stats`: `system`, `devices[].name`, `type`, `index`, `vram_total`, `vram_free` | GPU and memory before and after |
        | ComfyUI, files | GET `/view?filename=&subfolder=&type=` | takes |
        | ComfyUI, memory | POST `/free` with `unload_models`, `free_memory` | after out of memory |
        | nvidia-smi | on this machine only | free memory where `/system_stats` has none; each use is a fallback note |
        | rename(2), MoveFileEx | temp file beside the target, flush, rename | every file that we write: a reader sees the old one or the new one |
        """;
}
