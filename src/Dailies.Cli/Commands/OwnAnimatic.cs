using Dailies.Animatic;
using Dailies.Comfy;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary>The embedded renderer of one run. Its storyboards lie in the run folder by the time the run ends; its own copies go with it.</summary>
internal sealed class OwnAnimatic : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private readonly AnimaticServer server;
    private readonly DirectoryInfo folder;

    private OwnAnimatic(AnimaticServer server, DirectoryInfo folder) => (this.server, this.folder) = (server, folder);

    /// <summary>Starts one where the request asks for it; null where it names a station.</summary>
    public static async Task<OwnAnimatic?> StartAsync(RunRequest request, CancellationToken cancel)
    {
        if (!request.Animatic)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("dailies-animatic-");
        return new OwnAnimatic(await AnimaticServer.StartAsync(new AnimaticOptions { OutputFolder = folder.FullName }, cancel), folder);
    }

    /// <summary>The request with this renderer as its station.</summary>
    public RunRequest Serve(RunRequest request) => request with
    {
        Station = StationAddress.Parse(server.Url, NoHeaders, out _),
        ComfyOutput = folder.FullName,
    };

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
