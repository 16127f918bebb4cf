using System.Globalization;
using System.Reflection;
using Dailies.Contract;

namespace Dailies.Cli.Glossary;

/// <summary>Files and folders of a run, scene 1 and attempt 1 for all.</summary>
internal static class FileTopics
{
    // Constants that are a name's beginning or end, or a word of the command line.
    private static readonly string[] NoFiles = [nameof(RunFolder.RequestSuffix), nameof(RunFolder.FramesStart), nameof(RunFolder.Latest)];

    private static readonly Dictionary<string, object?> Arguments = new()
    {
        ["sceneId"] = "scene-001",
        ["attempt"] = 1,
        ["page"] = 1,
        ["number"] = 1,
        ["extension"] = ".mp4",
        ["suite"] = CheckRecord.ComfyUI,
        ["runId"] = "<RunId>",
        ["at"] = new DateTimeOffset(2026, 11, 24, 3, 15, 2, TimeSpan.Zero),
    };

    public static IReadOnlyList<Topic> All { get; } =
    [
        .. from file in typeof(RunFolder).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).OrderBy(m => m is MethodInfo)
           let path = PathOf(file)
           where path is not null
           let doc = CodeDocs.Core.Of(file)
           select new Topic(path, Families.File, doc.Meaning, doc.Source is null ? [] : [new Fact("comes from", doc.Source)]) { Aliases = [path.Split('/')[^1]] },
    ];

    private static string? PathOf(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field when !NoFiles.Contains(field.Name) && !field.Name.EndsWith("Start", StringComparison.Ordinal) => (string)field.GetRawConstantValue()!,
        MethodInfo method when method.ReturnType == typeof(string) && method.Name is not (nameof(RunFolder.Shown) or nameof(RunFolder.SceneId)) =>
            Call(method),
        _ => null,
    };

    private static string Call(MethodInfo method) => Convert.ToString(
        method.Invoke(null, [.. method.GetParameters().Select(p => Arguments[p.Name!])]), CultureInfo.InvariantCulture)!;
}
