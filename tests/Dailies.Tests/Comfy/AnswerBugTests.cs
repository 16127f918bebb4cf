using System.Text;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Telemetry;

namespace Dailies.Tests.Comfy;

/// <summary>What the fuzzers found, by name.</summary>
public class AnswerBugTests
{
    private static readonly string Long = new('x', 70_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The reader's own message quotes what it could not read, to the last letter: an echoed secret with it.
    [Theory]
    [InlineData("token=s3cr3t")]
    [InlineData("{\"a\":nothing-s3cr3t}")]
    [InlineData("{\"a\":\"b\n s3cr3t")]
    public async Task Bug_an_answer_that_is_no_JSON_is_not_quoted(string body)
    {
        var fault = await Should.ThrowAsync<StationException>(() => CannedHandler.Client(200, Encoding.UTF8.GetBytes(body)).QueueAsync(Cancel));

        fault.Message.ShouldNotContain("s3cr3t");
        fault.Message.ShouldContain("line 1, byte ");
        (await CannedHandler.Client(200, Encoding.UTF8.GetBytes(body)).SubmitAsync([], "p", "c", [], Cancel)).ShouldBeOfType<SubmitReply.Ambiguous>().Why.ShouldNotContain("s3cr3t");
    }

    // Seen in a test of a dying server: "Transport endpoint is not connected", with no HttpRequestException around it. A run would have ended with exit 4.
    [Fact]
    public async Task Bug_a_connection_that_is_reset_the_moment_it_stands_is_a_station_that_does_not_answer()
    {
        var client = CannedHandler.Client(_ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.NotConnected));

        (await Should.ThrowAsync<StationException>(() => client.QueueAsync(Cancel))).Fault.ShouldBe(StationFault.Unreachable);
        (await client.SubmitAsync([], "p", "c", [], Cancel)).ShouldBeOfType<SubmitReply.Ambiguous>();
    }

    [Fact]
    public async Task Bug_a_page_of_rubbish_is_a_line()
    {
        var fault = await Should.ThrowAsync<StationException>(() => CannedHandler.Client(200, Encoding.UTF8.GetBytes(Long.Replace('x', 't'))).SystemStatsAsync(Cancel));

        Fuzz.ShouldBeAClearFault(fault.Message);
    }

    [Fact]
    public async Task Bug_a_message_of_megabytes_is_cut_and_stays_whole_in_the_answer()
    {
        var body = Encoding.UTF8.GetBytes($$$$$"""
            {"p":{"outputs":{"9":{"images":[{"filename":"{{{{{Long}}}}}.png"}]}},"status":{"messages":[["execution_error",{"exception_message":"{{{{{Long}}}}}🌊","exception_type":"{{{{{Long}}}}}","node_id":"{{{{{Long}}}}}","node_type":"{{{{{Long}}}}}"}]]}}}
            """);

        var (entry, bytes) = await CannedHandler.Client(200, body).HistoryAsync("p", Cancel);

        var fault = entry!.Faults.ShouldHaveSingleItem();
        (fault.Message.Length, fault.ExceptionType.Length, fault.NodeId!.Length, fault.NodeType!.Length, entry.Files[0].FileName.Length).ShouldBe((2_001, 201, 201, 201, 1_005));
        fault.Message.ShouldEndWith("x…");
        bytes.Length.ShouldBe(body.Length);
        Dailies.Takes.WireFileName.Safe(entry.Files[0].FileName).ShouldBeNull();
    }

    // Each choice is compared with the value letter by letter: 70,000 by 70,000 letters, for each choice.
    [Fact]
    public void Bug_a_refused_value_of_any_length_is_a_few_letters()
    {
        var fault = Rejection.Read(Encoding.UTF8.GetBytes($$$$$"""
            {"error":{"message":"{{{{{Long}}}}}"},"node_errors":{"{{{{{Long}}}}}":{"class_type":"{{{{{Long}}}}}","errors":[{"message":"{{{{{Long}}}}}","details":"{{{{{Long}}}}}","extra_info":{"received_value":"{{{{{Long}}}}}","input_config":[["{{{{{Long}}}}}"]]}}]}}}
            """)).ShouldHaveSingleItem();

        (fault.Node.Length, fault.NodeClass.Length, fault.Received!.Length, fault.Choices[0].Length).ShouldBe((201, 201, 201, 201));
        fault.Text.Length.ShouldBeLessThan(4_010);
        Rejection.Read(Encoding.UTF8.GetBytes($$"""{"error":"{{Long}}"}""")).ShouldHaveSingleItem().Text.Length.ShouldBe(2_001);
    }

    // The ledger's line has room for 64 levels: the first sample could not be written, and the run ended as our own fault.
    [Theory]
    [InlineData(70)]
    [InlineData(500)]
    public async Task Bug_a_system_of_many_levels_is_not_kept(int levels)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"system":{"comfyui_version":"0.8.0","x":{{{JsonDamage.Deep(levels)}}}},"devices":[{"name":"{{{Long}}}","type":"cuda"}]}""");
        var client = CannedHandler.Client(200, body);

        var stats = await client.SystemStatsAsync(Cancel);

        (stats.System.Count, stats.Version, stats.Devices[0].Name!.Length).ShouldBe((0, "0.8.0", 201));
        RunEvent sampled = new GpuSampled(Stamp.Of(TimeProvider.System), "scene-001", 1, GpuSampled.Before, await new GpuProbe(client, null, TimeProvider.System).SampleAsync(Cancel));
        RunEvent.FromLine(sampled.ToLine()).ToLine().ShouldBe(sampled.ToLine());
    }
}
