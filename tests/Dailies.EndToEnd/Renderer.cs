using System.Diagnostics;

namespace Dailies.EndToEnd;

/// <summary>The embedded renderer as a station of its own; gone with the test.</summary>
internal sealed class Renderer : IDisposable
{
    private readonly Process process;

    private Renderer(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public static async Task<Renderer> StartAsync(DailiesProgram dailies, params string[] arguments)
    {
        var process = dailies.Start(["animatic", "--port", "0", .. arguments]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new Renderer(process, line!.Split(' ').First(w => w.StartsWith("http", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
