using System.ComponentModel;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using Dailies.Comfy;

namespace Dailies.Telemetry;

/// <summary>nvidia-smi of this machine, asked about one station's card where the station itself does not tell its memory. Not installed, failing, hanging, talking nonsense: no figures, never a fault.</summary>
/// <param name="searchPath">Folders to look for the program in, as PATH names them.</param>
/// <param name="uuid">Tells the UUID of the station's card, or its beginning; null where it is not known.</param>
/// <param name="clock">Bounds the wait.</param>
internal sealed partial class NvidiaSmi(string? searchPath, Func<string?> uuid, TimeProvider clock)
{
    /// <summary>The variable that says which cards a program sees.</summary>
    public const string VisibleDevices = "CUDA_VISIBLE_DEVICES";

    // A driver that starts up takes seconds; the GPU waits for this answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int MostBytes = 64 * 1024;
    private static readonly string Program = OperatingSystem.IsWindows() ? "nvidia-smi.exe" : "nvidia-smi";
    private bool hangs; // then it is not asked again: each time would cost the GPU seconds, and leave a program that can't be ended

    /// <summary>Whether it can know a device: an NVIDIA card, or one that nobody has named yet. A CPU, Apple's, Intel's or DirectML's is none of its.</summary>
    public static bool Knows(StationDevice? device) => device is null || device.Type is StationDevice.Cuda;

    /// <summary>The card that a command line, else our own environment, which it inherits, ties a station to by UUID: <c>CUDA_VISIBLE_DEVICES=GPU-…</c>. Numbers are no proof: CUDA counts otherwise than nvidia-smi.</summary>
    public static string? TiedTo(string command, string? inherited)
    {
        var said = Visible().Match(command) is { Success: true } match ? match.Groups[1].Value : inherited ?? "";
        return said.Trim('"', '\'').Split(',')[0].Trim() is var first && Uuids().IsMatch(first) ? first : null;
    }

    /// <summary>The station's card, or null. Never throws but for cancellation.</summary>
    /// <param name="device">The device as the station last told it; null where it never did.</param>
    /// <param name="cancel">Ends the program too.</param>
    public async Task<SmiCard?> AskAsync(StationDevice? device, CancellationToken cancel) =>
        !hangs && Knows(device) && Find() is { } program && await RunAsync(program, cancel) is { } output ? SmiCard.Choose(SmiCard.Read(output), device?.Name, uuid()) : null;

    private string? Find() => (searchPath ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

    private async Task<string?> RunAsync(string program, CancellationToken cancel)
    {
        using var limit = new ClockedPatience(Patience, clock, cancel);
        try
        {
            var output = new MemoryStream();
            var result = await Cli.Wrap(program)
                .WithArguments([$"--query-gpu={SmiCard.Columns}", "--format=csv,noheader,nounits"])
                .WithEnvironmentVariables(e => e.Set("LC_ALL", "C"))
                .WithStandardOutputPipe(PipeTarget.Create((source, token) => ReadAsync(source, output, token)))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limit.Token).Task.WaitAsync(limit.Token);
            return result.ExitCode == 0 ? Encoding.UTF8.GetString(output.ToArray()) : null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            hangs = true;
            return null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return null; // no program that can be run
        }
    }

    // What talks without end is not kept; it is read on, so that it can end.
    private static async Task ReadAsync(Stream source, MemoryStream output, CancellationToken cancel)
    {
        var buffer = new byte[8192];
        while (await source.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            output.Write(buffer, 0, (int)Math.Min(read, MostBytes - output.Length));
        }
    }

    [GeneratedRegex(@"\b" + VisibleDevices + @"=(""[^""]*""|'[^']*'|[^\s;&|]*)")]
    private static partial Regex Visible();

    [GeneratedRegex("^GPU-[0-9A-Fa-f-]{4,}$")]
    private static partial Regex Uuids();
}
