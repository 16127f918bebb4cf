using System.Globalization;
using System.Text;
using Dailies.Contract;
using static Dailies.Contract.SummaryNumber;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-628 to TC-632 and TC-733 to TC-736: done markers and forced copies, their flags, notes and files.</summary>
internal static class MarkerRules
{
    private static readonly string NotFound = FallbackNotes.MarkerNotFound(0).Split('0')[0];
    private static readonly string Copied = FallbackNotes.ForcedCopy("");

    public static void Judge(RunEvidence run)
    {
        foreach (var scene in run.Scenes)
        {
            foreach (var telemetry in scene.Measured)
            {
                var isTake = scene.HasTake && telemetry.Pointer == scene.Json.At("Telemetry");
                JudgeNotes(run, scene, telemetry);
                JudgeWait(run, scene, telemetry, isTake);
                JudgeMarker(run, scene, telemetry, isTake);
                JudgeDump(run, scene, telemetry, isTake);
            }
        }
    }

    private static void JudgeNotes(RunEvidence run, SceneEvidence scene, JsonView t)
    {
        if (t.Flag("DoneMarkerDetected") is { } detected && t.Get("DoneMarkerPath") is not null && detected == t.IsNull("DoneMarkerPath"))
        {
            run.InMetadata(MarkerFlag, t.At("DoneMarkerPath"), scene.Id, detected ? "a path" : "null", t.Text("DoneMarkerPath") ?? "null");
        }

        if (t.Object("System")?.Texts("FallbackNotes") is not { } notes)
        {
            return;
        }

        var place = t.Pointer + "/System/FallbackNotes";
        var missed = notes.FirstOrDefault(n => n.StartsWith(NotFound, StringComparison.Ordinal));
        var right = run.Config is { } config ? FallbackNotes.MarkerNotFound(config.DoneMarkerTimeoutSeconds) : missed;
        if (t.Flag("DoneMarkerDetected") is { } seen && t.Number("DoneMarkerWaitSeconds") is { } waited)
        {
            if (missed is not null && (seen || missed != right))
            {
                run.InMetadata(MarkerNote, place, scene.Id, seen ? "no such note: a marker was detected" : right!, missed);
            }
            else if (missed is null && !seen && waited > 0)
            {
                run.InMetadata(MarkerNote, place, scene.Id, right ?? NotFound + "…", "no such note");
            }
        }

        var copied = notes.FirstOrDefault(n => n.StartsWith(Copied, StringComparison.Ordinal));
        var due = t.Text("ForcedCopyDebugPath") is { } path ? FallbackNotes.ForcedCopy(path) : null;
        if (t.Get("ForcedCopyDebugPath") is not null && copied != due)
        {
            run.InMetadata(ForcedCopyNote, place, scene.Id, due ?? "no such note", copied ?? "no such note");
        }
    }

    private static void JudgeWait(RunEvidence run, SceneEvidence scene, JsonView t, bool isTake)
    {
        const double hair = 0.15; // the one has one decimal, the other three
        if (isTake && t.Number("DoneMarkerWaitSeconds") is { } waited && t.Number("CollectSeconds") is { } collect && waited > collect + hair)
        {
            run.InMetadata(MarkerWait, t.At("DoneMarkerWaitSeconds"), scene.Id, $"at most the {Text(collect)} s of collecting", Text(waited));
        }
    }

    private static void JudgeMarker(RunEvidence run, SceneEvidence scene, JsonView t, bool isTake)
    {
        if (t.Text("DoneMarkerPath") is not { } name)
        {
            return;
        }

        var outside = IsOutside(name);
        var path = outside ? name : run.Inside(t, "DoneMarkerPath", scene.Id);
        if (path is null)
        {
            return;
        }

        if (!RunFile.Exists(path))
        {
            run.InMetadata(outside ? MarkerUnseen : MarkerMissing, t.At("DoneMarkerPath"), scene.Id, name, "no such file");
        }
        else if (Wrong(run, scene, t, path, isTake) is var (expected, found))
        {
            run.InMetadata(outside ? MarkerUnseen : MarkerOther, t.At("DoneMarkerPath"), scene.Id, expected, found);
        }
    }

    // A marker on the station, as it is named there.
    private static bool IsOutside(string name) => name[..Math.Min(2, name.Length)] is var start && (start.StartsWith('/') || start.StartsWith('\\') || start.EndsWith(':'));

    private static (string Expected, string Found)? Wrong(RunEvidence run, SceneEvidence scene, JsonView t, string path, bool isTake)
    {
        try
        {
            var (bytes, fault) = (RunFile.Read(path, DoneMarker.MostBytes), $"more than {DoneMarker.MostBytes} bytes");
            if (bytes is null || !DoneMarker.TryRead(bytes, out var marker, out fault))
            {
                return ("a done marker", fault);
            }

            // A take that was kept from an earlier run has that run's prefix and marker.
            var (runId, prefix) = (run.Metadata?.Text("RunId"), isTake ? scene.Json.Text("FramePrefix") ?? "" : "");
            var isOurs = marker.RunId is null ? !isTake || prefix.Contains(runId ?? "", StringComparison.Ordinal) : marker.RunId == runId;
            var attempt = scene.Attempts.FirstOrDefault(a => a.Object("Telemetry")?.Text("PromptId") == t.Text("PromptId") && t.Text("PromptId") is not null);
            return !isOurs && marker.RunId is { } other && (!isTake || !prefix.Contains(other, StringComparison.Ordinal)) ? ($"a marker of run {runId}", $"one of {other}")
                : isOurs && marker.Attempt is { } made && attempt.Integer("Attempt") is { } number && made != number ? ($"a marker of attempt {number}", $"one of {made}")
                : isTake && marker.FrameCount is { } count && scene.Json.Items("Frames")?.Count is { } files && count != files ? ($"{files} files", Text(count))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ("a readable file", e.GetType().Name);
        }
    }

    private static void JudgeDump(RunEvidence run, SceneEvidence scene, JsonView t, bool isTake)
    {
        const long most = 4 * 1024 * 1024;
        if (FileRules.Named(run, t, "ForcedCopyDebugPath", NamedFileMissing, scene.Id) is not { } path)
        {
            return;
        }

        var name = t.Text("ForcedCopyDebugPath")!;
        try
        {
            var lines = RunFile.Read(path, most) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n').Select(l => l.TrimEnd('\r')).ToList() : [];
            var missing = ForcedCopyDebug.Heads.FirstOrDefault(h => !lines.Any(l => l.StartsWith(h, StringComparison.Ordinal)));
            if (missing is not null)
            {
                run.Findings.Add(DumpForm, name, "", scene.Id, $"a line {missing}…", "none");
                return;
            }

            var at = lines.FindIndex(l => l.StartsWith(ForcedCopyDebug.CountHead, StringComparison.Ordinal));
            if (!int.TryParse(lines[at][ForcedCopyDebug.CountHead.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                run.Findings.Add(DumpForm, name, $"line {Text(at + 1)}", scene.Id, ForcedCopyDebug.CountHead + "a number", lines[at]);
            }
            else if (isTake && scene.Json.Items("Frames")?.Count is { } files && files != count)
            {
                run.Findings.Add(DumpCount, name, $"line {Text(at + 1)}", scene.Id, $"{files} files", Text(count));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            run.Findings.Add(Unreadable, name, "", scene.Id, "a readable file", e.GetType().Name);
        }
    }
}
