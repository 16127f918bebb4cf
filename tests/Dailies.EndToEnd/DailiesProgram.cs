using System.Diagnostics;
using System.Runtime.CompilerServices;
using CliWrap;
using CliWrap.Buffered;

namespace Dailies.EndToEnd;

/// <summary>The real program in a folder of one test's own.</summary>
internal sealed class DailiesProgram : IDisposable
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    // …/bin/Dailies.EndToEnd/<configuration>/ → …/bin/Dailies.Cli/<configuration>/
    public static string Dll { get; } = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Dailies.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "Dailies.Cli.dll");

    public string Folder { get; } = Directory.CreateTempSubdirectory("dailies-e2e-").FullName;

    public static string Lighthouse => Path.Combine(Repository, "examples", "lighthouse");

    public Dictionary<string, string?> Variables { get; } = [];

    public async Task<BufferedCommandResult> RunAsync(params string[] arguments) => await Command(arguments).ExecuteBufferedAsync();

    /// <summary>Starts it without waiting; the test ends it.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(Dll))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public string LatestRun() => Directory.EnumerateDirectories(Path.Combine(Folder, "logs")).Order(StringComparer.Ordinal).Last();

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Command Command(string[] arguments) => Cli.Wrap("dotnet")
        .WithArguments([Dll, .. arguments])
        .WithWorkingDirectory(Folder)
        .WithEnvironmentVariables(Variables)
        .WithValidation(CommandResultValidation.None);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
