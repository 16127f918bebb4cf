using System.Net;
using Dailies.Animatic.Execution;
using Dailies.Animatic.Files;
using Dailies.Animatic.Queueing;
using Dailies.Animatic.Routes;
using Dailies.Animatic.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dailies.Animatic;

/// <summary>One life of the server, from its start to its end, with all that ComfyUI keeps in memory only: queue, history, node cache, sockets.</summary>
internal sealed class ServerLife
{
    private readonly WebApplication _app;
    private readonly OpenConnections _connections;
    private readonly CancellationTokenSource _life;
    private readonly PromptQueue _queue;
    private readonly Task _work;
    private readonly string _temp;

    private ServerLife(WebApplication app, OpenConnections connections, CancellationTokenSource life, PromptQueue queue, Worker worker, string temp)
    {
        (_app, _connections, _life, _queue, _temp) = (app, connections, life, queue, temp);
        _work = Task.Run(() => worker.RunAsync(life.Token));
    }

    public string Url => _app.Urls.First();

    public int Connections => _connections.Count;

    /// <summary>Starts life number <paramref name="number"/>. <paramref name="die"/> is called when a fault kills it; it must not wait for the end.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ServerLife> StartAsync(Machine machine, int number, int port, ServerVersion version, Action<ServerDeath> die, Action<WebApplication> addRoutes, CancellationToken cancel)
    {
        var (options, faults, library) = (machine.Options, machine.Faults, machine.Library);
        var output = new OutputFolder(options.OutputFolder);
        var temp = Directory.CreateTempSubdirectory("dailies-animatic-").FullName;
        var life = new CancellationTokenSource();
        var sockets = new SocketBoard(version);
        var queue = new PromptQueue(remaining => sockets.Send(AnimaticWire.Status, AnimaticWire.StatusData(remaining), client: null));
        var tempFolder = new OutputFolder(temp);
        var saver = new ImageSaver(output, tempFolder, faults, new LateFiles(options.Clock, life.Token), options.Clock);
        var nodes = new Nodes(queue, faults, saver, options.StepDelay, options.Clock);
        var runner = new PromptRunner(library, nodes, queue, sockets, faults, version, options.Clock);
        var worker = new Worker(queue, runner, sockets, faults, prompt => machine.Executions.Add(prompt.Begin(number, options.Clock.GetUtcNow())), die, options.Clock);

        var connections = new OpenConnections();
        var app = Build(options.Host, port, connections);
        Gate.Install(app, faults, machine.Held);
        new PromptRoutes(library, queue, new SubmitFaults(library, queue, faults, machine.Held), version, options.Clock).Map(app);
        new QueueRoutes(queue, worker, new HistoryFaults(faults, machine.Held), version).Map(app);
        new SocketRoute(sockets, queue, faults, life.Token).Map(app);
        new ViewRoute(output, tempFolder, saver, die).Map(app);
        new InfoRoutes(library, version).Map(app);
        if (version.HasJobs)
        {
            new JobRoutes(queue).Map(app);
        }

        addRoutes(app);
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

        return new ServerLife(app, connections, life, queue, worker, temp);
    }

    /// <summary>Ends it as a killed process ends: connections cut, sockets without a close frame, prompts lost.</summary>
    public async Task EndAsync()
    {
        await _life.CancelAsync();
        _connections.CutAll();
        await _work;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _queue.Dispose();
        _life.Dispose();
        Directory.Delete(_temp, recursive: true);
    }

    private static WebApplication Build(string host, int port, OpenConnections connections)
    {
        var address = host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AnimaticServer.MaxBody;
            kestrel.Listen(address, port, listen => listen.Use(connections.Watch));
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
