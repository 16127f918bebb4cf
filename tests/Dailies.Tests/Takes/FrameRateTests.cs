using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>Who says how many frames a second, and what that is as a ratio.</summary>
public class FrameRateTests
{
    [Theory]
    [InlineData("cli", 12.0, 8.0, "24 cli")]
    [InlineData("env", 12.0, 8.0, "24 env")]
    [InlineData("file", 12.0, 8.0, "24 file")]
    [InlineData("default", 12.0, 8.0, "12 scene")]
    [InlineData("default", null, 8.0, "8 workflow")]
    [InlineData("default", null, null, "24 default")]
    public void What_the_operator_wrote_wins_then_the_scene_then_the_workflow(string origin, double? scene, double? workflow, string expected)
    {
        var rate = FrameRate.Choose(24, origin, scene, workflow);

        $"{rate.Fps} {rate.Origin}".ShouldBe(expected);
    }

    [Theory]
    [InlineData(24, "24")]
    [InlineData(23.976, "24000/1001")]
    [InlineData(23.98, "24000/1001")]
    [InlineData(29.97, "30000/1001")]
    [InlineData(59.94, "60000/1001")]
    [InlineData(12.5, "12500/1000")]
    [InlineData(1, "1")]
    [InlineData(240, "240")]
    public void A_rate_is_the_ratio_that_it_stands_for(double fps, string expected) => FrameRate.Text(fps).ShouldBe(expected);

    [Theory]
    [InlineData(1.0417, 24, 25)]
    [InlineData(2, 29.97, 60)]
    [InlineData(0, 24, 1)]
    [InlineData(0.001, 24, 1)]
    public void A_span_is_so_many_frames_and_at_least_one(double seconds, double fps, int frames) => FrameRate.Count(seconds, fps).ShouldBe(frames);
}
