using System.Runtime.CompilerServices;
using System.Text;

using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

/// <summary>The graphs beside the tests (ours, written after the input names of the public nodes), and short ways to make others.</summary>
internal static class Graphs
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Graphs");

    public static string Example { get; } = Path.GetFullPath(Path.Combine(Folder, "..", "..", "..", "..", "examples", "lighthouse"));

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    public static WorkflowTemplate Template(string name) => Template(Bytes(name), name);

    public static WorkflowTemplate Of(string json) => Template(Encoding.UTF8.GetBytes(json), "test.json");

    private static WorkflowTemplate Template(byte[] bytes, string name)
    {
        var reading = WorkflowTemplate.Parse(bytes, name);
        reading.Faults.ShouldBeEmpty();
        return reading.Template.ShouldNotBeNull();
    }

    public static WorkflowBinding Map(string json, WorkflowTemplate template)
    {
        var reading = WorkflowBinding.ReadMap(Encoding.UTF8.GetBytes(json), "map.json", template);
        reading.Faults.ShouldBeEmpty();
        return reading.Binding.ShouldNotBeNull();
    }

    public static SceneValues Scene { get; } = new() { Prompt = "a lighthouse", Negative = "fog", Seed = 4294967295, Prefix = "run/scene-001", Frames = 25, Width = 640, Height = 360 };

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
