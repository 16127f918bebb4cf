using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>One sheet of the multiplane: painted once for the shot, moved for every frame. Its depth says how much of the
/// camera's move it takes (0 far away, 1 in the foreground), its drift what it moves by itself, in parts of the width. The place is in picture units.</summary>
internal sealed record Sheet(SKImage Image, SKRect Place, float Depth, float Drift = 0);

/// <summary>Paints the sheets of a shot, from the sky to the lens.</summary>
internal sealed class Stage : IDisposable
{
    // Sheets are painted no larger than this; a bigger picture shows them scaled up.
    private const float WidestPicture = 1600;

    private readonly List<Sheet> _sheets = [];
    private readonly Brief _brief;
    private readonly ulong _seed;

    public Stage(Shot shot, Brief brief, float width, float height)
    {
        (_brief, _seed) = (brief, shot.Seed ^ Dice.Hash(shot.Prompt));
        (Width, Height) = (width, height);
        Unit = Math.Min(height, width * 0.8f);
        Scale = Math.Min(1, WidestPicture / Math.Max(width, height));
        var dice = new Dice(_seed, "composition");
        Horizon = height * (brief.Subjects.Contains(Subject.Lighthouse) || brief.Subjects.Contains(Subject.Tower) ? dice.Between(0.64f, 0.72f) : dice.Between(0.52f, 0.66f));
        Focus = dice.Next() < 0.5f ? dice.Between(0.3f, 0.38f) : dice.Between(0.62f, 0.7f);
        Build();
    }

    public IReadOnlyList<Sheet> Sheets => _sheets;

    public float Width { get; }

    public float Height { get; }

    public float Unit { get; }

    public float Horizon { get; }

    public float Focus { get; }

    /// <summary>Sheet pixels per picture pixel.</summary>
    public float Scale { get; }

    public Easel EaselOn(SKCanvas canvas, string name) =>
        new(canvas, Width, Height, Unit, Horizon, Focus, _brief, new Dice(_seed, name));

    public void Dispose() => _sheets.ForEach(s => s.Image.Dispose());

    private void Build()
    {
        if (_brief.Ground == Ground.Room)
        {
            Add("room", 0.35f, RoomPainter.Paint);
        }
        else
        {
            BuildOutdoors();
        }

        var x = Focus * Width;
        foreach (var (subject, i) in _brief.Subjects.Where(s => s is not Subject.Lighthouse).Select((s, i) => (s, i)))
        {
            // The second subject faces the first across the picture; a figure stands before things.
            var place = i == 0 && !_brief.Subjects.Contains(Subject.Lighthouse) ? x : Width * (i == 2 ? 0.5f : 1 - Focus);
            Add($"{subject}", subject is Subject.Figure or Subject.Couple ? 0.72f : 0.6f, easel => SubjectPainter.Paint(easel, subject, place));
        }

        if (_brief.Ground != Ground.Room)
        {
            Add("foreground", 1, GroundPainter.Foreground);
        }
    }

    private void BuildOutdoors()
    {
        Add("sky", 0.05f, SkyPainter.Paint);
        Add("clouds", 0.12f, SkyPainter.Clouds, drift: 0.035f);
        switch (_brief.Backdrop)
        {
            case Backdrop.City:
                Add("far city", 0.2f, e => LandPainter.Skyline(e, 0.1f));
                Add("city", 0.36f, e => LandPainter.Skyline(e, 0.55f));
                break;
            case Backdrop.Forest:
                Add("far hills", 0.16f, e => LandPainter.Ridge(e, 0.05f, jagged: false));
                Add("far forest", 0.24f, e => LandPainter.Forest(e, 0.2f));
                break;
            case Backdrop.Mountains:
                Add("far mountains", 0.16f, e => LandPainter.Ridge(e, 0.05f, jagged: true));
                Add("mountains", 0.26f, e => LandPainter.Ridge(e, 0.35f, jagged: true));
                break;
            case Backdrop.Hills:
                Add("far hills", 0.16f, e => LandPainter.Ridge(e, 0.05f, jagged: false));
                Add("hills", 0.26f, e => LandPainter.Ridge(e, 0.35f, jagged: false));
                break;
            default:
                break;
        }

        Add("ground", 0.5f, GroundPainter.Paint);
        if (_brief.Backdrop == Backdrop.Forest && _brief.Ground != Ground.Sea)
        {
            Add("forest", 0.55f, e => LandPainter.Forest(e, 0.5f));
        }

        if (_brief.Subjects.Contains(Subject.Lighthouse))
        {
            Add("Lighthouse", 0.5f, easel => SubjectPainter.Paint(easel, Subject.Lighthouse, Focus * Width));
        }
    }

    private void Add(string name, float depth, Action<Easel> paint, float drift = 0)
    {
        var side = 1 + (2 * Easel.Margin);
        var info = new SKImageInfo((int)MathF.Ceiling(Width * side * Scale), (int)MathF.Ceiling(Height * side * Scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        using var surface = SKSurface.Create(info) ?? throw new InvalidOperationException($"no memory for a sheet of {info.Width} x {info.Height}");
        surface.Canvas.Scale(Scale);
        surface.Canvas.Translate(Easel.Margin * Width, Easel.Margin * Height);
        paint(EaselOn(surface.Canvas, name));
        var used = Used(surface);
        if (!used.IsEmpty)
        {
            var place = SKRect.Create((used.Left / Scale) - (Easel.Margin * Width), (used.Top / Scale) - (Easel.Margin * Height), used.Width / Scale, used.Height / Scale);
            _sheets.Add(new Sheet(surface.Snapshot(used), place, depth, drift));
        }
    }

    // Most sheets are mostly empty, and emptiness costs as much to move as paint does: it is cut off.
    private static SKRectI Used(SKSurface surface)
    {
        using var pixels = surface.PeekPixels();
        var colours = pixels.GetPixelSpan<uint>();
        var width = pixels.Width;
        var (left, top, right, bottom) = (width, -1, 0, 0);
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = colours.Slice(y * width, width);
            var first = row.IndexOfAnyExcept(0u);
            if (first >= 0)
            {
                (top, bottom) = (top < 0 ? y : top, y + 1);
                (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept(0u) + 1));
            }
        }

        return top < 0 ? SKRectI.Empty : new SKRectI(left, top, right, bottom);
    }
}
