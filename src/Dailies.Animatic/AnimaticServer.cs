using Dailies.Animatic.Execution;
using Dailies.Animatic.Routes;
using Microsoft.AspNetCore.Builder;

namespace Dailies.Animatic;

/// <summary>The embedded renderer: speaks ComfyUI's HTTP and web socket protocol and draws storyboards on the CPU. It can be killed and comes
/// back on the same port, as the process of a real server does.</summary>
public sealed class AnimaticServer : IAsyncDisposable
{
    internal const long MaxBody = 104_857_600; // ComfyUI's --max-upload-size, 100 MB

    /// <summary>How long a killed server is down: what the real one needed to be ready again (contract §8).</summary>
    public static readonly TimeSpan UsualDown = TimeSpan.FromSeconds(3);

    private const int MostBinds = 20; // somebody may have taken the port for a moment
    private static readonly TimeSpan BindPause = TimeSpan.FromMilliseconds(250);

    // Before it dies, what it has said gets out: how much of it is heard must not depend on the machine.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Machine _machine;
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _restarts = Task.CompletedTask;
    private volatile ServerLife? _life;
    private volatile int _lives;

    private AnimaticServer(Machine machine) => _machine = machine;

    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8188</c>; the same in all its lives.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Prompts whose execution began since the first start, cached ones included; the stranger of a fault left out.</summary>
    public int Executions => _machine.Executions.All.Count;

    /// <summary>How often it has started: 1, and one more after each kill.</summary>
    public int Lives => _lives;

    /// <summary>Each of <see cref="Executions"/>.</summary>
    internal ExecutionLog Log => _machine.Executions;

    /// <summary>Answers that a fault keeps back right now.</summary>
    internal int Held => _machine.Held.Count;

    /// <summary>Open connections right now, sockets included.</summary>
    internal int Connections => _life?.Connections ?? 0;

    /// <summary>Starts a server; it listens when the task is done.</summary>
    /// <param name="options">Where to listen, where to save, what goes wrong.</param>
    /// <param name="cancel">Gives the start up; a started server is stopped by disposing it.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<AnimaticServer> StartAsync(AnimaticOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new AnimaticServer(new Machine(options));
        await server.BeginAsync(options.Port, new ServerVersion(options.Version), cancel);
        server.Url = server._life!.Url;
        return server;
    }

    /// <summary>Puts other faults in the place of those in force; their counts begin again.</summary>
    public void SetFaults(IEnumerable<Fault> faults) => _machine.Faults.Set(faults);

    /// <summary>Kills the server as <c>kill -9</c> does: connections are cut without a close frame, queue, history and running prompt are lost, and new
    /// connections are refused. Done when it is up again, on the same port and with numbers from 0.</summary>
    /// <param name="down">How long it stays down by <see cref="AnimaticOptions.Clock"/>; <see langword="null"/> is <see cref="UsualDown"/>.</param>
    public Task KillAsync(TimeSpan? down = null) => RestartAsync(_lives, TimeSpan.Zero, down ?? UsualDown, new ServerVersion(_machine.Options.Version));

    /// <summary>Done when the server is up: at once, or when a restart under way is over.</summary>
    internal async Task UpAsync()
    {
        await _restarts;
        await _changing.WaitAsync();
        _changing.Release();
    }

    /// <summary>Waits until the server is disposed or <paramref name="cancel"/> fires; ends quietly either way.</summary>
    /// <param name="cancel">Ends the wait, not the server.</param>
    public async Task WaitForShutdownAsync(CancellationToken cancel)
    {
        using var registration = cancel.UnsafeRegister(static waiting => ((TaskCompletionSource)waiting!).TrySetResult(), _stopped);
        await _stopped.Task;
    }

    /// <summary>Stops listening, cuts the sockets, ends the running prompt, and drops the previews.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_over.IsCancellationRequested)
        {
            return;
        }

        await _over.CancelAsync();
        await _restarts;
        await _changing.WaitAsync();
        if (_life is { } life)
        {
            _life = null;
            await life.EndAsync();
        }

        _over.Dispose();
        _changing.Dispose();
        _stopped.TrySetResult();
    }

    private async Task BeginAsync(int port, ServerVersion version, CancellationToken cancel)
    {
        var number = _lives + 1;
        _life = await ServerLife.StartAsync(_machine, number, port, version, death => Die(number, death), AddControl, cancel);
        _lives = number;
    }

    private void AddControl(WebApplication app)
    {
        if (_machine.Options.Control)
        {
            new ControlRoutes(_machine, down => Die(_lives, new ServerDeath { Down = down })).Map(app);
        }
    }

    // Whoever calls this is part of what dies, so it doesn't wait.
    private void Die(int number, ServerDeath death)
    {
        var version = new ServerVersion(death.NextVersion ?? _machine.Options.Version);
        lock (_gate)
        {
            _restarts = Task.WhenAll(_restarts, Task.Run(() => RestartAsync(number, LastWords, death.Down ?? UsualDown, version)));
        }
    }

    private async Task RestartAsync(int number, TimeSpan notice, TimeSpan down, ServerVersion version)
    {
        try
        {
            await _changing.WaitAsync(_over.Token);
        }
        catch (OperationCanceledException)
        {
            return; // disposed meanwhile
        }

        try
        {
            // It dies once, however many wished it.
            if (number == _lives && _life is { } life)
            {
                await Task.Delay(notice, _machine.Options.Clock, _over.Token);
                _life = null;
                await life.EndAsync();
                await Task.Delay(down, _machine.Options.Clock, _over.Token);
                await RebindAsync(version);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // Disposed while it was down.
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task RebindAsync(ServerVersion version)
    {
        for (var binds = 1; ; binds++)
        {
            try
            {
                await BeginAsync(new Uri(Url).Port, version, _over.Token);
                return;
            }
            catch (IOException) when (binds < MostBinds)
            {
                await Task.Delay(BindPause, _machine.Options.Clock, _over.Token);
            }
        }
    }
}
