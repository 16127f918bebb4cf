using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Comfy;
using Dailies.Queueing;

namespace Dailies.Tests.Comfy;

/// <summary>Every recorded answer of the real servers goes through the client. A new recording needs a reader or a reason here.</summary>
public class RecordedAnswerTests
{
    private static readonly Dictionary<string, string> Unread = new()
    {
        ["INDEX.json"] = "the list of recordings itself",
        ["embeddings.json"] = "names of embeddings: nothing of ours asks for them",
        ["features.json"] = "server flags: /system_stats tells the version",
        ["models.json"] = "names of model folders: a refused prompt lists the choices",
        ["object_info.subset.json"] = "node definitions: a refused prompt names the choices",
        ["prompt-info.idle.json"] = "queue length: /queue tells more",
        ["upload.ok.json"] = "nothing is uploaded yet",
        ["upload.renamed.json"] = "nothing is uploaded yet",
    };

    private static readonly string[] UnreadFamilies = ["job.", "jobs."]; // /api/jobs: only since v0.6.0; queue and history say the same on all

    public static TheoryData<string> Files => [.. Recordings.Names("bodies")];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recording_is_read_or_left_for_a_reason(string file) => (await DescribeAsync(file)).ShouldNotBeNullOrEmpty();

    [Fact]
    public async Task What_is_read_from_the_recordings_is_as_reviewed()
    {
        var text = new StringBuilder();
        foreach (var file in Recordings.Names("bodies"))
        {
            text.Append(file).Append(": ").Append(await DescribeAsync(file)).Append('\n');
        }

        Snapshot.Match(text.ToString(), "recorded-answers");
    }

    [Fact]
    public void Reasons_are_given_only_for_recordings_that_exist() => Unread.Keys.Except(Recordings.Names("bodies")).ShouldBeEmpty();

    [Fact]
    public async Task A_bare_NaN_costs_nothing_but_itself()
    {
        var entry = await HistoryAsync("history.bare-nan.invalid-json.txt");

        entry!.Verdict.ShouldBe(HistoryVerdict.Succeeded);
        entry.Files.Single().FileName.ShouldBe("lab_00001_.png");
        Should.Throw<JsonException>(() => JsonDocument.Parse(Recordings.Body("history.bare-nan.invalid-json.txt")));
    }

    [Fact]
    public async Task An_error_among_the_messages_beats_a_status_that_says_success()
    {
        var entry = await HistoryAsync("history.error-but-status-success.json");

        Encoding.UTF8.GetString(Recordings.Body("history.error-but-status-success.json")).ShouldContain("\"status_str\": \"success\"");
        entry!.Verdict.ShouldBe(HistoryVerdict.Failed);
        entry.Faults.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_interrupted_prompt_is_no_failed_one()
    {
        var entry = await HistoryAsync("history.interrupted.json");

        (entry!.Verdict, entry.Faults.Count).ShouldBe((HistoryVerdict.Interrupted, 0));
    }

    [Fact]
    public async Task Out_of_memory_is_told_from_other_errors()
    {
        var signs = new Dictionary<string, string>();
        foreach (var file in Recordings.Names("bodies").Where(f => f.StartsWith("history.error.", StringComparison.Ordinal)))
        {
            var fault = (await HistoryAsync(file))!.Faults.Single();
            signs[file] = FailureSign.Of(fault.ExceptionType, fault.Message);
        }

        signs.Where(s => s.Value == global::Dailies.Contract.FailureKind.OutOfMemory).Select(s => s.Key).ShouldBe(["history.error.out-of-memory.json"]);
        signs.Values.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_was_saved_before_a_failure_stays_announced()
    {
        var entry = await HistoryAsync("history.error.partial-outputs.json");

        (entry!.Verdict, entry.Files.Count).ShouldBe((HistoryVerdict.Failed, 1));
    }

    [Fact]
    public async Task The_raw_heap_is_sorted_into_the_order_of_execution()
    {
        var recorded = JsonNode.Parse(Recordings.Body("queue.heap-order.json"))!["queue_pending"]!.AsArray()
            .Select(i => (Number: i![0]!.GetValue<double>(), Id: i[1]!.GetValue<string>())).ToList();

        var queue = await CannedHandler.Client(200, Recordings.Body("queue.heap-order.json")).QueueAsync(TestContext.Current.CancellationToken);

        queue.Pending.ShouldBe(recorded.OrderBy(i => i.Number).ThenBy(i => i.Id, StringComparer.Ordinal).Select(i => i.Id));
        queue.Pending.ShouldNotBe(recorded.Select(i => i.Id), "the recording is not sorted");
    }

    private static Task<HistoryEntry?> HistoryAsync(string file) => HistoryAsync(file, Recordings.Body(file));

    private static async Task<HistoryEntry?> HistoryAsync(string file, byte[] body) =>
        (await CannedHandler.Client(200, body).HistoryAsync(IdIn(file, body), TestContext.Current.CancellationToken)).Entry;

    private static async Task<string> DescribeAsync(string file)
    {
        if (Unread.TryGetValue(file, out var reason))
        {
            return $"not read: {reason}";
        }

        var cancel = TestContext.Current.CancellationToken;
        var name = file.StartsWith("older.", StringComparison.Ordinal) ? string.Join('.', file.Split('.')[4..]) : file;
        var client = CannedHandler.Client(Status(file), Recordings.Body(file));
        return name switch
        {
            _ when UnreadFamilies.Any(f => name.StartsWith(f, StringComparison.Ordinal)) => "not read: /api/jobs is not asked",
            "history.empty.json" or "history.list.json" => $"history is empty: {await client.HistoryIsEmptyAsync(cancel)}",
            _ when name.StartsWith("history.", StringComparison.Ordinal) => Words(await HistoryAsync(file)),
            _ when name.StartsWith("prompt.", StringComparison.Ordinal) => Words(await client.SubmitAsync([], "our-id", "c", [], cancel)),
            _ when name.StartsWith("queue.", StringComparison.Ordinal) => Words(await client.QueueAsync(cancel)),
            "system_stats.json" => Words(await client.SystemStatsAsync(cancel)),
            _ => throw new InvalidOperationException($"{file} is new: read it, or give a reason in {nameof(Unread)}"),
        };
    }

    private static string Words(HistoryEntry? entry) => entry is null
        ? "no entry"
        : $"{entry.Verdict}, took {(entry.EndedAt - entry.StartedAt)?.TotalMilliseconds} ms, cached [{string.Join(' ', entry.CachedNodes)}]"
            + string.Concat(entry.Files.Select(f => $"\n    {f.Node} {f.List}: {f.Subfolder}|{f.FileName} {f.Type}{(f.Animated ? " animated" : "")}"))
            + string.Concat(entry.Faults.Select(f => $"\n    {f.NodeType} {f.NodeId}: {f.ExceptionType}: {f.Message.Split('\n')[0]}"));

    private static string Words(SubmitReply reply) => reply switch
    {
        SubmitReply.Accepted a => $"accepted {a.PromptId} as number {a.Number}{Words(a.Dropped)}",
        SubmitReply.Rejected r => $"rejected with {r.Status}{Words(r.Faults)}",
        _ => $"ambiguous: {((SubmitReply.Ambiguous)reply).Why}",
    };

    private static string Words(IReadOnlyList<NodeFault> faults) => string.Concat(faults.Select(f =>
        $"\n    node '{f.Node}' {f.NodeClass}: {f.Text} | received {f.Received ?? "-"} | choices {string.Join(",", f.Choices.Take(3))} ({f.Choices.Count})"));

    private static string Words(QueueReading queue) => $"running [{string.Join(' ', queue.Running)}] pending [{string.Join(' ', queue.Pending)}]";

    private static string Words(SystemStats stats) =>
        $"{stats.Version}, {stats.System.Count} members{string.Concat(stats.Devices.Select(d => $"\n    {d}"))}";

    private static int Status(string file) =>
        JsonNode.Parse(Recordings.Body("INDEX.json"))!.AsArray().Single(i => i!["file"]!.GetValue<string>() == file)!["status"]!.GetValue<int>();

    private static string IdIn(string file, byte[] body)
    {
        using var document = LenientJson.Parse(body);
        return document.RootElement.EnumerateObject().Select(m => m.Name).FirstOrDefault() ?? file;
    }
}
