using CsCheck;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>Which files are frames, and of which sequence. Version 1 wrote one marker per frame, because of a wrong pattern.</summary>
public class FrameNameTests
{
    [Theory]
    [InlineData("p_00001_.png", "p", 1)]
    [InlineData("p-00001.png", "p", 1)]
    [InlineData("p.00001.png", "p", 1)]
    [InlineData("p00001.png", "p", 1)]
    [InlineData("p 00001.png", "p", 1)]
    [InlineData("p_1.PNG", "p", 1)]
    [InlineData("p_100000_.png", "p", 100000)]
    [InlineData("p__00002_.jpg", "p_", 2)]
    [InlineData("p-_00002_.jpeg", "p-", 2)]
    [InlineData("scene-001_00025_.webp", "scene-001", 25)]
    [InlineData("take_2_00003_.exr", "take_2", 3)]
    [InlineData("00001_00002_.tif", "00001", 2)]
    [InlineData("A long name (1), final_00003_.tiff", "A long name (1), final", 3)]
    [InlineData("sz\u00e9n_00003_.bmp", "sz\u00e9n", 3)]
    [InlineData("__00001_.png", "_", 1)]
    public void A_name_is_taken_apart(string name, string prefix, long number)
    {
        FrameName.TryParse(name, out var frame).ShouldBeTrue();
        frame.ShouldBe(new FrameName(prefix, number));
    }

    [Theory]
    [InlineData("p.png")]
    [InlineData("p_.png")]
    [InlineData("00001.png")]
    [InlineData("1_.png")]
    [InlineData("p_00001__.png")]
    [InlineData(".p_00001_.png")]
    [InlineData("p_00001_.mp4")]
    [InlineData("p_00001_")]
    [InlineData("p_00001_.png.partial")]
    [InlineData("p_00001_.png.tmp")]
    [InlineData("p_00001_.done")]
    [InlineData("p.done")]
    [InlineData("p.done.tmp")]
    [InlineData("p_99999999999999999999_.png")]
    [InlineData("p_\u0661_.png")]
    [InlineData(".png")]
    [InlineData("_.png")]
    [InlineData("png")]
    [InlineData("")]
    public void Everything_else_is_no_frame(string name) => FrameName.TryParse(name, out _).ShouldBeFalse();

    [Fact]
    public void What_ComfyUI_names_comes_back() => Gen.Select(Gen.String[Gen.Char["abZ019_- ."], 1, 12], Gen.Int[0, 200_000]).Where(t => t.Item1[0] != '.').Sample(
        (prefix, number) => FrameName.TryParse($"{prefix}_{number:00000}_.png", out var frame) && frame == new FrameName(prefix, number));
}
