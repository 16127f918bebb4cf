using System.Reflection;
using Dailies.Contract;

namespace Dailies.Cli.Glossary;

/// <summary>Fallback notes: what varies in them stands between angle brackets.</summary>
internal static class NoteTopics
{
    public static IReadOnlyList<Topic> All { get; } =
    [
        .. from member in typeof(FallbackNotes).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let doc = CodeDocs.Core.Of(member)
           from text in Texts(member)
           select new Topic(text, Families.Note, doc.Meaning,
           [
               new Fact("comes from", doc.Source ?? ""), new Fact("stands in", "`System.FallbackNotes` and the scene's Telemetry line, behind `fallback=`"), new Fact("what to do", doc.Advice ?? ""),
           ])
           { Aliases = [member.Name] },
    ];

    /// <summary>Whether a note as it stands in a file is this one.</summary>
    public static bool Answers(Topic note, string text)
    {
        var parts = note.Name.Split('<', '>');
        return parts.Length == 3 && text.Length >= parts[0].Length + parts[2].Length
            && text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase) && text.EndsWith(parts[2], StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Texts(MemberInfo member) => member switch
    {
        FieldInfo field => [(string)field.GetRawConstantValue()!],
        MethodInfo method when method.GetParameters() is [{ Name: "moment" }] => [Call(method, "before"), Call(method, "after")],
        MethodInfo method when method.GetParameters() is [{ ParameterType: var type, Name: var name }] && type == typeof(double) => [Call(method, double.NaN).Replace("NaN", $"<{name}>", StringComparison.Ordinal)],
        MethodInfo method => [Call(method, $"<{method.GetParameters()[0].Name}>")],
        _ => [],
    };

    private static string Call(MethodInfo method, object argument) => (string)method.Invoke(null, [argument])!;
}
