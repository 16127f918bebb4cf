namespace Dailies.Takes;

/// <summary>ffmpeg and ffprobe as found on PATH; null where they are not installed.</summary>
public sealed record VideoTools(string? Ffmpeg, string? Ffprobe)
{
    /// <summary>Looks through PATH.</summary>
    public static VideoTools Find() => new(OnPath("ffmpeg"), OnPath("ffprobe"));

    /// <summary>What to say, and the command that installs them.</summary>
    public static string Missing(string program) => $"{program} is not installed; {Install()}";

    private static string Install() =>
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt-get install ffmpeg";

    private static string? OnPath(string program)
    {
        var file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
