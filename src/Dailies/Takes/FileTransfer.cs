using System.Net.Http.Headers;
using System.Security.Cryptography;
using Dailies.Comfy;

namespace Dailies.Takes;

/// <summary>What came of fetching one file. <paramref name="Silent"/>: the station did not answer, so the file may still be there.</summary>
internal sealed record Transferred(long Bytes, string Sha256, string? Problem, bool Silent = false)
{
    public static Transferred Failed(string problem, bool silent = false) => new(0, "", problem, silent);
}

/// <summary>Fetches one announced file over /view: streamed, size-limited, hashed; a transfer that breaks goes on where it broke.</summary>
internal sealed class FileTransfer(ComfyClient comfy, TimeProvider clock)
{
    private const long LargestFile = 4L * 1024 * 1024 * 1024;
    private const long LeastRate = 16 * 1024;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(15);

    // After this a transfer must have kept the least rate, in bytes a second: one that drips would hold its scene for ever.
    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(30);

    private enum Poured
    {
        All,
        Broke,
        Drips,
        TooLarge,
    }

    /// <summary>Fetches the file to <paramref name="temp"/>, whole and flushed, or leaves nothing there. What lies there already is not trusted. Throws <see cref="IOException"/> only for our own disk.</summary>
    public async Task<Transferred> FetchAsync(AnnouncedFile file, string temp, CancellationToken cancel)
    {
        Transferred done;
        using (var part = new FilePart(temp))
        {
            done = await FillAsync(file, part, cancel);
        }

        if (done.Problem is not null)
        {
            File.Delete(temp);
        }

        return done;
    }

    private async Task<Transferred> FillAsync(AnnouncedFile file, FilePart part, CancellationToken cancel)
    {
        var (fruitless, furthest) = (0, 0L);
        while (true)
        {
            try
            {
                var (done, step) = await TryAsync(file, part, cancel);
                if (done is not null)
                {
                    return done;
                }

                fruitless = part.Bytes - furthest >= TransferDecision.Fruitful ? 0 : fruitless + 1;
                furthest = Math.Max(furthest, part.Bytes);
                if (TransferDecision.Pause(fruitless) is not { } pause)
                {
                    return Transferred.Failed($"{file.FileName}: the transfer broke at {part.Bytes}{(part.Whole is { } whole ? $" of {whole}" : "")} bytes");
                }

                if (step == TransferStep.AskWhole)
                {
                    part.Forget(); // nothing broke: no pause
                }
                else
                {
                    await Task.Delay(pause, clock, cancel);
                }
            }
            catch (StationException e)
            {
                return Transferred.Failed($"{file.FileName}: {e.Message}", silent: true);
            }
        }
    }

    // The end of it, or none yet and how the answer was taken.
    private async Task<(Transferred? Done, TransferStep Step)> TryAsync(AnnouncedFile file, FilePart part, CancellationToken cancel)
    {
        var asked = part.Rest;
        using var reply = await comfy.ViewAsync(file.FileName, file.Subfolder, file.Type, asked, cancel);
        if (reply is null)
        {
            return (Transferred.Failed($"{file.FileName} was announced, but the station has no such file"), TransferStep.Begin);
        }

        var head = TransferHead.Of(reply);
        var step = TransferDecision.Next(asked, head);
        switch (step)
        {
            case TransferStep.AskWhole:
                return (null, step);
            case TransferStep.Begin:
                part.Begin(head);
                break;
        }

        return (await PourAsync(reply, part, cancel) switch
        {
            Poured.All when part.Whole is null || part.Whole == part.Bytes => part.Finish(),
            Poured.TooLarge => Transferred.Failed($"{file.FileName} is larger than {LargestFile} bytes"),
            Poured.Drips => Transferred.Failed($"{file.FileName}: the transfer broke (less than {LeastRate} bytes a second)"),
            _ => null,
        }, step);
    }

    private async Task<Poured> PourAsync(HttpResponseMessage reply, FilePart part, CancellationToken cancel)
    {
        if (part.Whole > LargestFile)
        {
            return Poured.TooLarge;
        }

        var (begin, before) = (clock.GetTimestamp(), part.Bytes);
        var buffer = new byte[128 * 1024];
        await using var source = await reply.Content.ReadAsStreamAsync(cancel);
        while (await ReadAsync(source, buffer, cancel) is var read and not 0)
        {
            var span = clock.GetElapsedTime(begin);
            if (read < 0)
            {
                return Poured.Broke;
            }

            if (span > RateGrace && part.Bytes + read - before < span.TotalSeconds * LeastRate)
            {
                return Poured.Drips;
            }

            if (part.Bytes + read > LargestFile)
            {
                return Poured.TooLarge;
            }

            await part.AddAsync(buffer.AsMemory(0, read), cancel);
        }

        return Poured.All;
    }

    // -1: the transfer broke. Reading from the station and writing to our disk fail for different reasons, so they are told apart here.
    private async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancel)
    {
        using var idle = new CancellationTokenSource(IdleLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancel);
        try
        {
            return await source.ReadAsync(buffer, either.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return -1;
        }
    }

    // What has come of a file, on disk and in the hash: both always hold the same bytes.
    private sealed class FilePart(string path) : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private FileStream? target;
        private EntityTagHeaderValue? tag;

        public long Bytes { get; private set; }

        /// <summary>The size that was promised, or null.</summary>
        public long? Whole { get; private set; }

        public FileRest? Rest => TransferDecision.Rest(Bytes, tag);

        public void Begin(TransferHead head)
        {
            target ??= new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            target.SetLength(0);
            Forget();
            (tag, Whole) = (head.Tag, head.Length);
        }

        public void Forget()
        {
            hash.GetHashAndReset();
            (Bytes, tag, Whole) = (0, null, null);
        }

        public async Task AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            hash.AppendData(bytes.Span);
            await target!.WriteAsync(bytes, cancel);
            Bytes += bytes.Length;
        }

        public Transferred Finish()
        {
            target!.Flush(flushToDisk: true);
            return new Transferred(Bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
        }

        public void Dispose()
        {
            target?.Dispose();
            hash.Dispose();
        }
    }
}
