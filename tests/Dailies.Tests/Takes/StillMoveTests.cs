using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>The camera over a still.</summary>
public class StillMoveTests
{
    [Fact]
    public void It_comes_closer_all_the_way_and_eases_off_at_both_ends()
    {
        var zooms = Enumerable.Range(0, 25).Select(i => StillMove.Zoom(i, 25)).ToList();

        zooms[0].ShouldBe(1);
        zooms[^1].ShouldBe(1.08f, 0.0001);
        zooms.ShouldBe(zooms.Order());
        (zooms[1] - zooms[0]).ShouldBeLessThan(zooms[13] - zooms[12]);
        (zooms[24] - zooms[23]).ShouldBeLessThan(zooms[13] - zooms[12]);
    }

    [Fact]
    public void One_frame_is_the_whole_picture() => StillMove.Zoom(0, 1).ShouldBe(1);

    [Theory]
    [InlineData(100, 50, 200, 200, 0, 50, 200, 100)]
    [InlineData(50, 100, 200, 200, 50, 0, 100, 200)]
    [InlineData(64, 36, 64, 36, 0, 0, 64, 36)]
    public void A_picture_is_fitted_whole_and_in_the_middle(float w, float h, float fw, float fh, float x, float y, float rw, float rh) =>
        StillMove.Fit(w, h, fw, fh).ShouldBe(SkiaSharp.SKRect.Create(x, y, rw, rh));
}
