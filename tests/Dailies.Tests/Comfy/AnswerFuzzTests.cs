using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Takes;
using Dailies.Telemetry;

namespace Dailies.Tests.Comfy;

/// <summary>Whatever a station answers is read, or is a <see cref="StationException"/> with words; what was read can be kept; and it costs what it weighs.</summary>
public class AnswerFuzzTests
{
    private const string Id = "recorded";

    private static readonly byte[][] Queues = Bodies("queue.");
    private static readonly byte[][] Histories = [.. Bodies("history."), .. Bodies("older.v0.2.7.history"), .. Bodies("older.v0.3.40.history")];
    private static readonly byte[][] Stats = [.. Bodies("system_stats"), .. Bodies("older.v0.2.7.system_stats"), .. Bodies("older.v0.3.40.system_stats")];
    private static readonly byte[][] Submits = [.. Bodies("prompt."), .. Bodies("older.v0.2.7.prompt")];
    private static readonly byte[][] Nodes = [Small(Recordings.Body("object_info.subset.json"))];

    private static readonly byte[][] Frames =
        [.. Recordings.Names("frames").SelectMany(f => Recordings.Frames(f)).GroupBy(f => f[..Math.Min(f.Length, 24)]).SelectMany(g => g.Take(3)).Select(System.Text.Encoding.UTF8.GetBytes)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_damaged_queue_is_read_or_not_understood() => DamagedAsync(Queues, 600, async client =>
    {
        var queue = await client.QueueAsync(Cancel);
        Kept(new Looked(Stamp.Of(TimeProvider.System), "scene-001", 1, "pending", false, string.Join(' ', queue.Running.Concat(queue.Pending).Concat(queue.Tagged.Keys))));
        queue.Find(Id);
    });

    [Fact]
    public Task A_damaged_history_is_read_or_not_understood() => DamagedAsync(Histories, 600, async client =>
    {
        var ids = await client.FindInHistoryAsync(Id, Cancel);
        await client.HistoryIsEmptyAsync(Cancel);
        var (entry, _) = await client.HistoryAsync(ids ?? Id, Cancel);
        foreach (var fault in entry?.Faults ?? [])
        {
            (fault.Message.Length + fault.ExceptionType.Length + (fault.NodeId ?? "").Length + (fault.NodeType ?? "").Length).ShouldBeLessThan(5_000);
        }

        Kept(new HistoryReceived(
            Stamp.Of(TimeProvider.System), "scene-001", 1, "history.json", [.. (entry?.Faults ?? []).Select(f => $"{f.NodeType}{f.NodeId}{f.ExceptionType}{f.Message}")], entry?.StartedAt, entry?.EndedAt,
            [.. (entry?.Files ?? []).Select(f => new AnnouncedFile(f.Node, f.List, f.FileName, f.Subfolder, f.Type, f.Animated))]));
    });

    [Fact]
    public Task Damaged_stats_are_read_or_not_understood() => DamagedAsync(Stats, 600, async client =>
    {
        var stats = await client.SystemStatsAsync(Cancel);
        _ = StationAbilities.TargetedInterrupt(stats.Version);
        Kept(new StationProbed(Stamp.Of(TimeProvider.System), new StationRecord("box", "http://box", "comfyui", stats.Version, stats.Devices.FirstOrDefault()?.Name)));
        Kept(new GpuSampled(Stamp.Of(TimeProvider.System), "scene-001", 1, GpuSampled.Before, await new GpuProbe(client, null, TimeProvider.System).SampleAsync(Cancel)));
    });

    [Fact]
    public Task A_damaged_answer_to_a_prompt_is_an_answer_of_some_kind() => DamagedAsync(Submits, 600, async client =>
    {
        IReadOnlyList<string> words = await client.SubmitAsync([], "p", "c", [], Cancel) switch
        {
            SubmitReply.Accepted accepted => [accepted.PromptId, .. Words(accepted.Dropped)],
            SubmitReply.Rejected rejected => Words(rejected.Faults),
            SubmitReply.Ambiguous unclear => [unclear.Why],
            _ => throw new InvalidOperationException(),
        };
        words.ShouldNotBeEmpty();
        Kept(new PromptRefused(Stamp.Of(TimeProvider.System), "scene-001", 1, 400, words));
    }, 200, 400, 500);

    [Fact]
    public Task A_damaged_node_definition_is_a_range_or_none() => DamagedAsync(Nodes, 300, async client =>
    {
        var range = await client.InputRangeAsync("KSampler", "seed", Cancel);
        (range is null || range.Max > 0 || range.Min >= 0).ShouldBeTrue();
    });

    [Fact]
    public void A_damaged_frame_is_a_message_or_nothing() => JsonDamage.Of(Frames).Sample(
        frame =>
        {
            if (Fuzz.Bounded(frame.Length, () => ComfyEvent.Read(frame)) is { } read)
            {
                (read.Value >= 0 && read.Max >= 0).ShouldBeTrue();
                JsonSerializer.Serialize(new { read.PromptId, read.Node }).ShouldNotBeEmpty();
            }
        },
        iter: Fuzz.Times(2_000), print: JsonDamage.Shown);

    [Fact]
    public void Readers_allocate_by_the_size_of_an_answer() => JsonDamage.Of([.. Queues, .. Histories, .. Stats]).Sample(
        bytes =>
        {
            Fuzz.Bounded(bytes.Length, () => Tried(() => QueueReading.Read(bytes)));
            Fuzz.Bounded(bytes.Length, () => Tried(() => HistoryEntry.Read(bytes, Id)));
            Fuzz.Bounded(bytes.Length, () => Tried(() => SystemStats.Read(bytes)));
            Fuzz.Bounded(bytes.Length, () => Tried(() => WholeRange.Read(bytes, "KSampler", "seed")));
            Fuzz.Bounded(bytes.Length, () => Tried(() => Rejection.Read(bytes)));
        },
        iter: Fuzz.Times(300), print: JsonDamage.Shown);

    private static object? Tried(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            return null; // what the client makes a StationException of
        }
    }

    private static async Task DamagedAsync(byte[][] bodies, int iterations, Func<ComfyClient, Task> use, params int[] statuses) =>
        await Gen.Select(JsonDamage.Of(bodies), Gen.Int[0, Math.Max(0, statuses.Length - 1)]).SampleAsync(
            async (body, status) =>
            {
                try
                {
                    await use(CannedHandler.Client(statuses.Length == 0 ? 200 : statuses[status], body));
                }
                catch (StationException e)
                {
                    Fuzz.ShouldBeAClearFault(e.Message);
                    e.Message.ShouldStartWith("GET /");
                }
            },
            iter: Fuzz.Times(iterations), print: sample => JsonDamage.Shown(sample.Item1));

    // What we make of an answer goes into the ledger, and must come out of it.
    private static void Kept(RunEvent e) => RunEvent.FromLine(e.ToLine()).ToLine().ShouldBe(e.ToLine());

    private static IReadOnlyList<string> Words(IReadOnlyList<NodeFault> faults)
    {
        faults.ShouldAllBe(f => f.Text.Length < 5_000 && f.Node.Length < 5_000 && f.NodeClass.Length < 5_000);
        return [.. faults.Select(f => $"{f.Node}{f.NodeClass}{f.Text}{f.Received}{string.Concat(f.Choices)}")];
    }

    // The id in each body becomes ours, so that a reader that looks for it finds it.
    private static byte[][] Bodies(string start) =>
    [
        .. Recordings.Names("bodies").Where(n => n.StartsWith(start, StringComparison.Ordinal)).Select(Recordings.Body)
            .Select(b => System.Text.Encoding.UTF8.GetString(b)).Select(text => System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Id))
            .Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private static byte[] Small(byte[] objectInfo)
    {
        var nodes = JsonNode.Parse(objectInfo)!.AsObject();
        return System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["KSampler"] = nodes["KSampler"]!.DeepClone(), ["SaveImage"] = nodes["SaveImage"]!.DeepClone() }.ToJsonString());
    }
}
