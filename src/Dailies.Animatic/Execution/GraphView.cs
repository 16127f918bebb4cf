using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dailies.Animatic.Graph;

namespace Dailies.Animatic.Execution;

/// <summary>A checked graph, with the questions that running it asks.</summary>
internal sealed class GraphView(JsonObject graph, NodeLibrary library)
{
    private readonly Dictionary<string, string> _signatures = [];

    public IEnumerable<string> Ids => graph.Select(n => n.Key);

    public string ClassOf(string id) => graph[id]![AnimaticWire.ClassType]!.GetValue<string>();

    public NodeDefinition Definition(string id) => library.Find(ClassOf(id))!;

    public bool IsOutput(string id) => Definition(id).IsOutput;

    public JsonNode? Input(string id, string name) => graph[id]![AnimaticWire.Inputs]![name];

    public IEnumerable<(string Name, string From, int Slot)> Links(string id)
    {
        foreach (var input in Definition(id).Inputs)
        {
            if (Input(id, input.Name) is JsonArray link && PythonText.TryInt(link[1], out var slot, out _))
            {
                yield return (input.Name, link[0]!.GetValue<string>(), (int)slot);
            }
        }
    }

    /// <summary>The nodes and all that they need. The others were never checked: nothing may be asked about them.</summary>
    public IReadOnlySet<string> Above(IEnumerable<string> ids)
    {
        var found = new HashSet<string>();
        var stack = new Stack<string>(ids);
        while (stack.TryPop(out var id))
        {
            if (found.Add(id))
            {
                Links(id).ToList().ForEach(l => stack.Push(l.From));
            }
        }

        return found;
    }

    /// <summary>Equal for nodes of the same class whose inputs are equal all the way up: what the cache goes by.</summary>
    public string Signature(string id)
    {
        if (!_signatures.TryGetValue(id, out var known))
        {
            var links = Links(id).ToDictionary(l => l.Name);
            var inputs = Definition(id).Inputs.Select(i =>
                links.TryGetValue(i.Name, out var l) ? $"{i.Name}<{Signature(l.From)}#{l.Slot}>" : $"{i.Name}={AnimaticWire.Text(Input(id, i.Name))}");
            var text = $"{ClassOf(id)}({string.Join(',', inputs)})";
            known = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            _signatures[id] = known;
        }

        return known;
    }
}
