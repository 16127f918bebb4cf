namespace Dailies.Cli.Views;

/// <summary>Text on its way to a console that may be slow, frozen (Ctrl-S, a pipe nobody reads, a dead ssh) or gone. Whoever posts never waits;
/// a thread of its own writes. When too much waits, the oldest is dropped, and one line in its place says how many lines that were.</summary>
internal sealed class OutputQueue : IDisposable
{
    /// <summary>Most lines that wait.</summary>
    public const int MostLines = 4096;

    /// <summary>Most characters that wait; a single text may be longer.</summary>
    public const int MostCharacters = 4 * 1024 * 1024;

    private readonly TextWriter writer;
    private readonly Func<long, string> dropped;
    private readonly int mostLines;
    private readonly object gate = new();
    private readonly Queue<string> waiting = [];
    private TaskCompletionSource? idle;
    private long lost;
    private int lines;
    private int characters;
    private bool writing;
    private bool gone;
    private bool closed;

    /// <summary>A queue before <paramref name="writer"/>; <paramref name="dropped"/> words the line for so many dropped ones.</summary>
    public OutputQueue(TextWriter writer, Func<long, string> dropped, int mostLines = MostLines)
    {
        (this.writer, this.dropped, this.mostLines) = (writer, dropped, mostLines);

        // A thread of its own: a write that blocks must not take one of the pool's. In the background: it holds no program up that has ended.
        new Thread(Write) { IsBackground = true, Name = "console" }.Start();
    }

    /// <summary>Nothing waits and nothing is being written.</summary>
    public bool Idle
    {
        get
        {
            lock (gate)
            {
                return !writing && waiting.Count == 0;
            }
        }
    }

    /// <summary>One line.</summary>
    public void PostLine(string line) => Post(line + "\n");

    /// <summary>Text as it is. It is written whole, or dropped whole.</summary>
    public void Post(string text)
    {
        lock (gate)
        {
            if (gone || closed)
            {
                return;
            }

            waiting.Enqueue(text);
            lines += Lines(text);
            characters += text.Length;
            while (waiting.Count > 1 && (lines > mostLines || characters > MostCharacters))
            {
                lost += Lines(Take());
            }

            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits until everything is written or the console is gone, no longer than <paramref name="patience"/>; false when that was not enough.</summary>
    public async Task<bool> WrittenAsync(TimeSpan patience, TimeProvider clock)
    {
        Task written;
        lock (gate)
        {
            if (Idle)
            {
                return true;
            }

            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            written = idle.Task;
        }

        try
        {
            await written.WaitAsync(patience, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Takes nothing more. What waits is written if the program lives long enough.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }

    private static int Lines(string text) => text.AsSpan().Count('\n');

    private string Take()
    {
        var text = waiting.Dequeue();
        lines -= Lines(text);
        characters -= text.Length;
        return text;
    }

    private void Write()
    {
        while (Next() is { } text)
        {
            try
            {
                writer.Write(text);
                writer.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                lock (gate)
                {
                    gone = true; // a closed pipe, a terminal that hung up, a full disk behind a redirection: the run goes on without a console
                    waiting.Clear();
                }
            }
        }
    }

    private string? Next()
    {
        lock (gate)
        {
            writing = false;
            while (waiting.Count == 0)
            {
                idle?.TrySetResult();
                idle = null;
                if (closed || gone)
                {
                    return null;
                }

                Monitor.Wait(gate);
            }

            writing = true;
            if (lost == 0)
            {
                return Take();
            }

            var words = dropped(lost) + "\n";
            lost = 0;
            return words;
        }
    }
}
