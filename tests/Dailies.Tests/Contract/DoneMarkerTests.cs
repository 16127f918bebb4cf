using System.Text;
using CsCheck;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>Name and payload of a done marker: what we write, and how much we take from other producers.</summary>
public class DoneMarkerTests
{
    private static readonly DoneMarker Whole =
        new(new DateTimeOffset(2026, 11, 23, 22, 15, 7, 42, TimeSpan.Zero), 25, "scene-001_00025_.png") { RunId = "20261123-221507", Attempt = 2 };

    [Fact]
    public void A_marker_reads_as_kept() => Snapshot.Match(
        $"{DoneMarker.FileName("scene-001")}\n{Encoding.UTF8.GetString(Whole.Write())}{Encoding.UTF8.GetString((Whole with { RunId = null, Attempt = null }).Write())}"
        + $"{"scene-001" + DoneMarker.TempSuffix}\n{DoneMarker.HeartbeatFile}\n",
        "done-marker");

    [Fact]
    public void What_is_written_is_read_back()
    {
        foreach (var marker in new[] { Whole, Whole with { RunId = null, Attempt = null }, Whole with { Latest = "sz\u00e9n <1>_00001_.png" } })
        {
            DoneMarker.TryRead(marker.Write(), out var read, out _).ShouldBeTrue();
            read.ShouldBe(marker);
        }
    }

    public static TheoryData<string, DoneMarker> Foreign => new()
    {
        { "{}", new DoneMarker(null, null, null) },
        { """{"FrameCount":25}""", new DoneMarker(null, 25, null) },
        { """{"FrameCount":25,"Renderer":{"Name":"x"},"Tags":[1]}""", new DoneMarker(null, 25, null) },
        { """{"Timestamp":null,"FrameCount":null,"Latest":null,"RunId":null,"Attempt":null}""", new DoneMarker(null, null, null) },
        { """{"Timestamp":"yesterday","FrameCount":"25","Latest":7,"RunId":1,"Attempt":"2"}""", new DoneMarker(null, null, null) },
        { """{"FrameCount":-1,"Attempt":1.5,"Latest":"","RunId":""}""", new DoneMarker(null, null, null) },
        { """{"FrameCount":99999999999}""", new DoneMarker(null, null, null) },
        { """{"Timestamp":"2026-11-23T23:15:07.0420000+01:00","FrameCount":25}""", new DoneMarker(new DateTimeOffset(2026, 11, 23, 22, 15, 7, 42, TimeSpan.Zero), 25, null) },
        { "\ufeff{\"FrameCount\":25}\r\n", new DoneMarker(null, 25, null) },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_field_that_is_missing_unknown_or_of_another_type_says_nothing(string text, DoneMarker expected)
    {
        DoneMarker.TryRead(Encoding.UTF8.GetBytes(text), out var read, out var fault).ShouldBeTrue(fault);
        read.ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("done", "no JSON")]
    [InlineData("25", "no JSON object")]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("""{"FrameCount":25""", "no JSON")]
    [InlineData("""{"Latest":"\ud800"}""", "no JSON")]
    public void Anything_else_is_no_marker_and_the_reason_is_named(string text, string why)
    {
        DoneMarker.TryRead(Encoding.UTF8.GetBytes(text), out var read, out var fault).ShouldBeFalse();
        read.ShouldBeNull();
        fault.ShouldBe(why);
    }

    [Fact]
    public void A_marker_has_an_end() => DoneMarker.TryRead(new byte[DoneMarker.MostBytes + 1], out _, out _).ShouldBeFalse();

    [Fact]
    public void No_bytes_bring_the_reader_down() => Gen.Byte.Array[0, 200].Sample(
        bytes => DoneMarker.TryRead(bytes, out var read, out var fault) ? read is not null : fault.Length > 0);
}
