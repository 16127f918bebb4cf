using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Tests.Takes;

/// <summary>A frame is decoded whole, or it is none.</summary>
public class FrameCheckTests
{
    public static TheoryData<SKEncodedImageFormat, int> Torn
    {
        get
        {
            var data = new TheoryData<SKEncodedImageFormat, int>();
            foreach (var format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp })
            {
                foreach (var percent in Enumerable.Range(0, 10))
                {
                    data.Add(format, percent * 10);
                }
            }

            return data;
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_whole_picture_gives_its_size(SKEncodedImageFormat format) => (Check(Pictures.Make(format, 65, 49)) with { Light = null }).ShouldBe(new FrameVerdict(65, 49, 1, null));

    [Theory]
    [MemberData(nameof(Torn))]
    public void A_torn_picture_is_a_fault(SKEncodedImageFormat format, int percent)
    {
        var whole = Pictures.Make(format);

        Check(whole[..(whole.Length * percent / 100)]).Fault.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a picture at all")]
    [InlineData("<html>404</html>")]
    [InlineData("\u0089PNG\r\n\u001a\n")]
    public void Garbage_is_a_fault(string text) => Check(System.Text.Encoding.Latin1.GetBytes(text)).Fault.ShouldNotBeNullOrEmpty();

    [Fact]
    public void A_PNG_without_its_end_mark_is_torn() => Check(Pictures.Png()[..^12]).Fault.ShouldNotBeNull().ShouldContain("torn");

    [Fact]
    public void What_follows_a_whole_PNG_does_no_harm() => Check([.. Pictures.Png(), .. new byte[1000]]).Fault.ShouldBeNull();

    [Fact]
    public void A_byte_changed_in_the_pixels_is_a_fault()
    {
        var bytes = Pictures.Png();
        bytes[bytes.Length / 2] ^= 0xFF;

        Check(bytes).Fault.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_size_that_no_frame_has_is_refused_before_it_takes_memory()
    {
        var bytes = Pictures.Png();
        bytes[16] = 0x7F; // the width in the header is now 2,130,706,496

        Check(bytes).Fault.ShouldNotBeNullOrEmpty();
    }

    private static FrameVerdict Check(byte[] bytes)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "frame.bin");
        File.WriteAllBytes(path, bytes);
        return FrameCheck.Check(path);
    }
}
