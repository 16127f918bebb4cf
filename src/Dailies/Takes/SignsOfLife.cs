namespace Dailies.Takes;

/// <summary>Watches a program that works for us: without a sign of life for so long it is given up.</summary>
internal sealed class SignsOfLife : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly string? _file;
    private readonly CancellationTokenSource _stuck;
    private readonly ITimer _timer;
    private (long, DateTime) _last;

    /// <summary>Begins to watch.</summary>
    /// <param name="clock">Times it.</param>
    /// <param name="patience">How long it may be silent.</param>
    /// <param name="file">A file that it writes, or null; looked at before it is given up (moving the index of a film to its front shows nowhere else).</param>
    /// <param name="stuck">Cancelled then.</param>
    public SignsOfLife(TimeProvider clock, TimeSpan patience, string? file, CancellationTokenSource stuck)
    {
        (_patience, _file, _stuck) = (patience, file, stuck);
        _timer = clock.CreateTimer(_ => Silent(), null, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It lives.</summary>
    public void Seen() => _timer.Change(_patience, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the watch.</summary>
    public void Dispose() => _timer.Dispose();

    private void Silent()
    {
        var now = Look();
        if (now == _last)
        {
            _stuck.Cancel();
            return;
        }

        _last = now;
        Seen();
    }

    private (long, DateTime) Look()
    {
        var file = _file is null ? null : new FileInfo(_file);
        return file is { Exists: true } ? (file.Length, file.LastWriteTimeUtc) : default;
    }
}
