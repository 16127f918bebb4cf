using System.Globalization;
using CliWrap;
using CliWrap.Exceptions;

namespace Dailies.Takes;

/// <summary>How an ffmpeg ended: how many video frames it wrote, and what is to be said against it or null.</summary>
internal sealed record FfmpegEnd(int Frames, string? Fault);

/// <summary>One piece of work for ffmpeg. Paths are relative to the folder, so that no path of this machine gets into its words.</summary>
/// <param name="Folder">Where it works.</param>
/// <param name="Arguments">Without those that are the same for all.</param>
internal sealed record FfmpegWork(string Folder, IReadOnlyList<string> Arguments)
{
    /// <summary>Fills its standard input, or null.</summary>
    public Func<Stream, CancellationToken, Task>? Feed { get; init; }

    /// <summary>The file that it writes, or null: one that grows or changes is a sign of life.</summary>
    public string? Output { get; init; }

    /// <summary>Told how many frames are done.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>What it writes to standard output goes here; null: its progress does.</summary>
    public Stream? Pictures { get; init; }
}

/// <summary>Runs ffmpeg, and kills it when it gets nowhere or is not wanted any more.</summary>
internal sealed class Ffmpeg(string program, TimeProvider clock)
{
    // Ctrl-C on a terminal reaches ffmpeg as well as us, and it may be gone before we know.
    private const int Interrupted = 255;
    private const int MostWords = 2_000;
    private static readonly TimeSpan UntilWeKnow = TimeSpan.FromSeconds(1);

    /// <summary>How long it may show no sign of life: no frame more, nothing read from us, no change in its file.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs to the end. Throws for cancellation (the process is dead then) and for a program that can't be started.</summary>
    public async Task<FfmpegEnd> RunAsync(FfmpegWork work, CancellationToken cancel)
    {
        using var stuck = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stuck.Token);
        using var life = new SignsOfLife(clock, Patience, work.Output is { } file ? Path.Combine(work.Folder, file) : null, stuck);
        var (frames, words) = (0, "");
        try
        {
            var command = Cli.Wrap(program)
                .WithWorkingDirectory(work.Folder)
                .WithArguments(["-hide_banner", "-v", "error", .. work.Pictures is null ? ["-progress", "pipe:1"] : Array.Empty<string>(), .. work.Feed is null ? ["-nostdin"] : Array.Empty<string>(), "-y", .. work.Arguments])
                .WithStandardInputPipe(work.Feed is { } feed ? PipeSource.Create((target, stop) => feed(new WatchedStream(target, life.Seen), stop)) : PipeSource.Null)
                .WithStandardOutputPipe(work.Pictures is { } pictures ? PipeTarget.ToStream(new WatchedStream(pictures, life.Seen)) : PipeTarget.ToDelegate(Told))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => words = words.Length < MostWords ? $"{words}\n{line}" : words))
                .WithValidation(CommandResultValidation.None);
            var code = (await command.ExecuteAsync(either.Token)).ExitCode;
            if (code == Interrupted)
            {
                await Task.Delay(UntilWeKnow, clock, cancel);
            }

            cancel.ThrowIfCancellationRequested();
            return new FfmpegEnd(frames, code == 0 ? null : $"ffmpeg ended with {code.ToString(CultureInfo.InvariantCulture)}: {(words.Length > MostWords ? words[..MostWords] : words).Trim()}");
        }
        catch (OperationCanceledException) when (stuck.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new FfmpegEnd(frames, $"ffmpeg got nowhere for {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s and was ended");
        }
        catch (CliWrapException e)
        {
            return new FfmpegEnd(frames, e.Message);
        }

        // frame=12, then others; only what changes is life.
        void Told(string line)
        {
            if (line.StartsWith("frame=", StringComparison.Ordinal) && int.TryParse(line.AsSpan(6), CultureInfo.InvariantCulture, out var count) && count > frames)
            {
                frames = count;
                life.Seen();
                work.Progress?.Invoke(count);
            }
        }
    }
}
