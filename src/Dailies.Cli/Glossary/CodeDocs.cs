using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dailies.Contract;

namespace Dailies.Cli.Glossary;

/// <summary>What the code says about one published name. Code words stand between backticks.</summary>
/// <param name="Meaning">The <c>summary</c>, or the <c>param</c> of a record.</param>
/// <param name="Unit">The <c>unit</c>, where the name does not say it.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Next">What Dailies does then.</param>
/// <param name="Advice">What a person can do.</param>
internal sealed record DocText(string Meaning, string? Unit, string? Source, string? Next, string? Advice);

/// <summary>The XML docs of the core, embedded at the build: the one place where the meaning of a published name stands. Help, page and schemas are made of it.</summary>
internal sealed partial class CodeDocs
{
    private const string Resource = "Dailies.xml";
    private readonly Dictionary<string, XElement> members;

    private CodeDocs(XDocument document) =>
        members = document.Descendants("member").GroupBy(m => m.Attribute("name")!.Value).ToDictionary(g => g.Key, g => g.First());

    /// <summary>The docs of the core.</summary>
    public static CodeDocs Core { get; } = Read();

    /// <summary>Of a type.</summary>
    public DocText Of(Type type) => Text(members.GetValueOrDefault("T:" + Name(type)), null);

    /// <summary>Of a field, property or method; what it leaves open its type says.</summary>
    public DocText Of(MemberInfo member)
    {
        var own = member is PropertyInfo && Parameter(member) is { } parameter ? parameter : members.GetValueOrDefault(Id(member));
        return Text(own, members.GetValueOrDefault("T:" + Name(member.DeclaringType!)));
    }

    private static CodeDocs Read()
    {
        using var stream = typeof(CodeDocs).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the program: it is embedded by the build");
        return new CodeDocs(XDocument.Load(stream));
    }

    private XElement? Parameter(MemberInfo property) =>
        members.GetValueOrDefault("T:" + Name(property.DeclaringType!))?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name);

    private static string Id(MemberInfo member) => member switch
    {
        MethodInfo method when method.GetParameters() is { Length: > 0 } parameters =>
            $"M:{Name(method.DeclaringType!)}.{method.Name}({string.Join(',', parameters.Select(p => Signature(p.ParameterType)))})",
        MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}",
        PropertyInfo => $"P:{Name(member.DeclaringType!)}.{member.Name}",
        _ => $"F:{Name(member.DeclaringType!)}.{member.Name}",
    };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Signature(Type type) => !type.IsGenericType ? Name(type)
        : $"{Name(type.GetGenericTypeDefinition()).Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(Signature))}}}";

    private static DocText Text(XElement? own, XElement? type)
    {
        var meaning = own is null ? "" : own.Name == "param" ? Words(own) : Words(own.Element("summary"));
        return new DocText(meaning, Tag("unit"), Tag("source"), Tag("next"), Tag("advice"));

        string? Tag(string name) => (own?.Element(name) ?? type?.Element(name)) is { } found ? Words(found) : null;
    }

    // Elements that have a meaning of their own are no part of the sentence.
    private static string Words(XElement? element) => element is null ? "" : Space().Replace(string.Concat(element.Nodes().Select(Word)), " ").Trim();

    private static string Word(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{Referred(see)}`",
        XElement { Name.LocalName: "paramref" } name => $"`{name.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "unit" or "source" or "next" or "advice" } => "",
        XElement other => Words(other),
        _ => "",
    };

    // P:Dailies.Contract.QueueConfig.HistoryMaxWaitSeconds is QueueConfig.HistoryMaxWaitSeconds, but a property of telemetry or scene goes by its own name.
    private static string Referred(XElement see)
    {
        var name = see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? "";
        var parts = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0].Split('.');
        return name.StartsWith("P:", StringComparison.Ordinal) && parts[^2] is nameof(QueueConfig) ? $"{parts[^2]}.{parts[^1]}" : parts[^1];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
