using System.Globalization;
using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-62x and TC-633: workflow and history of each attempt against the metadata and against their copies.</summary>
internal static class AttemptFileRules
{
    // A history holds the graph, and what each node showed.
    private const long MostBytes = 64L * 1024 * 1024;

    /// <summary><paramref name="own"/>: scenes with settings of their own, which may stand wherever the summary says that something else was put.</summary>
    public static void Judge(RunEvidence run, IReadOnlySet<string> own)
    {
        // While a run goes on, its files come one by one.
        if (run.Running || run.Metadata is not { } json)
        {
            return;
        }

        var put = WorkflowInputs.Read(run.Summary);
        var ours = (json.Items("Stations") ?? []).Where(s => ClientIds.AreHonoured(s.Text("ComfyVersion"))).Select(s => s.Text("Name")).ToHashSet();
        foreach (var scene in run.Scenes.Where(s => s.Id is not null))
        {
            JudgeFolders(run, scene, scene.Id!);
            JudgeCopies(run, scene, scene.Id!);
            foreach (var attempt in scene.Attempts)
            {
                if (attempt.Integer("Attempt") is { } number and > 0 and <= int.MaxValue)
                {
                    JudgeHistory(run, scene, attempt, RunFolder.History(scene.Id!, (int)number), ours);
                    if (!own.Contains(scene.Id!))
                    {
                        put.Judge(run, scene, attempt, RunFolder.Workflow(scene.Id!, (int)number), MostBytes);
                    }
                }
            }
        }
    }

    // An attempt that was struck out of both files still lies there. A run that was cut off may have begun one that it never came to tell.
    private static void JudgeFolders(RunEvidence run, SceneEvidence scene, string id)
    {
        if (!run.Finished || scene.Json.Items("Attempts") is null || run.Paths.Resolve(id) is not { } folder || !Directory.Exists(folder))
        {
            return;
        }

        var numbers = scene.Attempts.Select(a => a.Integer("Attempt")).ToHashSet();
        foreach (var name in Directory.EnumerateDirectories(folder, "*", new EnumerationOptions()).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal))
        {
            if (Number(name) is { } number && !numbers.Contains(number))
            {
                run.Findings.Add(AttemptUnlisted, $"{id}/{name}", "", id, $"an attempt {number} in Attempts", "none of that number");
            }
        }
    }

    private static long? Number(string name) => new[] { RunFolder.AttemptStart, RunFolder.FramesStart }.FirstOrDefault(s => name.StartsWith(s, StringComparison.Ordinal)) is { } start
        && long.TryParse(name[start.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void JudgeCopies(RunEvidence run, SceneEvidence scene, string id)
    {
        if (!scene.HasTake || scene.Described?.Integer("Attempt") is not { } number || number is <= 0 or > int.MaxValue)
        {
            return;
        }

        foreach (var (copy, original) in new[] { (RunFolder.Workflow(id), RunFolder.Workflow(id, (int)number)), (RunFolder.History(id), RunFolder.History(id, (int)number)) })
        {
            if (copy == RunFolder.History(id) && scene.Json.Text("HistoryPath")?.Replace('\\', '/') != copy)
            {
                continue; // none was received, or it is kept elsewhere
            }

            var missing = new[] { original, copy }.Where(n => run.Paths.Resolve(n) is not { } path || !RunFile.Exists(path)).ToList();
            // The scene's history is HistoryPath, which has its own rule.
            foreach (var name in missing.Where(n => n != RunFolder.History(id)))
            {
                run.Findings.Add(AttemptFileMissing, name, "", id, "a file", "nothing");
            }

            if (missing.Count == 0 && !Same(run.Paths.Resolve(original)!, run.Paths.Resolve(copy)!))
            {
                run.Findings.Add(AttemptFileDiffers, copy, "", id, $"the bytes of {original}", "other bytes");
            }
        }
    }

    private static bool Same(string left, string right)
    {
        try
        {
            return RunFile.Length(left) == RunFile.Length(right) && RunFile.Hash(left) == RunFile.Hash(right);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Its status_str can lie; its messages don't.
    private static bool IsError(JsonView message) =>
        message.Element.ValueKind == JsonValueKind.Array && message.Element.GetArrayLength() > 0 && message.Element[0] is { ValueKind: JsonValueKind.String } name && name.ValueEquals("execution_error");

    // {"<prompt id>":{"prompt":[number, id, graph, {"extra_pnginfo":{"dailies":{"prompt":"…"}}}, outputs],"outputs":{…},"status":{"status_str":"success",…}}}
    private static void JudgeHistory(RunEvidence run, SceneEvidence scene, JsonView attempt, string name, HashSet<string?> ours)
    {
        if (attempt.Object("Telemetry") is not { } telemetry || telemetry.Text("PromptId") is not { } prompt || run.Paths.Resolve(name) is not { } path || !RunFile.Exists(path))
        {
            return;
        }

        var (root, fault) = MetadataReader.ReadOther(path, MostBytes);
        if (root is not { Element.ValueKind: JsonValueKind.Object } history)
        {
            run.Findings.Add(HistoryOther, name, "", scene.Id, $"the entry of {prompt}", fault ?? "no JSON object");
            return;
        }

        var entries = history.Element.EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.Object).ToList();
        var entry = entries.Count == 1 ? new JsonView(entries[0].Value, "/" + entries[0].Name) : (JsonView?)null;
        var note = entry?.Items("prompt") is { Count: > 3 } sent ? sent[3].Object("extra_pnginfo")?.Object("dailies") : null;
        if (entry is not { } one)
        {
            run.Findings.Add(HistoryOther, name, "", scene.Id, $"one entry, of {prompt}", $"{entries.Count} entries");
        }
        else if (note?.Text("prompt") is { } noted ? noted != prompt : entries[0].Name != prompt && ours.Contains(telemetry.Text("Station")))
        {
            run.Findings.Add(HistoryOther, name, one.Pointer, scene.Id, prompt, note?.Text("prompt") ?? entries[0].Name);
        }
        else if (attempt.Flag("Success") == true && (one.Object("status")?.Items("messages") ?? []).FirstOrDefault(IsError) is { Pointer: not null } message)
        {
            run.Findings.Add(HistoryFailed, name, message.Pointer, scene.Id, "no execution_error", "execution_error");
        }
    }
}

/// <summary>From v0.3.45 on ComfyUI takes the client's prompt id; before it made its own.</summary>
internal static class ClientIds
{
    private static readonly Version First = new(0, 3, 45);

    public static bool AreHonoured(string? comfyVersion) => Version.TryParse(comfyVersion?.TrimStart('v'), out var version) && version >= First;
}
