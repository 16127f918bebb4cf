using System.Net;
using System.Net.Http.Headers;
using Dailies.Animatic;

namespace Dailies.Tests.Animatic;

/// <summary>GET /view as ComfyUI answers it: whole, in part, and broken off where a fault asks for that.</summary>
public class ViewTests
{
    private static readonly EntityTagHeaderValue Foreign = new("\"18eacbdf3508b833-3d6\"");

    [Theory]
    [InlineData(100, true, HttpStatusCode.PartialContent)]
    [InlineData(100, false, HttpStatusCode.OK)]
    [InlineData(1_000_000, true, HttpStatusCode.RequestedRangeNotSatisfiable)]
    public async Task A_rest_is_sent_where_the_file_is_still_the_same(int from, bool sameTag, HttpStatusCode status)
    {
        await using var rig = await AnimaticRig.StartAsync();
        var url = await RenderAsync(rig);
        using var whole = await AskAsync(rig, url);
        var bytes = await whole.Content.ReadAsByteArrayAsync(rig.Cancel);

        using var rest = await AskAsync(rig, url, from, sameTag ? whole.Headers.ETag! : Foreign);

        rest.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.PartialContent)
        {
            (rest.Content.Headers.ContentRange!.ToString(), rest.Headers.ETag).ShouldBe(($"bytes {from}-{bytes.Length - 1}/{bytes.Length}", whole.Headers.ETag));
        }

        var sent = await rest.Content.ReadAsByteArrayAsync(rig.Cancel);
        sent.ShouldBe(status switch
        {
            HttpStatusCode.OK => bytes,
            HttpStatusCode.PartialContent => bytes[from..],
            _ => [],
        });
    }

    [Fact]
    public async Task A_torn_transfer_breaks_off_half_way_once_for_each_file()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.TornTransfer));
        var url = await RenderAsync(rig);
        using var head = await rig.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), rig.Cancel);

        using var torn = await AskAsync(rig, url);
        var (promised, came) = (torn.Content.Headers.ContentLength!.Value, await CountAsync(rig, torn));
        (promised, came).ShouldBe((head.Content.Headers.ContentLength!.Value, promised / 2));
        torn.Headers.ETag.ShouldBe(head.Headers.ETag);

        using var rest = await AskAsync(rig, url, (int)came, torn.Headers.ETag!);
        (rest.StatusCode, (await rest.Content.ReadAsByteArrayAsync(rig.Cancel)).LongLength).ShouldBe((HttpStatusCode.PartialContent, promised - came));
    }

    private static async Task<string> RenderAsync(AnimaticRig rig)
    {
        var (_, _, entry) = await rig.RunAsync(Graphs.Shot());
        var file = entry["outputs"]!["9"]!["images"]![0]!;
        return $"/view?filename={file["filename"]}&subfolder={file["subfolder"]}&type=output";
    }

    private static Task<HttpResponseMessage> AskAsync(AnimaticRig rig, string url, int? from = null, EntityTagHeaderValue? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = from is null ? null : new RangeHeaderValue(from, null);
        request.Headers.IfRange = tag is null ? null : new RangeConditionHeaderValue(tag);
        return rig.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, rig.Cancel);
    }

    private static async Task<long> CountAsync(AnimaticRig rig, HttpResponseMessage reply)
    {
        var (count, buffer) = (0L, new byte[4096]);
        await using var body = await reply.Content.ReadAsStreamAsync(rig.Cancel);
        try
        {
            while (await body.ReadAsync(buffer, rig.Cancel) is > 0 and var read)
            {
                count += read;
            }

            throw new InvalidOperationException("the transfer came to its end");
        }
        catch (HttpIOException)
        {
            return count;
        }
    }
}
