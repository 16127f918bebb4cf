using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>A frame that is listed and there.</summary>
/// <param name="SceneId">Its scene.</param>
/// <param name="Json">Its entry in <c>Frames</c>.</param>
/// <param name="Path">Absolute.</param>
/// <param name="IsPicture">It is a picture; a video is hashed only.</param>
internal sealed record ListedFrame(string? SceneId, JsonView Json, string Path, bool IsPicture);

/// <summary>TC-6xx, the bytes of frames: size, checksum, decoding. On as many cores as there are, told in the order of the list.</summary>
internal static class FrameReading
{
    // Decoding one takes a few megabytes: no more at once than help.
    private const int MostAtOnce = 8;

    private sealed record Fault(Rule Rule, string Place, string Expected, string Found);

    public static void Judge(RunEvidence run, IReadOnlyList<ListedFrame> due)
    {
        var told = due.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Clamp(Environment.ProcessorCount, 1, MostAtOnce)).Select(f => (Frame: f, Fault: Read(f, run.Options.Decode)));
        foreach (var (frame, fault) in told.Where(t => t.Fault is not null))
        {
            if (fault!.Place.Length > 0)
            {
                run.InMetadata(fault.Rule, fault.Place, frame.SceneId, fault.Expected, fault.Found);
            }
            else
            {
                run.Findings.Add(fault.Rule, frame.Json.Text("File")!, "", frame.SceneId, fault.Expected, fault.Found);
            }
        }
    }

    // The first that is wrong: another size is another sum is another picture.
    private static Fault? Read(ListedFrame frame, bool decode)
    {
        try
        {
            var size = RunFile.Length(frame.Path);
            if (frame.Json.Integer("Bytes") is { } bytes && bytes != size)
            {
                return new Fault(FrameSize, "", $"{bytes} bytes", $"{size} bytes");
            }

            if (frame.Json.Text("Sha256") is { } right && RunFile.Hash(frame.Path) is var hash && hash != right)
            {
                return new Fault(FrameHash, "", right, hash);
            }

            return decode && frame.IsPicture ? Decode(frame, size) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Fault(Unreadable, "", "a readable file", e.GetType().Name);
        }
    }

    private static Fault? Decode(ListedFrame frame, long size)
    {
        if (size == 0)
        {
            return new Fault(FrameTorn, "", "a whole picture", "an empty file");
        }

        var picture = FramePicture.Read(frame.Path);
        return picture.Fault is { } fault ? new Fault(FrameTorn, "", "a whole picture", fault)
            : picture.Width > 0 && frame.Json.Integer("Width") is >= 0 and var width && frame.Json.Integer("Height") is >= 0 and var height && (width, height) != (picture.Width, picture.Height)
                ? new Fault(FrameDimensions, frame.Json.At("Width"), $"{picture.Width}×{picture.Height}", $"{width}×{height}")
                : null;
    }
}
