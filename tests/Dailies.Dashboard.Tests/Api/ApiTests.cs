using System.Net;
using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Dashboard.Tests.Api;

/// <summary>The JSON API: what it answers, and what it says where it can't.</summary>
public class ApiTests
{
    private const string Old = "20261122-221507", New = "20261123-221507";

    [Fact]
    public async Task Runs_are_listed_as_the_program_lists_them()
    {
        await using var dashboard = await StartAsync();
        using var json = await JsonAsync(dashboard, "/api/runs?size=1&page=2");
        json.RootElement.GetProperty("total").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("pages").GetInt32().ShouldBe(2);
        var line = json.RootElement.GetProperty("runs").EnumerateArray().Single();
        line.GetRawText().ShouldBe(JsonSerializer.Serialize(RunLine.Of(RunEntry.Read(Path.Combine(dashboard.Runs.Logs, Old))), ContractJson.CamelLine));
    }

    [Fact]
    public async Task A_run_is_what_its_ledger_tells_now_and_not_what_its_file_told_then()
    {
        await using var dashboard = await StartAsync();
        var run = new RunFolder(Path.Combine(dashboard.Runs.Logs, New));
        var told = MetadataProjection.Project(LatestState.Read(run.Root)).Write();
        File.WriteAllText(run.At(RunFolder.Metadata), "{\"State\":\"damaged");
        (await BytesAsync(dashboard, $"/api/runs/{New}")).ShouldBe(told);
        (await BytesAsync(dashboard, "/api/runs/latest")).ShouldBe(told);
        (await BytesAsync(dashboard, "/api/latest")).ShouldBe(told);
        (await BytesAsync(dashboard, "/artifact-metadata.json")).ShouldBe(told);

        using (var ledger = RunLedger.Open(run.At(RunFolder.Ledger)))
        {
            ledger.Append(new RunNoted(SampleRun.At(50), "one thing more"));
            ledger.Append(new RunEnded(SampleRun.At(60), RunStates.Failed, "for the test"));
        }

        (await BytesAsync(dashboard, $"/api/runs/{New}")).ShouldNotBe(told);
    }

    [Fact]
    public async Task A_run_without_a_ledger_is_its_file_byte_for_byte()
    {
        await using var dashboard = await StartAsync();
        var run = new RunFolder(Path.Combine(dashboard.Runs.Logs, Old));
        File.Delete(run.At(RunFolder.Ledger));
        var bytes = "{ \"Scenes\": [ { \"SceneId\": \"scene-9\", \"Note\": \"</script>\" } ] , \"ContractVersion\" : 1 }\r\n"u8.ToArray();
        File.WriteAllBytes(run.At(RunFolder.Metadata), bytes);
        (await BytesAsync(dashboard, $"/api/runs/{Old}")).ShouldBe(bytes);
        using var scene = await JsonAsync(dashboard, $"/api/runs/{Old}/scenes/scene-9");
        scene.RootElement.GetProperty("Note").GetString().ShouldBe("</script>");
        await RefusesAsync(dashboard, $"/api/runs/{Old}/events", HttpStatusCode.NotFound, "no ledger");

        foreach (var broken in new[] { "{", "[]", "null", "{\"Scenes\":5}", "{\"Scenes\":[null,5,{\"SceneId\":7}]}" })
        {
            File.WriteAllText(run.At(RunFolder.Metadata), broken);
            using var answer = await dashboard.GetAsync($"/api/runs/{Old}/scenes/scene-9");
            answer.StatusCode.ShouldBe(broken == "{" ? HttpStatusCode.InternalServerError : HttpStatusCode.NotFound, broken);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        File.WriteAllText(run.At(RunFolder.Ledger), "this is no ledger");
        (await BytesAsync(dashboard, $"/api/runs/{Old}")).ShouldBe(File.ReadAllBytes(run.At(RunFolder.Metadata)));
        File.Delete(run.At(RunFolder.Metadata));
        await RefusesAsync(dashboard, $"/api/runs/{Old}", HttpStatusCode.NotFound, "no metadata");
    }

    [Fact]
    public async Task A_scene_is_the_same_as_in_the_run()
    {
        await using var dashboard = await StartAsync();
        using var run = await JsonAsync(dashboard, $"/api/runs/{New}");
        using var scene = await JsonAsync(dashboard, $"/api/runs/{New}/scenes/scene-002");
        JsonElement.DeepEquals(scene.RootElement, run.RootElement.GetProperty("Scenes")[1]).ShouldBeTrue();
        await RefusesAsync(dashboard, $"/api/runs/{New}/scenes/scene-999", HttpStatusCode.NotFound, "no such scene");
    }

    [Fact]
    public async Task What_was_published_is_answered_where_pages_fetch_it()
    {
        await using var dashboard = await StartAsync();
        var published = Path.Combine(dashboard.Runs.Public, RunFolder.LatestRun);
        (await BytesAsync(dashboard, "/artifacts/latest-run.json")).ShouldBe(File.ReadAllBytes(published));
        File.Delete(published);
        (await BytesAsync(dashboard, "/artifacts/latest-run.json")).ShouldBe(await BytesAsync(dashboard, "/api/latest"));
    }

    [Fact]
    public async Task Without_a_run_there_is_an_empty_page_and_no_latest()
    {
        await using var dashboard = await Dashboard.StartAsync();
        (await dashboard.Http.GetStringAsync(new Uri("/api/runs", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("""{"total":0,"page":1,"size":50,"pages":0,"runs":[]}""");
        foreach (var path in new[] { "/api/latest", "/artifact-metadata.json", "/artifacts/latest-run.json", "/api/runs/latest", "/api/runs/latest/events" })
        {
            await RefusesAsync(dashboard, path, HttpStatusCode.NotFound, "no such run");
        }
    }

    [Theory]
    [InlineData("/api/runs")]
    [InlineData("/api/latest")]
    [InlineData("/api/runs/latest/scenes/scene-001")]
    [InlineData("/artifact-metadata.json")]
    public async Task Whoever_has_it_already_gets_304(string path)
    {
        await using var dashboard = await StartAsync();
        using var first = await dashboard.GetAsync(path);
        var tag = first.Headers.ETag.ShouldNotBeNull();
        first.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
        foreach (var known in new[] { tag.ToString(), $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            using var again = await dashboard.GetAsync(path, ("If-None-Match", known));
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, known);
            (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
            again.Headers.ETag.ShouldBe(tag);
        }

        using var changed = await dashboard.GetAsync(path, ("If-None-Match", "\"other\""));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var head = await dashboard.SendAsync(HttpMethod.Head, path, null);
        head.Headers.ETag.ShouldBe(tag);
        head.Content.Headers.ContentLength.ShouldBe(first.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task What_is_wrong_is_a_problem_with_words()
    {
        await using var dashboard = await StartAsync();
        await RefusesAsync(dashboard, "/api/runs?sort=color", HttpStatusCode.BadRequest, "sort is unknown; allowed:");
        await RefusesAsync(dashboard, "/api/runs/20200101-000000", HttpStatusCode.NotFound, "no such run");
        await RefusesAsync(dashboard, "/api/what", HttpStatusCode.NotFound, "/api/openapi.json");
        await RefusesAsync(dashboard, $"/api/runs/{New}/events?follow=perhaps", HttpStatusCode.BadRequest, "");
        await RefusesAsync(dashboard, $"/api/runs/{New}/events?after=-1", HttpStatusCode.BadRequest, "Last-Event-ID");
        using var post = await dashboard.SendAsync(HttpMethod.Post, "/api/runs", new StringContent("{}"));
        post.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        post.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Health_is_told_to_monitors_and_the_version_to_whoever_is_let_in()
    {
        await using var open = await Dashboard.StartAsync();
        (await HealthAsync(open)).ShouldBe((200, "ok", "1.2.3", "missing"));
        open.Runs.AddFinished(New, 0);
        (await HealthAsync(open)).ShouldBe((200, "ok", "1.2.3", "readable"));
        Directory.Delete(open.Runs.Logs, recursive: true);
        File.WriteAllText(open.Runs.Logs, "a file where the folder should be");
        (await HealthAsync(open)).ShouldBe((503, "failing", "1.2.3", "unreadable"));

        await using var closed = await Dashboard.StartAsync("the-token-of-this-test");
        (await HealthAsync(closed)).ShouldBe((200, "ok", null, null));
    }

    [Fact]
    public async Task The_description_names_every_address()
    {
        await using var dashboard = await Dashboard.StartAsync();
        using var json = await JsonAsync(dashboard, "/api/openapi.json");
        json.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldBe(
        [
            "/api/latest", "/api/runs", "/api/runs/{id}", "/api/runs/{id}/events", "/api/runs/{id}/scenes/{sceneId}", "/artifact-metadata.json", "/artifacts/latest-run.json", "/healthz",
            "/runs/{id}/archive", "/runs/{id}/files/{path}",
        ], ignoreOrder: true);
        foreach (var path in json.RootElement.GetProperty("paths").EnumerateObject())
        {
            path.Value.GetProperty("get").GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(path.Name);
        }
    }

    private static async Task<Dashboard> StartAsync()
    {
        var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.AddFinished(Old, 1);
        dashboard.Runs.AddFinished(New, 0);
        return dashboard;
    }

    private static async Task<byte[]> BytesAsync(Dashboard dashboard, string path) => await dashboard.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static async Task<JsonDocument> JsonAsync(Dashboard dashboard, string path) => JsonDocument.Parse(await BytesAsync(dashboard, path));

    private static async Task<(int Status, string? Word, string? Version, string? Runs)> HealthAsync(Dashboard dashboard)
    {
        using var answer = await dashboard.GetAsync("/healthz");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)answer.StatusCode, Text("status"), Text("version"), Text("runs"));

        string? Text(string name) => json.RootElement.GetProperty(name).GetString();
    }

    private static async Task RefusesAsync(Dashboard dashboard, string path, HttpStatusCode status, string words)
    {
        using var answer = await dashboard.GetAsync(path);
        answer.StatusCode.ShouldBe(status, path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("status").GetInt32().ShouldBe((int)status);
        json.RootElement.GetProperty("detail").GetString()!.ShouldContain(words);
    }
}
