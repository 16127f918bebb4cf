using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Dailies.Dashboard.Tests.Api;

/// <summary>Files of a run, and nothing else of the machine.</summary>
public sealed class RunFilesTests(RunFilesTests.Shared shared) : IClassFixture<RunFilesTests.Shared>
{
    private const string Run = "20261123-221507";
    private const string Secret = "a-secret-of-this-machine";

    [Theory]
    [InlineData("/runs/{0}/files/../../../secret.txt")]
    [InlineData("/runs/{0}/files/%2e%2e/%2e%2e/%2e%2e/secret.txt")]
    [InlineData("/runs/{0}/files/..%2f..%2f..%2fsecret.txt")]
    [InlineData("/runs/{0}/files/%2e%2e%2f%2e%2e%2fsecret.txt")]
    [InlineData("/runs/{0}/files/%252e%252e%252f%252e%252e%252fsecret.txt")]
    [InlineData("/runs/{0}/files/%25252e%25252e%25252fsecret.txt")]
    [InlineData("/runs/{0}/files/..%252f..%252fsecret.txt")]
    [InlineData("/runs/{0}/files/..%c0%af..%c0%afsecret.txt")]
    [InlineData("/runs/{0}/files/%c0%ae%c0%ae/secret.txt")]
    [InlineData("/runs/{0}/files/%e0%80%ae%e0%80%ae/secret.txt")]
    [InlineData("/runs/{0}/files/..%5c..%5csecret.txt")]
    [InlineData("/runs/{0}/files/..\\..\\secret.txt")]
    [InlineData("/runs/{0}/files/..%255c..%255csecret.txt")]
    [InlineData("/runs/{0}/files/....//....//secret.txt")]
    [InlineData("/runs/{0}/files/..;/..;/secret.txt")]
    [InlineData("/runs/{0}/files/.%2e/.%2e/secret.txt")]
    [InlineData("/runs/{0}/files/%00/../../secret.txt")]
    [InlineData("/runs/{0}/files/run-summary.txt%00.png")]
    [InlineData("/runs/{0}/files/run-summary.txt%0a")]
    [InlineData("/runs/{0}/files//etc/passwd")]
    [InlineData("/runs/{0}/files///etc/passwd")]
    [InlineData("/runs/{0}/files/%2fetc%2fpasswd")]
    [InlineData("/runs/{0}/files/C:/Windows/win.ini")]
    [InlineData("/runs/{0}/files/C:%5cWindows%5cwin.ini")]
    [InlineData("/runs/{0}/files/\\\\server\\share")]
    [InlineData("/runs/{0}/files/file:///etc/passwd")]
    [InlineData("/runs/{0}/files/~/secret.txt")]
    [InlineData("/runs/{0}/files/link-out")]
    [InlineData("/runs/{0}/files/folder-out/secret.txt")]
    [InlineData("/runs/{0}/files/loop")]
    [InlineData("/runs/{0}/files/")]
    [InlineData("/runs/{0}/files")]
    [InlineData("/runs/{0}/files/.")]
    [InlineData("/runs/{0}/files/scene-001")]
    [InlineData("/runs/{0}/files/scene-001/")]
    [InlineData("/runs/../files/secret.txt")]
    [InlineData("/runs/%2e%2e/files/secret.txt")]
    [InlineData("/runs/..%2f/files/secret.txt")]
    [InlineData("/runs/./files/secret.txt")]
    [InlineData("/runs/%2f/files/etc/passwd")]
    [InlineData("/runs/not-a-run/files/secret.txt")]
    [InlineData("/runs/20261123-999999/files/secret.txt")]
    [InlineData("/runs/20260101-000000/files/secret.txt")] // a link out of the folder of runs
    [InlineData("/runs/{0}%00/files/run-summary.txt")]
    [InlineData("/runs/{0}%20/files/run-summary.txt")]
    [InlineData("/runs/{0}./files/run-summary.txt")]
    [InlineData("/runs/%2e%2e/archive")]
    [InlineData("/runs/20261123-999999/archive")]
    [InlineData("/api/runs/%2e%2e")]
    [InlineData("/api/runs/..%2f..")]
    [InlineData("/api/runs/20260101-000000")]
    [InlineData("/api/runs/20260101-000000/events?follow=false")]
    [InlineData("/api/runs/not-a-run/scenes/scene-001")]
    [InlineData("/api/runs/{0}/scenes/..%2f..%2fsecret.txt")]
    [InlineData("/artifacts/../secret.txt")]
    [InlineData("/secret.txt")]
    [InlineData("/logs/{0}/run-summary.txt")]
    [InlineData("/appsettings.json")]
    [InlineData("/Dailies.Cli.dll")]
    public async Task No_address_leads_out_of_the_run(string path)
    {
        var dashboard = shared.Dashboard;
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var answer = await dashboard.RawAsync(path.Replace("{0}", Run, StringComparison.Ordinal), method);
            answer.ShouldMatch("^HTTP/1.1 4(00|04) ");
            answer.ShouldNotContain(Secret);
            answer.ShouldNotContain("root:");
            answer.ShouldNotContain(dashboard.Runs.Root);
        }
    }

    [Theory]
    [InlineData("run-summary.txt", "text/plain", "inline")]
    [InlineData("artifact-metadata.json", "application/json", "inline")]
    [InlineData("ledger.db", "application/octet-stream", "attachment")]
    [InlineData("files/frame.PNG", "image/png", "inline")]
    [InlineData("files/clip.mp4", "video/mp4", "inline")]
    [InlineData("files/page.html", "application/octet-stream", "attachment")]
    [InlineData("files/page.xhtml", "application/octet-stream", "attachment")]
    [InlineData("files/drawing.svg", "application/octet-stream", "attachment")]
    [InlineData("files/feed.xml", "application/octet-stream", "attachment")]
    [InlineData("files/script.js", "application/octet-stream", "attachment")]
    [InlineData("files/page.png.html", "application/octet-stream", "attachment")]
    [InlineData("files/no-ending", "application/octet-stream", "attachment")]
    [InlineData("files/paper.pdf", "application/octet-stream", "attachment")]
    [InlineData("files/a%20b.txt", "text/plain", "inline")]
    [InlineData("link-in", "application/octet-stream", "attachment")]
    public async Task A_file_is_shown_only_where_it_can_run_nothing(string file, string type, string disposition)
    {
        var dashboard = shared.Dashboard;
        using var answer = await dashboard.GetAsync($"/runs/{Run}/files/{file}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe(disposition);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("sandbox");
    }

    [Fact]
    public async Task A_video_can_be_wound()
    {
        await using var dashboard = await StartAsync();
        var url = $"/runs/{Run}/files/files/clip.mp4";
        using var part = await dashboard.GetAsync(url, ("Range", "bytes=2-4"));
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 2-4/10");
        (await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("234");
        using var end = await dashboard.GetAsync(url, ("Range", "bytes=-3"));
        (await end.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("789");
        using var beyond = await dashboard.GetAsync(url, ("Range", "bytes=10-"));
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        using var changed = await dashboard.GetAsync(url, ("Range", "bytes=2-4"), ("If-Range", "\"another\""));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var head = await dashboard.SendAsync(HttpMethod.Head, url, null);
        head.Content.Headers.ContentLength.ShouldBe(10);
        head.Headers.AcceptRanges.ShouldBe(["bytes"]);
        using var known = await dashboard.GetAsync(url, ("If-None-Match", head.Headers.ETag!.ToString()));
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        File.AppendAllText(FileOf(dashboard, "files/clip.mp4"), "more");
        using var again = await dashboard.GetAsync(url, ("If-None-Match", head.Headers.ETag.ToString()));
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("0123456789more");
    }

    [Fact]
    public async Task An_empty_file_and_a_pipe_are_empty_answers()
    {
        await using var dashboard = await StartAsync();
        File.WriteAllText(FileOf(dashboard, "files/empty.log"), "");
        (await dashboard.Http.GetByteArrayAsync(new Uri($"/runs/{Run}/files/files/empty.log", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", FileOf(dashboard, "files/pipe.log"));
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
            (await dashboard.Http.GetByteArrayAsync(new Uri($"/runs/{Run}/files/files/pipe.log", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_archive_is_the_one_of_the_archive_folder_whatever_the_metadata_says()
    {
        await using var dashboard = await StartAsync();
        var url = $"/runs/{Run}/archive";
        using var none = await dashboard.GetAsync(url);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var metadata = FileOf(dashboard, "artifact-metadata.json");
        File.WriteAllText(metadata, File.ReadAllText(metadata).Replace($"artifacts/comfyui-e2e-{Run}.zip", "../secret.txt", StringComparison.Ordinal));
        var archive = Directory.CreateDirectory(Path.Combine(dashboard.Runs.Root, "artifacts"));
        File.WriteAllText(Path.Combine(archive.FullName, $"comfyui-e2e-{Run}.zip"), "PK");
        using var found = await dashboard.GetAsync(url);
        (await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("PK");
        found.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("application/zip"));
        found.Content.Headers.ContentDisposition!.FileName.ShouldBe($"comfyui-e2e-{Run}.zip");
    }

    [Fact]
    public async Task A_log_that_grows_while_it_is_sent_is_as_long_as_was_announced()
    {
        using var file = new Dailies.Tests.TempFolder();
        var path = file.Write("run.log", "0123456789");
        await using var stream = new Dailies.Dashboard.Api.FixedLengthStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), 10);
        File.AppendAllText(path, "and more");
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(read.ToArray()).ShouldBe("0123456789");
        stream.Seek(-2, SeekOrigin.End).ShouldBe(8);
        stream.Read(new byte[5]).ShouldBe(2);
    }

    private static async Task<Dashboard> StartAsync()
    {
        var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.AddFinished(Run, 0);
        foreach (var name in new[] { "frame.PNG", "page.html", "page.xhtml", "drawing.svg", "feed.xml", "script.js", "page.png.html", "no-ending", "paper.pdf", "clip.mp4", "a b.txt" })
        {
            Directory.CreateDirectory(FileOf(dashboard, "files"));
            File.WriteAllText(FileOf(dashboard, $"files/{name}"), "0123456789");
        }

        Directory.CreateDirectory(FileOf(dashboard, "scene-001"));
        foreach (var folder in new[] { dashboard.Runs.Root, dashboard.Runs.Logs, Path.Combine(dashboard.Runs.Root, "elsewhere") })
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "secret.txt"), Secret);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(FileOf(dashboard, "link-in"), "files/script.js");
            File.CreateSymbolicLink(FileOf(dashboard, "link-out"), "../../secret.txt");
            File.CreateSymbolicLink(FileOf(dashboard, "folder-out"), dashboard.Runs.Root);
            File.CreateSymbolicLink(FileOf(dashboard, "loop"), "loop");
            File.CreateSymbolicLink(Path.Combine(dashboard.Runs.Logs, "20260101-000000"), Path.Combine(dashboard.Runs.Root, "elsewhere"));
        }

        return dashboard;
    }

    private static string FileOf(Dashboard dashboard, string name) => Path.Combine(dashboard.Runs.Logs, Run, name);

    /// <summary>One for all tests that only read.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal Dashboard Dashboard { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Dashboard = await StartAsync();

        public ValueTask DisposeAsync() => Dashboard.DisposeAsync();
    }
}
