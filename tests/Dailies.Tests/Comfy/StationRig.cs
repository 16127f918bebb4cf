using System.Threading.Channels;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Real children in a folder of one test's own. Whatever a test leaves alive is ended with it.</summary>
internal sealed class StationRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder folder = new();
    private readonly List<StationProcess> started = [];

    public StationRig(string logName = "station.log")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the scripts of these tests are written for sh");
        LogPath = Path.Combine(folder.Path, logName);
    }

    public string Folder => folder.Path;

    public string LogPath { get; }

    public StationProcess Start(string command, TimeProvider? clock = null)
    {
        var station = StationProcess.Start(command, LogPath, clock ?? TimeProvider.System);
        started.Add(station);
        return station;
    }

    /// <summary>Waits until the child has printed a whole line that begins with <paramref name="word"/>, and gives the rest of it.</summary>
    public async Task<string> SaysAsync(StationProcess station, string word)
    {
        using var patience = new CancellationTokenSource(Patience);
        var changes = Channel.CreateUnbounded<bool>();
        using var watcher = new FileSystemWatcher(Folder, Path.GetFileName(LogPath));
        watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;
        while (true)
        {
            var over = station.HasExited;
            if (File.ReadAllText(LogPath).Split('\n').SkipLast(1).FirstOrDefault(l => l.StartsWith(word, StringComparison.Ordinal)) is { } line)
            {
                return line[word.Length..].Trim();
            }

            over.ShouldBeFalse($"it ended without saying {word}: {station.Log.Tail()}");
            await Task.WhenAny(changes.Reader.ReadAsync(patience.Token).AsTask(), station.Ended);
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public async Task<int> SaysNumberAsync(StationProcess station, string word) =>
        int.Parse(await SaysAsync(station, word), System.Globalization.CultureInfo.InvariantCulture);

    public static Task EndedAsync(StationProcess station) => station.Ended.WaitAsync(Patience);

    public static bool Alive(int pid) => ProcessTable.Find(pid) is not null;

    public static ProcessRow Row(int pid) => ProcessTable.Find(pid)!.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var station in started)
        {
            var again = new StationTree(station.Child);
            foreach (var member in again.Look())
            {
                UnixSignal.Send(member, UnixSignal.Kill);
            }

            station.Dispose();
        }

        await Task.Yield();
        folder.Dispose();
    }
}
