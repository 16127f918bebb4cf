using System.Net;
using Dailies.Animatic.Execution;
using Dailies.Animatic.Files;
using Dailies.Animatic.Graph;
using Dailies.Animatic.Queueing;
using Dailies.Animatic.Routes;
using Dailies.Animatic.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dailies.Animatic;

/// <summary>The embedded renderer: speaks ComfyUI's HTTP and web socket protocol and draws storyboards on the CPU.</summary>
public sealed class AnimaticServer : IAsyncDisposable
{
    internal const long MaxBody = 104_857_600; // ComfyUI's --max-upload-size, 100 MB

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _life;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PromptQueue _queue;
    private readonly Worker _worker;
    private readonly Task _work;
    private readonly string _temp;

    private AnimaticServer(WebApplication app, CancellationTokenSource life, PromptQueue queue, Worker worker, string temp)
    {
        (_app, _life, _queue, _worker, _temp) = (app, life, queue, worker, temp);
        Url = app.Urls.First();
        _work = Task.Run(() => worker.RunAsync(life.Token));
    }

    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8188</c>.</summary>
    public string Url { get; }

    /// <summary>Prompts whose execution began since the start, cached ones included; the stranger of a fault left out.</summary>
    public int Executions => _worker.Executions;

    /// <summary>Starts a server; it listens when the task is done.</summary>
    /// <param name="options">Where to listen, where to save, what goes wrong.</param>
    /// <param name="cancel">Gives the start up; a started server is stopped by disposing it.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<AnimaticServer> StartAsync(AnimaticOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host);
        var output = new OutputFolder(options.OutputFolder);
        var temp = Directory.CreateTempSubdirectory("dailies-animatic-").FullName;
        var life = new CancellationTokenSource();
        var sockets = new SocketBoard();
        var queue = new PromptQueue(remaining => sockets.Send(AnimaticWire.Status, AnimaticWire.StatusData(remaining), client: null));
        var library = new NodeLibrary();
        var faults = new FaultPlan(options.Faults);
        var tempFolder = new OutputFolder(temp);
        var saver = new ImageSaver(output, tempFolder, faults, options.Clock);
        var nodes = new Nodes(queue, faults, saver, options.StepDelay, options.Clock);
        var worker = new Worker(queue, library, nodes, sockets, faults, options.Clock);

        var app = Build(address, options.Port);
        Gate.Install(app, faults, options.Clock);
        new PromptRoutes(library, queue, new SubmitFaults(library, queue, faults), options.Clock).Map(app);
        new QueueRoutes(queue, worker, faults).Map(app);
        new SocketRoute(sockets, queue, faults, life.Token).Map(app);
        new ViewRoute(output, tempFolder, saver).Map(app);
        new InfoRoutes(library, options.Version).Map(app);
        new JobRoutes(queue).Map(app);
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.DisposeAsync();
            queue.Dispose();
            life.Dispose();
            Directory.Delete(temp, recursive: true);
            throw;
        }

        return new AnimaticServer(app, life, queue, worker, temp);
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
        if (_life.IsCancellationRequested)
        {
            return;
        }

        await _life.CancelAsync();
        await _work;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _queue.Dispose();
        _life.Dispose();
        Directory.Delete(_temp, recursive: true);
        _stopped.TrySetResult();
    }

    private static WebApplication Build(IPAddress address, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        // Without this the host would take Ctrl+C away from the program that embeds us.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        return builder.Build();
    }

    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
