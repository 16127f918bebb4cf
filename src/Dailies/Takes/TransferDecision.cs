using System.Net;
using System.Net.Http.Headers;
using Dailies.Comfy;

namespace Dailies.Takes;

/// <summary>What the head of an answer of /view says.</summary>
/// <param name="Status">HTTP.</param>
/// <param name="From">The first byte it brings, where it says so.</param>
/// <param name="Length">Bytes in this answer, where it says so.</param>
/// <param name="Tag">The file's tag, or null.</param>
internal sealed record TransferHead(HttpStatusCode Status, long? From, long? Length, EntityTagHeaderValue? Tag)
{
    public static TransferHead Of(HttpResponseMessage reply) =>
        new(reply.StatusCode, reply.Content.Headers.ContentRange?.From, reply.Content.Headers.ContentLength, reply.Headers.ETag);
}

/// <summary>What to do with an answer.</summary>
internal enum TransferStep
{
    /// <summary>It is the whole file: what we have of it counts no more.</summary>
    Begin,

    /// <summary>It is the rest that we asked for.</summary>
    GoOn,

    /// <summary>It is of no use: ask for the whole file.</summary>
    AskWhole,
}

/// <summary>Decides how a transfer that broke goes on. Pure.</summary>
internal static class TransferDecision
{
    /// <summary>Tries in a row that bring next to nothing.</summary>
    public const int MostFruitless = 3;

    /// <summary>A try that brings as much as this beyond all before it is none of those: a large file over a bad line gets there.</summary>
    public const long Fruitful = 1024 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    /// <summary>How an answer is to be taken. ComfyUI's server looks at If-Range only where it is a date, and so sends a rest of whatever file is there now:
    /// a rest is ours only where its tag is.</summary>
    public static TransferStep Next(FileRest? asked, TransferHead head) => head.Status switch
    {
        HttpStatusCode.PartialContent => asked is not null && head.From == asked.From && asked.Tag.Equals(head.Tag) ? TransferStep.GoOn : TransferStep.AskWhole,
        HttpStatusCode.RequestedRangeNotSatisfiable => TransferStep.AskWhole,
        _ => TransferStep.Begin,
    };

    /// <summary>What can be asked for after <paramref name="bytes"/> have come: a rest needs a tag that vouches for every byte.</summary>
    public static FileRest? Rest(long bytes, EntityTagHeaderValue? tag) => bytes > 0 && tag is { IsWeak: false } ? new FileRest(bytes, tag) : null;

    /// <summary>The pause before the next try, after so many fruitless ones in a row; null for no other try.</summary>
    public static TimeSpan? Pause(int fruitless) => fruitless >= MostFruitless ? null : FirstPause * Math.Max(1, fruitless);
}
