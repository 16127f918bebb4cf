using System.Runtime.CompilerServices;

namespace Dailies.Tests;

/// <summary>Recorded traffic of real ComfyUI servers, read from the source tree (see Recorded/README.md).</summary>
internal static class Recordings
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Recorded");

    public static byte[] Body(string name) => File.ReadAllBytes(Path.Combine(Folder, "bodies", name));

    public static string[] Frames(string name) => File.ReadAllLines(Path.Combine(Folder, "frames", name));

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
