using Dailies.Animatic.Drawing;
using SkiaSharp;

namespace Dailies.Tests.Animatic;

/// <summary>What the drawings promise: the same shot gives the same pixels, and frames move.</summary>
public class DrawingTests
{
    private static readonly ShotNotes Notes = new("The Keeper", "scene-001", "1", "pan left", null, null);

    public static TheoryData<string> Prompts =>
    [
        "A lonely lighthouse on a rocky coast at dusk, a keeper walks the shore",
        "Rain on a neon city street at night, a detective by a car",
        "Interior, a candle on the table in an old room, a door",
        "A house in a snowy forest",
        "A small boat in the fog below mountains, a tower",
        "",
        "日本の海 🌊",
    ];

    [Theory]
    [MemberData(nameof(Prompts))]
    public void The_same_shot_gives_the_same_pixels(string prompt)
    {
        var shot = new Shot(prompt, 7, 320, 192, 5);

        Draw(shot, Notes, 3).ShouldBe(Draw(shot, Notes, 3));
    }

    [Theory]
    [InlineData("pan left")]
    [InlineData("dolly in")]
    [InlineData("crane up")]
    [InlineData("handheld")]
    [InlineData("tilt down")]
    public void Consecutive_frames_differ_but_little(string camera)
    {
        using var artist = new PanelArtist(new Shot("A lighthouse at dusk, mountains", 7, 320, 192, 25), Notes with { Camera = camera });
        var frames = Enumerable.Range(0, 25).Select(i => Picture(artist.Draw(i))).ToList();
        var steps = frames.Zip(frames.Skip(1), Difference).ToList();

        steps.ShouldAllBe(d => d > 0.1);
        steps.Max().ShouldBeLessThan(Difference(frames[0], frames[^1]) + 8, "a step is small beside the whole move");
    }

    [Fact]
    public void Another_seed_is_another_picture() =>
        Picture(Draw(new Shot("A boat", 1, 320, 192, 5), Notes, 0)).ShouldNotBe(Picture(Draw(new Shot("A boat", 2, 320, 192, 5), Notes, 0)));

    [Fact]
    public void The_slate_changes_with_the_attempt_and_the_picture_does_not()
    {
        var shot = new Shot("A boat", 1, 512, 288, 5);
        var (first, second) = (Draw(shot, Notes, 2), Draw(shot, Notes with { Attempt = "2", Title = "Another title", Scene = "scene-009" }, 2));

        first.ShouldNotBe(second);
        Picture(first).ShouldBe(Picture(second));
    }

    [Fact]
    public void The_mood_changes_the_picture()
    {
        var shot = new Shot("A boat", 1, 320, 192, 5);

        Picture(Draw(shot, Notes with { Mood = "stormy" }, 2)).ShouldNotBe(Picture(Draw(shot, Notes with { Mood = "dawn" }, 2)));
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(16, 16)]
    [InlineData(64, 512)]
    [InlineData(2048, 96)]
    [InlineData(200, 120)]
    public void Odd_sizes_are_drawn(int width, int height)
    {
        using var picture = SKBitmap.Decode(Draw(new Shot("A lighthouse at night", 1, width, height, 1), Notes, 0));

        (picture.Width, picture.Height).ShouldBe((width, height));
    }

    [Theory]
    [InlineData("slow pan to the left", "PAN LEFT")]
    [InlineData("Dolly-in", "DOLLY IN")]
    [InlineData("pull back", "DOLLY OUT")]
    [InlineData("crane", "CRANE UP")]
    [InlineData("locked off", "STATIC")]
    [InlineData("whatever", "STATIC")]
    public void The_camera_note_is_understood(string note, string label) =>
        CameraMove.Choose(note, "", new Dice(1)).Label.ShouldBe(label);

    [Theory]
    [InlineData("A man in a room, the camera pans right", "PAN RIGHT")]
    [InlineData("Mountains far away. Dolly in", "DOLLY IN")]
    public void A_camera_move_in_the_prompt_is_found_in_its_own_clause(string prompt, string label) =>
        CameraMove.Choose(null, prompt, new Dice(1)).Label.ShouldBe(label);

    [Theory]
    [InlineData("a lonely lighthouse at dusk", "dusk")]
    [InlineData("a lonely man", "fog")]
    [InlineData("neon signs at night", "neon")]
    public void The_hour_decides_before_the_feeling(string prompt, string palette) =>
        Brief.Read(new Shot(prompt, 1, 64, 64, 1), new ShotNotes("", "", null, null, null, null), new Dice(1)).Palette.Name.ShouldBe(palette);

    private static byte[] Draw(Shot shot, ShotNotes notes, int index)
    {
        using var artist = new PanelArtist(shot, notes);
        return artist.Draw(index);
    }

    // The pixels above the slate.
    private static byte[] Picture(byte[] png)
    {
        using var bitmap = SKBitmap.Decode(png);
        var rows = bitmap.Height - SlateBand.Height(bitmap.Width, bitmap.Height);
        return bitmap.GetPixelSpan()[..(rows * bitmap.RowBytes)].ToArray();
    }

    private static double Difference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
}
