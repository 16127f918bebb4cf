using CsCheck;
using Dailies.Contract;
using Dailies.Tests.Contract;

namespace Dailies.Tests.Validation;

/// <summary>Runs as any renderer and any night make them, each of them valid.</summary>
internal static class AnyGoodRun
{
    private static readonly string[] Lost = [FailureKind.StationLost, FailureKind.DeviceLost, FailureKind.Canceled];

    private static readonly Gen<QueueConfig> Config =
        from budget in Gen.Int[0, 3]
        from wait in Gen.Int[1, 2_000]
        from poll in Gen.Int[1, 9]
        from limit in Gen.Int[0, 1]
        from post in Gen.Int[0, 300]
        from marker in Gen.Int[0, 90]
        from fast in Gen.Bool
        select new QueueConfig(budget, wait, poll / 10.0, limit * 50, post / 2.0, fast, marker, 5, 3, 900, new Dictionary<string, string> { ["StabilitySeconds"] = fast ? "fast" : "cli" });

    private static readonly Gen<Shape> OneScene =
        from kind in Gen.Int[0, 6]
        from before in Gen.Int[0, FailureKind.All.Count - 1].Array[0, 3]
        from last in Gen.Int[0, FailureKind.All.Count - 1]
        from text in Hostile.Text
        from frames in Gen.Int[1, 9]
        from seed in Gen.ULong
        from flags in Gen.Int[0, 63]
        select new Shape(kind, before, FailureKind.All[last], text, frames, seed, flags);

    /// <summary>A finished run of up to seven scenes.</summary>
    public static Gen<ArtifactMetadata> Metadata { get; } =
        from config in Config
        from scenes in OneScene.Array[0, 7]
        from text in Hostile.Text
        from renderer in Gen.Bool
        select Run(config, [.. scenes.Select((s, i) => s.Record(i + 1, config))], text, renderer ? "animatic" : "comfyui");

    private static ArtifactMetadata Run(QueueConfig config, IReadOnlyList<SceneRecord> scenes, string text, string renderer)
    {
        var run = GoodMetadata.Make();
        return run with
        {
            Name = text,
            QueueConfig = config,
            Scenes = scenes,
            Story = run.Story with { SceneCount = scenes.Count, Logline = text + ".", DirectorsVision = text + ".", Warnings = [text] },
            Stations = [run.Stations[0] with { Renderer = renderer, Gpu = text }],
        };
    }

    /// <summary>What a scene is made of.</summary>
    private sealed record Shape(int Kind, int[] Before, string Last, string Text, int Frames, ulong Seed, int Flags)
    {
        private bool Has(int bit) => (Flags & (1 << bit)) != 0;

        public SceneRecord Record(int number, QueueConfig config) => Under(Kind switch
        {
            0 => GoodMetadata.NeverTried(number),
            1 => Failure(number, config),
            _ => Take(number, config),
        }, config);

        private SceneRecord Under(SceneRecord s, QueueConfig config)
        {
            var attempts = s.Attempts.Select((a, i) => a with { Telemetry = Mutations.InForce(a.Telemetry, config), Seed = Seed + (ulong)i }).ToList();
            return s with
            {
                Title = Text,
                StoryTitle = Text,
                StorySummary = Text,
                Prompt = Text,
                SceneRetryBudget = config.SceneRetryBudget,
                HistoryConfig = new HistoryConfig(config.HistoryMaxWaitSeconds, config.HistoryMaxAttempts, config.HistoryPollIntervalSeconds, config.PostExecutionTimeoutSeconds),
                Attempts = attempts,
                AttemptsRun = attempts.Count,
                Requeued = attempts.Count > 1,
                Telemetry = attempts.LastOrDefault()?.Telemetry,
            };
        }

        // What was charged stays within the budget: the rest was the station's fault, or the operator's wish.
        private List<AttemptRecord> Earlier(int number, QueueConfig config)
        {
            var left = config.SceneRetryBudget;
            return [.. Before.Select((b, i) =>
            {
                var kind = FailureKind.All[b];
                var charged = !Lost.Contains(kind) && left-- > 0;
                return new AttemptRecord(i + 1, Ended(Numbered(number, i), kind, config), false, charged, false, 0, Has(5) ? "half size" : null, kind == FailureKind.BadFrames ? 1 : 0);
            })];
        }

        private SceneRecord Failure(int number, QueueConfig config)
        {
            var earlier = Earlier(number, config);
            var t = Ended(Numbered(number, earlier.Count), Last, config);
            return GoodMetadata.Failed(number) with
            {
                DurationSeconds = t.DurationSeconds,
                Errors = [$"{Last}: {Text}"],
                GeneratedFramesDir = RunFolder.Frames(RunFolder.SceneId(number), earlier.Count + 1),
                HistoryError = Text,
                Attempts = [.. earlier, new AttemptRecord(earlier.Count + 1, t, false, !Lost.Contains(Last), false, 0, null, 0)],
            };
        }

        private SceneRecord Take(int number, QueueConfig config)
        {
            var (id, earlier) = (RunFolder.SceneId(number), Earlier(number, config));
            var attempt = earlier.Count + 1;
            var (isVideo, isStill) = (Kind == 2, Kind == 3);
            var files = isVideo || isStill ? 1 : Frames;
            var floor = Has(0) ? Frames + 1 : 1;
            var count = isVideo ? Frames : files;
            var folder = RunFolder.Frames(id, attempt);
            var t = Proven(Numbered(number, earlier.Count), id, attempt, config);
            if (Kind == 4)
            {
                t = t with { HistoryExitReason = ExitReason.MaxWait };
            }

            string[] warnings = count < floor ? [Text, SummaryLine.BelowFloor(count, floor)] : [Text];
            return GoodMetadata.Scene(number, 0) with
            {
                FrameSource = isVideo ? FrameSource.Video : isStill ? FrameSource.Still : FrameSource.Files,
                AnnouncedFrames = count,
                FrameFloor = floor,
                FrameCount = count,
                MeetsFrameFloor = count >= floor,
                DurationSeconds = t.DurationSeconds,
                Warnings = warnings,
                HistoryErrors = Has(1) ? [Text] : [],
                GeneratedFramesDir = folder,
                Frames = [.. Enumerable.Range(1, files).Select(n => isVideo
                    ? new FrameRecord($"{folder}/clip_00001.mp4", 6, GoodRun.Hash("a film"u8), Has(2) ? 0 : 768, Has(2) ? 0 : 432)
                    : new FrameRecord($"{folder}/frame_0000{n}.png", GoodRun.Frame(n).Length, GoodRun.Hash(GoodRun.Frame(n)), 4, 4))],
                Video = isVideo || Has(3) ? new VideoRecord($"video/{id}.mp4", isVideo ? 1 : count / 24.0, VideoRecord.Complete, GoodMetadata.Begin, null, Has(4) ? null : "h264", 24, 768, 432, GoodRun.Hash("a film"u8)) : new VideoRecord(null, null, VideoRecord.Missing, null, Text, null, null, null, null, null),
                Content = Has(4) ? new TakeContent(0, 0, 0, 0, 0, true) : null,
                Attempts = [.. earlier, new AttemptRecord(attempt, t, true, false, Kind == 4, 0, null, count)],
            };
        }

        // A marker that came, one that didn't, a copy without proof; a station that tells its memory, and one that doesn't.
        private SceneTelemetry Proven(SceneTelemetry t, string id, int attempt, QueueConfig config)
        {
            List<string> notes = [];
            if (Has(0))
            {
                t = t with { GPU = new GpuTelemetry { Name = "Unknown", Type = "unknown", Index = 0, VramFreeAfter = 1L << 30, VramAfterMB = 1024 } };
                notes.Add(FallbackNotes.StatsUnavailable("before"));
            }

            if (Has(2))
            {
                t = t with { DoneMarkerDetected = true, DoneMarkerPath = RunFolder.Marker(id, attempt), DoneMarkerWaitSeconds = 0.1 };
            }
            else if (Has(3))
            {
                t = t with { DoneMarkerWaitSeconds = 0.3 };
                notes.Add(FallbackNotes.MarkerNotFound(config.DoneMarkerTimeoutSeconds));
            }

            if (Has(1))
            {
                var dump = RunFolder.ForcedCopyDebug(id, t.QueueEnd);
                t = t with { ForcedCopyTriggered = true, ForcedCopyDebugPath = dump };
                notes.Add(FallbackNotes.ForcedCopy(dump));
            }

            return t with { System = t.System with { FallbackNotes = notes } };
        }

        private SceneTelemetry Numbered(int number, int attempt) => GoodMetadata.Telemetry((number * 10) + attempt, 1 + (Frames * 12.5));

        private static SceneTelemetry Ended(SceneTelemetry t, string kind, QueueConfig config)
        {
            var seen = kind is FailureKind.OutputsMissing or FailureKind.BadFrames;
            return t with
            {
                FailureKind = kind,
                HistoryExitReason = kind switch
                {
                    FailureKind.TimedOut => config.HistoryMaxAttempts > 0 ? ExitReason.AttemptLimit : ExitReason.MaxWait,
                    FailureKind.OutputsMissing => ExitReason.PostExecution,
                    FailureKind.BadFrames => ExitReason.Success,
                    _ => ExitReason.Unknown,
                },
                HistoryPostExecutionTimeoutReached = kind == FailureKind.OutputsMissing,
                ExecutionSuccessDetected = seen,
                ExecutionSuccessAt = seen ? t.ExecutionSuccessAt : null,
                CollectSeconds = seen ? t.CollectSeconds : null,
                ExecutionSeconds = seen ? t.ExecutionSeconds : null,
            };
        }
    }
}
