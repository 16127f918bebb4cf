using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>How a consumer knows that a marker may be waited for.</summary>
public sealed class SentinelHeartbeatTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 22, 15, 7, TimeSpan.Zero);
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    // Age and interval in seconds: three intervals and five seconds are the limit.
    [Theory]
    [InlineData(0, 2, true)]
    [InlineData(11, 2, true)]
    [InlineData(11.1, 2, false)]
    [InlineData(6.5, 0.5, true)]
    [InlineData(6.6, 0.5, false)]
    [InlineData(180, 60, true)]
    [InlineData(86400, 2, false)]
    [InlineData(-5, 2, true)]
    [InlineData(-5.1, 2, false)]
    public void A_sentinel_answers_while_its_sign_is_fresh(double age, double interval, bool alive) =>
        new SentinelHeartbeat(1, Now.AddSeconds(-age), interval).IsAlive(Now).ShouldBe(alive);

    [Fact]
    public void A_sign_is_read_back_and_found_from_the_folders_below()
    {
        var sign = new SentinelHeartbeat(4711, Now, 2);
        var below = Directory.CreateDirectory(Path.Combine(temp.Path, "a", "b")).FullName;

        SentinelHeartbeat.Find(below, Now).ShouldBeNull();
        sign.Write(temp.Path);
        sign.Write(temp.Path);

        Directory.EnumerateFiles(temp.Path).Select(f => Path.GetFileName(f)).ShouldBe([DoneMarker.HeartbeatFile]);
        SentinelHeartbeat.Read(temp.Path).ShouldBe(sign);
        SentinelHeartbeat.Find(below + Path.DirectorySeparatorChar, Now.AddSeconds(3)).ShouldBe(sign);
        SentinelHeartbeat.Find(below, Now.AddMinutes(1)).ShouldBeNull();
        (sign with { WrittenAt = Now.AddHours(-1) }).Write(below); // one that died must not hide the one that lives
        SentinelHeartbeat.Find(below, Now).ShouldBe(sign);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"Pid":"x"}""")]
    [InlineData("""{"Pid":1,"WrittenAt":"2026-11-23T22:15:07.000Z","IntervalSeconds":1e300}""")]
    [InlineData("""{"Pid":1,"WrittenAt":"2026-11-23T22:15:07.000Z","IntervalSeconds":-9}""")]
    public void Rubbish_is_no_sign(string text)
    {
        temp.Write(DoneMarker.HeartbeatFile, text);
        SentinelHeartbeat.Read(temp.Path).ShouldBeNull();
        SentinelHeartbeat.Find(temp.Path, Now).ShouldBeNull();
    }

    [Fact]
    public void Only_its_own_sign_is_taken_away()
    {
        new SentinelHeartbeat(4711, Now, 2).Write(temp.Path);
        SentinelHeartbeat.Remove(temp.Path, 12);
        SentinelHeartbeat.Read(temp.Path).ShouldNotBeNull();
        SentinelHeartbeat.Remove(temp.Path, 4711);
        SentinelHeartbeat.Read(temp.Path).ShouldBeNull();
        Should.NotThrow(() => SentinelHeartbeat.Remove(temp.Path, 4711));
    }
}
