using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace Dailies.Tests.Animatic;

/// <summary>The ways of ComfyUI's three example clients, in our own words.</summary>
public class ExampleClientTests
{
    [Fact]
    public async Task Post_and_forget()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var watcher = await rig.ConnectAsync("watcher");

        var (status, text) = await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = Graphs.Shot() }.ToJsonString());

        status.ShouldBe(200);
        var id = JsonNode.Parse(text)!["prompt_id"]!.GetValue<string>();
        await watcher.UntilAsync(f => RigSocket.TypeOf(f) == "status" && !f["data"]!.AsObject().ContainsKey("sid")
            && f["data"]!["status"]!["exec_info"]!["queue_remaining"]!.GetValue<int>() == 0);
        (await rig.GetAsync("/history/" + id))[id]!["status"]!["completed"]!.GetValue<bool>().ShouldBeTrue();
        rig.Server.Executions.ShouldBe(1);
    }

    [Fact]
    public async Task Wait_on_the_socket_then_fetch_the_history_and_the_images()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var socket = await rig.ConnectAsync("c1");
        var id = await rig.PostAsync(Graphs.Shot(frames: 3, width: 128, height: 96), "c1");

        await socket.UntilDoneAsync(id);

        var images = (await rig.GetAsync("/history/" + id))[id]!["outputs"]!["9"]!["images"]!.AsArray();
        images.Select(i => i!["filename"]!.GetValue<string>()).ShouldBe(["scene-001_00001_.png", "scene-001_00002_.png", "scene-001_00003_.png"]);
        foreach (var image in images)
        {
            image!["subfolder"]!.GetValue<string>().ShouldBe("shots");
            using var picture = SKBitmap.Decode(await rig.Http.GetByteArrayAsync(Url(image), rig.Cancel));
            (picture.Width, picture.Height).ShouldBe((128, 96));
        }
    }

    [Fact]
    public async Task Images_over_the_socket_are_refused_politely()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var graph = Graphs.Shot();
        graph["9"]!["class_type"] = "SaveImageWebsocket";

        var (status, text) = await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = graph }.ToJsonString());

        status.ShouldBe(400);
        JsonNode.Parse(text)!["error"]!["message"]!.GetValue<string>().ShouldBe("Cannot execute because node SaveImageWebsocket does not exist.");
    }

    [Fact]
    public async Task A_file_can_be_asked_for_in_part_again_and_by_its_head()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var (_, _, entry) = await rig.RunAsync(Graphs.Flat());
        var url = Url(entry["outputs"]!["2"]!["images"]![0]!);

        using var whole = await rig.Http.GetAsync(url, rig.Cancel);
        whole.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        whole.Content.Headers.LastModified.ShouldNotBeNull();

        using var part = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(0, 7) } };
        using var partial = await rig.Http.SendAsync(part, rig.Cancel);
        partial.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await partial.Content.ReadAsByteArrayAsync(rig.Cancel)).ShouldBe(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A });

        using var again = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var unchanged = await rig.Http.SendAsync(again, rig.Cancel);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        using var head = new HttpRequestMessage(HttpMethod.Head, url);
        using var headers = await rig.Http.SendAsync(head, rig.Cancel);
        headers.Content.Headers.ContentLength.ShouldBe(whole.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("webp;50", "image/webp", SKEncodedImageFormat.Webp)]
    [InlineData("jpeg", "image/jpeg", SKEncodedImageFormat.Jpeg)]
    public async Task A_preview_of_a_file_comes_in_another_format(string preview, string contentType, SKEncodedImageFormat format)
    {
        await using var rig = await AnimaticRig.StartAsync();
        await rig.RunAsync(Graphs.Flat());

        using var response = await rig.Http.GetAsync($"/view?filename=lab_00001_.png&preview={preview}", rig.Cancel);

        response.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        using var codec = SKCodec.Create(new MemoryStream(await response.Content.ReadAsByteArrayAsync(rig.Cancel)));
        codec.EncodedFormat.ShouldBe(format);
    }

    [Fact]
    public async Task Files_carry_the_graph_and_count_on_from_the_highest()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(rig.Output, "lab_00900_.txt"), "", rig.Cancel);

        var (_, _, entry) = await rig.RunAsync(Graphs.Flat(), Graphs.Scene("scene-007", 2));

        entry["outputs"]!["2"]!["images"]![0]!["filename"]!.GetValue<string>().ShouldBe("lab_00901_.png");
        var png = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(rig.Output, "lab_00901_.png"), rig.Cancel));
        png.ShouldContain("tEXtprompt\0{\"1\":{\"class_type\":\"EmptyImage\"");
        png.ShouldContain("tEXtdailies\0{\"scene\":\"scene-007\"");
    }

    [Fact]
    public async Task A_preview_is_a_temp_file_outside_the_output_folder()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var graph = Graphs.Parse("""
            {
              "1": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64, "batch_size": 1, "color": 255}},
              "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}
            }
            """);

        var (_, _, entry) = await rig.RunAsync(graph);

        var image = entry["outputs"]!["2"]!["images"]![0]!;
        image["type"]!.GetValue<string>().ShouldBe("temp");
        using var picture = SKBitmap.Decode(await rig.Http.GetByteArrayAsync(Url(image), rig.Cancel));
        picture.GetPixel(9, 9).ShouldBe(new SKColor(0, 0, 255));
        Directory.EnumerateFileSystemEntries(rig.Output).ShouldBeEmpty();
    }

    [Fact]
    public async Task Prompts_run_in_the_order_of_number_then_id()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(); // holds the first prompt at its first step
        await using var rig = await AnimaticRig.StartAsync(clock, TimeSpan.FromSeconds(1));
        await using var socket = await rig.ConnectAsync("c");
        var first = await rig.PostAsync(Graphs.Shot(steps: 1, frames: 1), "c");
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "executing" && f["data"]!["node"]!.GetValue<string>() == "3");
        foreach (var rest in new[] { "\"prompt_id\":\"b\",\"number\":5", "\"prompt_id\":\"a\",\"number\":5", "\"prompt_id\":\"z\"", "\"prompt_id\":\"y\",\"front\":true" })
        {
            (await rig.SendAsync(HttpMethod.Post, "/prompt", $"{{\"client_id\":\"c\",{rest},\"prompt\":{Graphs.Flat().ToJsonString()}}}")).Status.ShouldBe(200);
        }

        (await rig.SendAsync(HttpMethod.Post, "/prompt", $"{{\"client_id\":\"c\",\"prompt_id\":\"b\",\"number\":5,\"prompt\":{Graphs.Flat().ToJsonString()}}}"))
            .Status.ShouldBe(500, "the heap trips over equal number and id, and keeps the prompt all the same");
        await rig.SendAsync(HttpMethod.Post, "/interrupt");
        clock.Advance(TimeSpan.FromSeconds(1));
        var ids = new List<string>();
        while (ids.Count < 6)
        {
            var frames = await socket.UntilAsync(RigSocket.IsDone);
            ids.Add(frames[^1]["data"]!["prompt_id"]!.GetValue<string>());
        }

        ids.ShouldBe([first, "y", "z", "a", "b", "b"]);
    }

    [Fact]
    public async Task The_cache_can_be_dropped()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await rig.RunAsync(Graphs.Flat());
        (await rig.SendAsync(HttpMethod.Post, "/free", """{"free_memory":true}""")).Status.ShouldBe(200);

        var (_, _, entry) = await rig.RunAsync(Graphs.Flat());

        entry["outputs"]!["2"]!["images"]![0]!["filename"]!.GetValue<string>().ShouldBe("lab_00002_.png");
    }

    private static string Url(JsonNode image) => $"/view?filename={image["filename"]}&subfolder={image["subfolder"]}&type={image["type"]}";
}
