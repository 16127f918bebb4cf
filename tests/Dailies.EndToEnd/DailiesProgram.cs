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

    /// <summary>The program to start; a test may damage a copy of it.</summary>
    public string Program { get; init; } = Dll;

    public Dictionary<string, string?> Variables { get; } = [];

    public async Task<BufferedCommandResult> RunAsync(params string[] arguments) => await Command(arguments).ExecuteBufferedAsync();

    /// <summary>Starts it without waiting; the test ends it.</summary>
    public Process Start(params string[] arguments) => StartBehind([], arguments);

    /// <summary>The same behind another program that becomes it in the end, such as <c>unshare</c>: the process is ours by then.</summary>
    public Process StartBehind(IReadOnlyList<string> before, params string[] arguments)
    {
        string[] words = [.. before, "dotnet", Program, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
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
        .WithArguments([Program, .. arguments])
        .WithWorkingDirectory(Folder)
        .WithEnvironmentVariables(Variables)
        .WithValidation(CommandResultValidation.None);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
