using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>The tones of a panel, from the sky to the ink, and the one light in it.</summary>
internal sealed record Palette(string Name, SKColor SkyTop, SKColor SkyLow, SKColor Far, SKColor Middle, SKColor Near, SKColor Light, bool Dark = false)
{
    public static IReadOnlyList<Palette> All { get; } =
    [
        Of("neon", 0x170B33, 0x8A2A78, 0x4A2170, 0x2B1552, 0x0C0720, 0x55F0E6, dark: true),
        Of("night", 0x0D1530, 0x3B5078, 0x2F4163, 0x1C2A48, 0x080D1C, 0xF6EFCF, dark: true),
        Of("storm", 0x2C343E, 0x97A1A4, 0x69757F, 0x434D58, 0x161A20, 0xE6ECEA),
        Of("fog", 0xA3ACAE, 0xDCDFD8, 0xBFC5C2, 0x929B9B, 0x434A4C, 0xF7F6EE),
        Of("dawn", 0x7488AE, 0xF6CBA4, 0xB89CA4, 0x796A82, 0x2C283C, 0xFFEBC4),
        Of("dusk", 0x434676, 0xF2966A, 0x8F627B, 0x563F60, 0x211A2E, 0xFFDBA2),
        Of("winter", 0x93A9BE, 0xEFF2F4, 0xC2CFDA, 0x8A9DAE, 0x2D3A48, 0xFFFFFF),
        Of("desert", 0x7FABC2, 0xF7DFB2, 0xDCAE7E, 0xBA7C53, 0x553022, 0xFFF3CE),
        Of("forest", 0x86A798, 0xE2E7CB, 0x8CA68C, 0x527060, 0x182822, 0xFAF4CA),
        Of("lamp", 0x3A2C27, 0x846652, 0x6C5445, 0x46352D, 0x18110E, 0xFFD68C, dark: true),
        Of("day", 0x8FB6CF, 0xEBEFE6, 0xA8BAB6, 0x6B827D, 0x283434, 0xFFF8DC),
    ];

    public static Palette Named(string name) => All.First(p => p.Name == name);

    /// <summary>The same palette a few degrees round the colour wheel, so that two shots of one mood are not twins.</summary>
    public Palette Turned(float degrees) => this with
    {
        SkyTop = Turn(SkyTop, degrees),
        SkyLow = Turn(SkyLow, degrees / 2),
        Far = Turn(Far, degrees),
        Middle = Turn(Middle, degrees),
    };

    public static SKColor Mix(SKColor a, SKColor b, float part) => new(
        (byte)(a.Red + ((b.Red - a.Red) * part)), (byte)(a.Green + ((b.Green - a.Green) * part)), (byte)(a.Blue + ((b.Blue - a.Blue) * part)));

    private static SKColor Turn(SKColor colour, float degrees)
    {
        colour.ToHsl(out var h, out var s, out var l);
        return SKColor.FromHsl((h + degrees + 360) % 360, s, l);
    }

    private static Palette Of(string name, uint skyTop, uint skyLow, uint far, uint middle, uint near, uint light, bool dark = false) =>
        new(name, Solid(skyTop), Solid(skyLow), Solid(far), Solid(middle), Solid(near), Solid(light), dark);

    private static SKColor Solid(uint rgb) => new(0xFF000000 | rgb);
}
