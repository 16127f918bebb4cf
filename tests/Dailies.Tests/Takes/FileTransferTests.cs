using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Takes;
using Dailies.Tests.Animatic;
using Dailies.Tests.Comfy;

namespace Dailies.Tests.Takes;

/// <summary>A transfer that breaks goes on where it broke, where the station can; what is published is always the whole file of one tag.</summary>
public sealed class FileTransferTests : IDisposable
{
    private const string Tag = "\"18eacbdf3508b833-3d6\"";
    private static readonly byte[] Picture = Pictures.Png();

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.Path, "frames");

    public void Dispose() => _folder.Dispose();

    /// <summary>What was asked (a rest of <c>a</c> from byte 100, or the whole), what came, and the step.</summary>
    public static TheoryData<string, bool, HttpStatusCode, int?, string?, string> Steps => new()
    {
        { "the whole, as asked", false, HttpStatusCode.OK, null, "\"a\"", nameof(TransferStep.Begin) },
        { "the rest, as asked", true, HttpStatusCode.PartialContent, 100, "\"a\"", nameof(TransferStep.GoOn) },
        { "the whole in place of the rest", true, HttpStatusCode.OK, null, "\"a\"", nameof(TransferStep.Begin) },
        { "another file's whole", true, HttpStatusCode.OK, null, "\"b\"", nameof(TransferStep.Begin) },
        { "another file's rest", true, HttpStatusCode.PartialContent, 100, "\"b\"", nameof(TransferStep.AskWhole) },
        { "a rest of nobody knows what", true, HttpStatusCode.PartialContent, 100, null, nameof(TransferStep.AskWhole) },
        { "a rest from elsewhere", true, HttpStatusCode.PartialContent, 0, "\"a\"", nameof(TransferStep.AskWhole) },
        { "a rest that does not say from where", true, HttpStatusCode.PartialContent, null, "\"a\"", nameof(TransferStep.AskWhole) },
        { "a rest that nobody asked for", false, HttpStatusCode.PartialContent, 100, "\"a\"", nameof(TransferStep.AskWhole) },
        { "no such rest", true, HttpStatusCode.RequestedRangeNotSatisfiable, null, null, nameof(TransferStep.AskWhole) },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_answer_is_taken_for_what_it_is(string why, bool rest, HttpStatusCode status, int? from, string? tag, string step) => TransferDecision.Next(
        rest ? new FileRest(100, new EntityTagHeaderValue("\"a\"")) : null,
        new TransferHead(status, from, 10, tag is null ? null : new EntityTagHeaderValue(tag))).ToString().ShouldBe(step, why);

    [Theory]
    [InlineData(100, "\"a\"", true)]
    [InlineData(0, "\"a\"", false)]
    [InlineData(100, "W/\"a\"", false)]
    [InlineData(100, null, false)]
    public void A_rest_needs_a_strong_tag(int bytes, string? tag, bool canAsk) =>
        (TransferDecision.Rest(bytes, tag is null ? null : EntityTagHeaderValue.Parse(tag)) is not null).ShouldBe(canAsk);

    [Fact]
    public void Tries_are_bounded_and_their_pauses_grow() => Enumerable.Range(0, 4).Select(TransferDecision.Pause)
        .ShouldBe([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), null]);

    [Fact]
    public async Task A_transfer_that_broke_goes_on_where_it_broke()
    {
        await using var server = new WireServer(request => Rest(request) is { } from
            ? Part(from, Tag)
            : WireServer.Reply(200, Picture[..100], $"ETag: {Tag}\r\n", Picture.Length));

        Whole(await CollectAsync(server));

        server.Asked.Select(r => r.Headers.GetValueOrDefault("Range")).ShouldBe([null, "bytes=100-"]);
        server.Asked[1].Headers["If-Range"].ShouldBe(Tag);
    }

    [Fact]
    public async Task A_transfer_that_breaks_again_goes_on_again()
    {
        await using var server = new WireServer(request => Rest(request) switch
        {
            null => WireServer.Reply(200, Picture[..100], $"ETag: {Tag}\r\n", Picture.Length),
            100 => WireServer.Reply(206, Picture[100..300], $"ETag: {Tag}\r\nContent-Range: bytes 100-{Picture.Length - 1}/{Picture.Length}\r\n", Picture.Length - 100),
            { } from => Part(from, Tag),
        });

        Whole(await CollectAsync(server));

        server.Asked.Select(r => r.Headers.GetValueOrDefault("Range")).ShouldBe([null, "bytes=100-", "bytes=300-"]);
    }

    // The second answer to a wish for a rest is the whole file: what is on disk must be that file and nothing before it.
    [Theory]
    [InlineData("a server that knows no ranges")]
    [InlineData("another file under another tag")]
    [InlineData("a rest of another file, as ComfyUI's server sends it")]
    [InlineData("no such rest")]
    [InlineData("no tag at all")]
    public async Task What_can_t_go_on_starts_over(string why)
    {
        var before = Pictures.Png(seed: 2);
        var calls = 0;
        var tag = why == "no tag at all" ? "" : $"ETag: {Tag}\r\n";
        await using var server = new WireServer(request => (++calls, why) switch
        {
            (1, _) => WireServer.Reply(200, before[..200], tag, before.Length),
            (2, "another file under another tag") => WireServer.Reply(200, Picture, "ETag: \"other\"\r\n"),
            (2, "a rest of another file, as ComfyUI's server sends it") => Part(200, "\"other\""),
            (2, "no such rest") => WireServer.Reply(416, ""),
            _ => WireServer.Reply(200, Picture, tag),
        });

        Whole(await CollectAsync(server));

        server.Asked.Skip(1).Take(1).ShouldAllBe(r => r.Headers.ContainsKey("Range") == (why != "no tag at all"));
        server.Asked.Skip(2).ShouldAllBe(r => !r.Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task A_transfer_that_breaks_again_and_again_is_no_frame_and_whole_the_next_time()
    {
        var calls = 0;
        await using var server = new WireServer(_ => ++calls <= TransferDecision.MostFruitless
            ? WireServer.Reply(200, Picture[..100], length: Picture.Length)
            : WireServer.Reply(200, Picture));
        var collector = Collector(server);

        var broken = await CollectAsync(collector);
        (broken.Outcome, broken.Files.Count, broken.Silent).ShouldBe((CollectOutcome.Missing, 0, false));
        broken.Problem.ShouldBe($"a.png: the transfer broke at 100 of {Picture.Length} bytes");
        calls.ShouldBe(TransferDecision.MostFruitless);
        Directory.GetFiles(Target).ShouldBeEmpty();

        Whole(await CollectAsync(collector));
    }

    // Five tries, more than are allowed in a row without anything new.
    [Fact]
    public async Task A_large_file_over_a_bad_line_gets_there()
    {
        var step = (int)TransferDecision.Fruitful;
        var large = Enumerable.Range(0, 5).SelectMany(i => RandomNumberGenerator.GetBytes(step)).ToArray();
        await using var server = new WireServer(request =>
        {
            var from = Rest(request) ?? 0;
            var head = from == 0 ? $"ETag: {Tag}\r\n" : $"ETag: {Tag}\r\nContent-Range: bytes {from}-{large.Length - 1}/{large.Length}\r\n";
            return WireServer.Reply(from == 0 ? 200 : 206, large[from..Math.Min(large.Length, from + step)], head, large.Length - from);
        });

        var temp = Path.Combine(_folder.Path, "large.tmp");
        var done = await new FileTransfer(Client(server), new HurriedClock(10)).FetchAsync(Announced, temp, Cancel);

        done.ShouldBe(new Transferred(large.Length, Convert.ToHexStringLower(SHA256.HashData(large)), null));
        (await File.ReadAllBytesAsync(temp, Cancel)).AsSpan().SequenceEqual(large).ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_killed_controller_left_half_way_is_not_trusted()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllBytesAsync(Path.Combine(Target, "a.png" + Dailies.Disk.AtomicFile.TempSuffix), new byte[Picture.Length * 2], Cancel);
        await using var server = new WireServer(_ => WireServer.Reply(200, Picture, $"ETag: {Tag}\r\n"));

        Whole(await CollectAsync(server));

        server.Asked.ShouldHaveSingleItem().Headers.ShouldNotContainKey("Range");
    }

    // The embedded renderer breaks each transfer once: what comes twice is nothing.
    [Fact]
    public async Task Only_the_rest_is_fetched_a_second_time()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Dailies.Animatic.Fault(Dailies.Animatic.FaultKind.TornTransfer));
        var (_, _, entry) = await rig.RunAsync(Graphs.Shot(frames: 3));
        var files = entry["outputs"]!["9"]!["images"]!.AsArray().Select(i => new AnnouncedFile("9", "images", (string)i!["filename"]!, (string)i["subfolder"]!, "output", false)).ToList();
        using var counter = new ByteCounter();

        var address = StationAddress.Parse(rig.Server.Url, new Dictionary<string, string>(), out _)!;
        using var http = new HttpClient(counter) { BaseAddress = address.Root };
        var take = await new TakeCollector(new ComfyClient(http, address, TimeProvider.System), new VideoProbe(new VideoTools(null, null)), new HurriedClock(10))
            .CollectAsync(new TakeOutput(FrameSource.Files, files), Target, "scene", Cancel);

        (take.Outcome, take.FrameCount, take.Problem).ShouldBe((CollectOutcome.Whole, 3, null));
        counter.Answers.ShouldBe(6);
        counter.Bytes.ShouldBe(take.Files.Sum(f => f.Bytes));
        take.Files.ShouldAllBe(f => f.Sha256 == Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Target, Path.GetFileName(f.File))))));
    }

    private static AnnouncedFile Announced { get; } = new("9", "images", "a.png", "", "output", false);

    private static int? Rest(WireRequest request) =>
        request.Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : null;

    private static byte[] Part(int from, string tag) =>
        WireServer.Reply(206, Picture[from..], $"ETag: {tag}\r\nContent-Range: bytes {from}-{Picture.Length - 1}/{Picture.Length}\r\n");

    private void Whole(Collected take)
    {
        (take.Outcome, take.Problem).ShouldBe((CollectOutcome.Whole, null));
        take.Files.ShouldHaveSingleItem().Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Picture)));
        File.ReadAllBytes(Directory.GetFiles(Target).ShouldHaveSingleItem()).ShouldBe(Picture);
    }

    private static ComfyClient Client(WireServer server)
    {
        var address = StationAddress.Parse(server.Url, new Dictionary<string, string>(), out _)!;
        return new ComfyClient(StationHttp.Create(address, TimeProvider.System), address, TimeProvider.System);
    }

    private static TakeCollector Collector(WireServer server) => new(Client(server), new VideoProbe(new VideoTools(null, null)), new HurriedClock(10));

    private Task<Collected> CollectAsync(WireServer server) => CollectAsync(Collector(server));

    private Task<Collected> CollectAsync(TakeCollector collector) => collector.CollectAsync(new TakeOutput(FrameSource.Still, [Announced]), Target, "scene", Cancel);

    // Counts what truly comes, not what is promised.
    private sealed class ByteCounter() : DelegatingHandler(new SocketsHttpHandler())
    {
        private long _bytes;
        private int _answers;

        public long Bytes => Interlocked.Read(ref _bytes);

        public int Answers => _answers;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var reply = await base.SendAsync(request, cancellationToken);
            Interlocked.Increment(ref _answers);
            var counted = new StreamContent(new Counted(await reply.Content.ReadAsStreamAsync(cancellationToken), n => Interlocked.Add(ref _bytes, n)));
            foreach (var (name, values) in reply.Content.Headers)
            {
                counted.Headers.TryAddWithoutValidation(name, values);
            }

            reply.Content = counted;
            return reply;
        }
    }

    private sealed class Counted(Stream inner, Action<int> count) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            count(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
