using System.Text.Json.Nodes;

namespace Dailies.Animatic.Graph;

/// <summary>Where ComfyUI's own code trips over a graph: the Python exception that its answers quote.</summary>
internal sealed class GraphTrouble(string pythonType, string message) : Exception(message)
{
    public JsonObject Fault(string type, string words, JsonObject extra)
    {
        extra[AnimaticWire.ExceptionType] = pythonType;
        extra[AnimaticWire.Traceback] = AnimaticWire.List(["  Animatic, validating the graph\n"]);
        return AnimaticWire.Fault(type, words, Message, extra);
    }
}
