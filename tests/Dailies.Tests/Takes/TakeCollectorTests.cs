using System.Security.Cryptography;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Takes;
using Dailies.Tests.Comfy;

namespace Dailies.Tests.Takes;

/// <summary>Fetching a take: whole and hashed, or a reason and nothing that looks like a frame.</summary>
public sealed class TakeCollectorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.Path, "frames");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_take_is_published_in_order_and_hashed()
    {
        var files = Enumerable.Range(1, 9).ToDictionary(n => $"f_{n:00000}_.png", n => Pictures.Png(seed: n));
        await using var server = Serve(files);

        var take = await CollectAsync(server, FrameSource.Files, [.. files.Keys]);

        (take.Outcome, take.FrameCount, take.Problem).ShouldBe((CollectOutcome.Whole, 9, null));
        take.Files.ShouldBe(files.Select(f => new FrameRecord($"scene/{f.Key}", f.Value.Length, Convert.ToHexStringLower(SHA256.HashData(f.Value)), 64, 48)));
        Written().ShouldBe(files.Keys);
    }

    // 0×0: the contract has numbers here, and the validator knows what these say (TC-204).
    [Fact]
    public async Task A_video_that_can_t_be_decoded_here_is_zero_by_zero()
    {
        await using var server = Serve(new() { ["v.webm"] = [1, 2, 3] });

        var take = await CollectAsync(server, FrameSource.Video, "v.webm");

        (take.Outcome, take.Files.Single().Width, take.Files.Single().Height).ShouldBe((CollectOutcome.Whole, 0, 0));
    }

    [Fact]
    public async Task A_file_that_is_not_there_leaves_the_take_missing()
    {
        await using var server = Serve(new() { ["a.png"] = Pictures.Png() });

        var take = await CollectAsync(server, FrameSource.Files, "a.png", "b.png");

        (take.Outcome, take.Files.Count).ShouldBe((CollectOutcome.Missing, 0));
        take.Problem.ShouldNotBeNull().ShouldContain("b.png was announced");
    }

    [Theory]
    [InlineData("../escaped.png")]
    [InlineData("/tmp/escaped.png")]
    [InlineData("sub/escaped.png")]
    [InlineData("..\\escaped.png")]
    [InlineData("escaped.png\0")]
    public async Task An_unsafe_name_is_refused_and_nothing_is_asked_or_written(string name)
    {
        await using var server = Serve(new() { ["a.png"] = Pictures.Png() });

        var take = await CollectAsync(server, FrameSource.Files, "a.png", name);

        take.Outcome.ShouldBe(CollectOutcome.Bad);
        server.Asked.ShouldBeEmpty();
        Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task A_station_that_says_no_leaves_the_take_missing(int status)
    {
        await using var server = new WireServer(_ => WireServer.Reply(status, "no"));

        var take = await CollectAsync(server, FrameSource.Still, "a.png");

        take.Outcome.ShouldBe(CollectOutcome.Missing);
        take.Problem.ShouldNotBeNull().ShouldContain($"HTTP {status}");
    }

    [Fact]
    public async Task A_page_instead_of_a_picture_is_bad()
    {
        await using var server = new WireServer(_ => WireServer.Reply(200, "<html>please log in</html>"));

        var take = await CollectAsync(server, FrameSource.Still, "a.png");

        (take.Outcome, take.FrameCount).ShouldBe((CollectOutcome.Bad, 0));
    }

    [Fact]
    public async Task A_torn_frame_among_whole_ones_is_bad_and_counted_out()
    {
        await using var server = Serve(new() { ["a.png"] = Pictures.Png(), ["b.png"] = Pictures.Png()[..^12], ["c.png"] = Pictures.Png() });

        var take = await CollectAsync(server, FrameSource.Files, "a.png", "b.png", "c.png");

        (take.Outcome, take.FrameCount).ShouldBe((CollectOutcome.Bad, 2));
        take.Problem.ShouldNotBeNull().ShouldContain("b.png");
    }

    [Fact]
    public async Task Frames_of_different_sizes_are_no_take()
    {
        await using var server = Serve(new() { ["a.png"] = Pictures.Png(64, 48), ["b.png"] = Pictures.Png(48, 64) });

        var take = await CollectAsync(server, FrameSource.Files, "a.png", "b.png");

        take.Outcome.ShouldBe(CollectOutcome.Bad);
        take.Problem.ShouldNotBeNull().ShouldContain("48×64");
    }

    [Fact]
    public async Task One_name_in_two_folders_is_two_files()
    {
        await using var server = new WireServer(r => WireServer.Reply(200, Pictures.Png(seed: r.Line.Contains("subfolder=two", StringComparison.Ordinal) ? 2 : 1)));
        var files = new[] { File("a.png", "one"), File("a.png", "two"), File("A.png", "one") };

        var take = await Collector(server).CollectAsync(new TakeOutput(FrameSource.Files, files), Target, "scene", Cancel);

        (take.Outcome, take.FrameCount).ShouldBe((CollectOutcome.Whole, 3));
        take.Files.Select(f => f.File.ToUpperInvariant()).Distinct().Count().ShouldBe(3);
        take.Files.Select(f => f.Sha256).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("00002-a.png", "a.png", "a.png")]
    [InlineData("a.png", "a.png", "00001-a.png")]
    public async Task Bug_a_name_that_looks_like_our_own_for_a_double_is_no_clash(params string[] names)
    {
        await using var server = Serve(names.Distinct().ToDictionary(n => n, n => Pictures.Png(seed: n.Length)));

        var take = await CollectAsync(server, FrameSource.Files, names);

        (take.Outcome, take.Files.Select(f => f.File).Distinct().Count()).ShouldBe((CollectOutcome.Whole, 3));
    }

    [Fact]
    public async Task A_video_is_taken_unread_where_nothing_here_can_read_it()
    {
        await using var server = Serve(new() { ["v.mp4"] = [1, 2, 3] });

        var take = await CollectAsync(server, FrameSource.Video, "v.mp4");

        (take.Outcome, take.FrameCount).ShouldBe((CollectOutcome.Whole, 1));
        take.Problem.ShouldNotBeNull().ShouldContain("ffprobe is not installed");
    }

    [Fact]
    public async Task A_stop_is_a_stop()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new WireServer(_ =>
        {
            stop.Cancel();
            return WireServer.Reply(200, Pictures.Png());
        });

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Collector(server).CollectAsync(new TakeOutput(FrameSource.Files, [File("a.png"), File("b.png"), File("c.png")]), Target, "scene", stop.Token));
    }

    private static AnnouncedFile File(string name, string subfolder = "") => new("9", "images", name, subfolder, "output", false);

    private static WireServer Serve(Dictionary<string, byte[]> files) => new(request =>
    {
        var name = files.Keys.FirstOrDefault(f => request.Line.Contains($"filename={Uri.EscapeDataString(f)}&", StringComparison.Ordinal));
        return name is null ? WireServer.Reply(404, "") : WireServer.Reply(200, files[name]);
    });

    private static TakeCollector Collector(WireServer server)
    {
        var address = StationAddress.Parse(server.Url, new Dictionary<string, string>(), out _)!;
        return new TakeCollector(new ComfyClient(StationHttp.Create(address, TimeProvider.System), address, TimeProvider.System), new VideoProbe(new VideoTools(null, null)), TimeProvider.System);
    }

    private Task<Collected> CollectAsync(WireServer server, string source, params string[] names) =>
        Collector(server).CollectAsync(new TakeOutput(source, [.. names.Select(n => File(n))]), Target, "scene", Cancel);

    // Half-written files included: there must be none.
    private IEnumerable<string> Written() => Directory.GetFiles(Target).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
