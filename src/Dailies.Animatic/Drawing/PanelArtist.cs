using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>Draws the panels of one shot: the sheets are painted once, each frame moves them under the camera.</summary>
/// <remarks>The picture depends on prompt, seed, size, camera, mood, palette and frame only; what else the notes say is on the slate.</remarks>
internal sealed class PanelArtist : IFrameArtist
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear);

    private readonly Shot _shot;
    private readonly Brief _brief;
    private readonly Stage _stage;
    private readonly PaperFinish _finish;
    private readonly SlateBand _slate;
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;

    public PanelArtist(Shot shot, ShotNotes notes)
    {
        _shot = shot;
        _brief = Brief.Read(shot, notes, new Dice(shot.Seed ^ Dice.Hash(shot.Prompt), "brief"));
        var height = shot.Height - SlateBand.Height(shot.Width, shot.Height);
        _stage = new Stage(shot, _brief, shot.Width, height);
        _finish = new PaperFinish(shot.Width, height);
        _slate = new SlateBand(shot, notes, _brief.Camera.Label);
        _bitmap = new SKBitmap(new SKImageInfo(shot.Width, shot.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_bitmap);
    }

    public byte[] Draw(int index)
    {
        var time = _shot.Frames == 1 ? 0.5f : index / (float)(_shot.Frames - 1);
        _canvas.Save();
        _canvas.ClipRect(new SKRect(0, 0, _stage.Width, _stage.Height));
        _canvas.Clear(_brief.Palette.SkyTop);
        var fog = _brief.Weather == Weather.Fog && _brief.Ground != Ground.Room;
        foreach (var sheet in _stage.Sheets)
        {
            // Fog lies behind what is near to us.
            if (fog && sheet.Depth > 0.55f)
            {
                Move(0.4f, 0, time, () => LiveEffects.Fog(_stage.EaselOn(_canvas, "fog"), time));
                fog = false;
            }

            Move(sheet.Depth, sheet.Drift, time, () => _canvas.DrawImage(sheet.Image, sheet.Place, Smooth));
        }

        Effects(time);
        _finish.Paint(_canvas, index);
        _canvas.Restore();
        _slate.Paint(_canvas, index);
        return PngEncoding.Encode(_bitmap);
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
        _slate.Dispose();
        _finish.Dispose();
        _stage.Dispose();
    }

    private void Effects(float time)
    {
        if (_brief.Subjects.Contains(Subject.Lighthouse) && _brief.Ground != Ground.Room)
        {
            Move(0.5f, 0, time, () => LiveEffects.Beam(_stage.EaselOn(_canvas, "beam"), _stage.Focus * _stage.Width, time));
        }

        if (_brief.Ground == Ground.Room)
        {
            return;
        }

        switch (_brief.Weather)
        {
            case Weather.Rain:
                LiveEffects.Rain(_stage.EaselOn(_canvas, "rain"), time);
                break;
            case Weather.Snow:
                LiveEffects.Snow(_stage.EaselOn(_canvas, "snow"), time);
                break;
            default:
                break;
        }
    }

    // Far sheets take little of the move, near ones all of it: that is the parallax.
    private void Move(float depth, float drift, float time, Action draw)
    {
        var pose = _brief.Camera.At(time);
        var (middleX, middleY) = (_stage.Width / 2, _stage.Horizon);
        var zoom = 1 + ((pose.Zoom - 1) * (0.35f + (0.65f * depth)));
        _canvas.Save();
        _canvas.Translate(middleX, middleY);
        _canvas.RotateDegrees(pose.Roll);
        _canvas.Scale(zoom);
        _canvas.Translate(
            (-pose.X * (0.2f + (0.8f * depth)) * _stage.Width) + (drift * (time - 0.5f) * _stage.Width) - middleX,
            (-pose.Y * (0.45f + (0.55f * depth)) * _stage.Height) - middleY);
        draw();
        _canvas.Restore();
    }
}
