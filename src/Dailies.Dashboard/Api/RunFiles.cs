using System.Globalization;
using Dailies.Contract;
using Dailies.Dashboard.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dailies.Dashboard.Api;

/// <summary>Files of runs, and their archives: ranges, ETags, HEAD. No folder is ever listed.</summary>
internal sealed class RunFiles(RunLookup runs, string archiveDir)
{
    /// <summary><c>/runs/{id}/files/{path}</c>.</summary>
    public IResult File(HttpContext context, string id, string path) => runs.FileOf(id, path) is { } real ? Send(context, real) : ApiProblem.NoFile;

    /// <summary><c>/runs/{id}/archive</c>. Where the metadata says that it lies is not asked: that could be anywhere.</summary>
    public IResult Archive(HttpContext context, string id) =>
        runs.Find(id) is not { } run ? ApiProblem.NoRun
        : RealPath.Below(archiveDir, [RunFolder.Archive(run.RunId)]) is { } real && System.IO.File.Exists(real) ? Send(context, real)
        : ApiProblem.Of(StatusCodes.Status404NotFound, "the run has no archive");

    private static IResult Send(HttpContext context, string path)
    {
        SecurityHeaders.MarkAsFile(context);
        var kind = FileKind.Of(path);
        var info = new FileInfo(path);
        var (length, at) = (info.Length, new DateTimeOffset(info.LastWriteTimeUtc));
        var disposition = new ContentDispositionHeaderValue(kind.Inline ? "inline" : "attachment");
        disposition.SetHttpFileName(info.Name);
        context.Response.GetTypedHeaders().ContentDisposition = disposition;
        context.Response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{length:x}-{at.UtcTicks:x}\""));
        return TypedResults.Stream(Open(path, length), kind.ContentType, lastModified: at, entityTag: tag, enableRangeProcessing: true);
    }

    // A pipe or a device has no length, and opening it would wait for its other end.
    private static Stream Open(string path, long length) => length == 0
        ? new MemoryStream([], writable: false)
        : new FixedLengthStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous), length);
}
