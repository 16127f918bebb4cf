using System.Runtime.InteropServices;
using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>The light of frames.</summary>
public class FrameLightTests
{
    private const uint Black = 0xFF000000, White = 0xFFFFFFFF, AlmostBlack = 0xFF000001;

    [Theory]
    [InlineData(Black, 0, 0, true)]
    [InlineData(White, 255, 0, false)]
    [InlineData(0xFFFF0000, 76, 0, false)] // red
    [InlineData(AlmostBlack, 0, 0, false)]
    public void One_colour_has_its_luma_and_no_variance(uint colour, double mean, double variance, bool black)
    {
        var light = Light(Enumerable.Repeat(colour, 64 * 64));
        (Math.Round(light.Mean), light.Variance, light.Black).ShouldBe((mean, variance, black));
    }

    [Fact]
    public void Half_black_half_white_is_grey_with_the_most_variance()
    {
        var light = Light(Enumerable.Range(0, 64 * 64).Select(i => i % 2 == 0 ? Black : White));
        (light.Mean, light.Variance).ShouldBe((127.5, 127.5 * 127.5));
    }

    [Fact]
    public void One_pixel_of_millions_makes_a_frame_not_black() =>
        Light(Enumerable.Range(0, 1920 * 1080).Select(i => i == 1_234_567 ? AlmostBlack : Black)).Black.ShouldBeFalse();

    [Fact]
    public void A_take_sums_its_frames()
    {
        var (dark, bright) = (Light(Enumerable.Repeat(Black, 64)), Light(Enumerable.Repeat(White, 64)));
        var content = FrameLight.Sum([dark, dark, bright, bright, bright])!;
        (content.LumaMean, content.DarkestFrame, content.BrightestFrame, content.EqualShare, content.AllBlack).ShouldBe((153, 0, 255, 0.75, false));
        FrameLight.Sum([dark, dark])!.AllBlack.ShouldBeTrue();
        FrameLight.Sum([]).ShouldBeNull();
    }

    private static FrameLight Light(IEnumerable<uint> pixels) => FrameLight.Of(MemoryMarshal.AsBytes<uint>(pixels.ToArray()));
}
