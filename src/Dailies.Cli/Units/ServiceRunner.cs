using System.ComponentModel;
using System.Diagnostics;
using Dailies.Control;
using Dailies.Disk;

namespace Dailies.Cli.Units;

/// <summary>Does what a unit says: writes its file, runs its commands.</summary>
internal static class ServiceRunner
{
    public static Task<int> InstallAsync(ServiceUnit unit, CancellationToken cancel) => GuardedAsync(async () =>
    {
        if (Missing(unit.Install) is { } tool)
        {
            return await SayAsync($"there is no {tool} here, so nothing was installed; what it would do: --dry-run", ExitCode.Usage);
        }

        if (unit.File is { } file)
        {
            var before = File.Exists(file.Path) ? await File.ReadAllTextAsync(file.Path, cancel) : null;
            AtomicFile.Write(file.Path, System.Text.Encoding.UTF8.GetBytes(file.Text));
            Console.WriteLine(before is null ? $"wrote {file.Path}" : before == file.Text ? $"{file.Path} is as it was" : $"wrote {file.Path} anew: it was another one");
        }

        var code = await RunAsync(unit.Install, cancel);
        if (code == ExitCode.Ok)
        {
            Console.WriteLine($"{unit.Name} is installed");
            foreach (var note in unit.Notes)
            {
                Console.WriteLine($"note: {note}");
            }
        }

        return code;
    });

    public static Task<int> UninstallAsync(ServiceUnit unit, CancellationToken cancel) => GuardedAsync(async () =>
    {
        if (unit.File is { } file && !File.Exists(file.Path))
        {
            Console.WriteLine($"{unit.Name} is not installed: there is no {file.Path}");
            return ExitCode.Ok;
        }

        // What can't be stopped is removed all the same: it then does not start again.
        var stopped = Missing(unit.Uninstall) is { } tool ? await SayAsync($"there is no {tool} here", ExitCode.Failed) : await RunAsync(unit.Uninstall, cancel);
        if (unit.File is { } gone)
        {
            File.Delete(gone.Path);
            Console.WriteLine($"removed {gone.Path}");
        }

        return stopped == ExitCode.Ok ? await RunAsync(unit.Uninstalled, cancel) : stopped;
    });

    public static Task<int> StatusAsync(ServiceUnit unit, CancellationToken cancel) => GuardedAsync(async () =>
    {
        if (unit.File is { } file)
        {
            Console.WriteLine(File.Exists(file.Path) ? $"installed: {file.Path}" : $"not installed: there is no {file.Path}");
        }

        return unit.File is { } made && !File.Exists(made.Path) ? ExitCode.Failed
            : Missing(unit.Status) is { } tool ? await SayAsync($"there is no {tool} here", ExitCode.Failed)
            : await RunAsync(unit.Status, cancel);
    });

    private static async Task<int> RunAsync(IReadOnlyList<ServiceCommandLine> commands, CancellationToken cancel)
    {
        foreach (var command in commands)
        {
            using var process = Process.Start(new ProcessStartInfo(command.Words[0], command.Words.Skip(1)))!; // it speaks for itself: our streams are its own
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
            {
                return await SayAsync($"{command} ended with exit code {process.ExitCode}", ExitCode.Failed);
            }
        }

        return ExitCode.Ok;
    }

    private static string? Missing(IReadOnlyList<ServiceCommandLine> commands)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe"] : [""];
        return commands.Select(c => c.Words[0]).FirstOrDefault(tool => !folders.Any(f => endings.Any(e => File.Exists(Path.Combine(f, tool + e)))));
    }

    private static async Task<int> GuardedAsync(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (StorageFault.Is(e) || e is Win32Exception)
        {
            return await SayAsync(e.Message, ExitCode.Station);
        }
    }

    private static async Task<int> SayAsync(string text, int code)
    {
        await Console.Error.WriteLineAsync($"{CommandLine.Program}: {text}");
        return code;
    }
}
