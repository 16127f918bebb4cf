using System.Globalization;
using Dailies.Animatic.Execution;
using Dailies.Animatic.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using SkiaSharp;

namespace Dailies.Animatic.Routes;

/// <summary>GET and HEAD /view: one file, with ranges, ETag and Last-Modified.</summary>
internal sealed class ViewRoute(OutputFolder output, OutputFolder temp, ImageSaver saver, Action<ServerDeath> die)
{
    public void Map(IEndpointRouteBuilder routes) => routes.Get("/view", View);

    private IResult View(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["filename"].ToString() is not { Length: > 0 } name)
        {
            return Answers.Empty(404);
        }

        var type = query.TryGetValue(AnimaticWire.Type, out var asked) ? asked.ToString() : AnimaticWire.Output;
        if (name[0] is '/' or '\\' || name.Contains("..", StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
            || type is not (AnimaticWire.Output or AnimaticWire.Temp or AnimaticWire.Input))
        {
            return Answers.Empty(400);
        }

        if (type == AnimaticWire.Input)
        {
            return Answers.Empty(404); // nothing can be uploaded here
        }

        var file = (type == AnimaticWire.Temp ? temp : output).Find(query["subfolder"].ToString(), name, out var escapes);
        if (file is null || saver.IsLost(file.FullName))
        {
            return Answers.Empty(escapes ? 403 : 404);
        }

        context.Response.Headers.ContentDisposition = $"filename=\"{file.Name}\"";
        if (query["preview"].ToString() is { Length: > 0 } preview)
        {
            return Preview(file, preview);
        }

        var modified = new DateTimeOffset(file.LastWriteTimeUtc);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{modified.UtcTicks:x}-{file.Length:x}\"");
        var contentType = saver.IsMislabelled(file.FullName) ? "text/html" : ContentType(file.Name);
        return context.Request.Method == HttpMethods.Get && saver.IsFatal(file.FullName) ? new HalfFile(file, contentType, tag, () => die(new ServerDeath()))
            : context.Request.Method == HttpMethods.Get && saver.BreaksOff(file.FullName) ? new HalfFile(file, contentType, tag)
            : Results.File(file.FullName, contentType, fileDownloadName: null, modified, new EntityTagHeaderValue(tag), enableRangeProcessing: true);
    }

    // webp;80 or jpeg;80: the picture again, smaller on the wire.
    private static IResult Preview(FileInfo file, string wish)
    {
        using var picture = SKBitmap.Decode(file.FullName) ?? throw new InvalidDataException($"{file.Name} is no picture");
        var parts = wish.Split(';');
        var jpeg = parts[0] == "jpeg";
        var quality = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var q) ? Math.Clamp(q, 1, 100) : 90;
        using var data = picture.Encode(jpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Webp, quality);
        return Results.Bytes(data.ToArray(), jpeg ? "image/jpeg" : "image/webp");
    }

    private static string ContentType(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".WEBP" => "image/webp",
        ".TXT" => "text/plain",
        _ => "application/octet-stream", // never anything that a browser would run
    };

    /// <summary>The whole file is promised, and half of it comes.</summary>
    private sealed class HalfFile(FileInfo file, string contentType, string tag, Action? then = null) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = contentType;
            response.ContentLength = file.Length;
            response.Headers.ETag = tag;
            response.Headers.AcceptRanges = "bytes";
            await response.SendFileAsync(file.FullName, 0, file.Length / 2, httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
            then?.Invoke();
            await response.CompleteAsync(); // fewer bytes than promised: the connection is closed once they are sent
        }
    }
}
