using System.Text;
using System.Text.Json.Nodes;
using Dailies.Animatic.Graph;
using Dailies.Animatic.Queueing;
using Microsoft.AspNetCore.Http;

namespace Dailies.Animatic.Routes;

/// <summary>What goes wrong at POST /prompt, once the graph was found good.</summary>
internal sealed class SubmitFaults(NodeLibrary library, PromptQueue queue, FaultPlan faults, HeldAnswers held)
{
    private const string ProxyPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

    /// <summary>The answer in place of queueing; null when the prompt is to be queued.</summary>
    public IResult? Instead(QueuedPrompt prompt)
    {
        if (Stranger(prompt) is { } id && queue.Look() is var (running, pending) && !running.Concat(pending).Any(p => p.IsStranger))
        {
            queue.Add(StrangerBefore(prompt, id));
        }

        return On(FaultKind.Refuse, prompt) ? Refusal(prompt)
            : On(FaultKind.ResetOnPost, prompt) ? new Reset()
            : On(FaultKind.ServerError, prompt) ? Trouble()
            : On(FaultKind.TooManyRequests, prompt) ? Text("429: Too Many Requests", 429)
            : On(FaultKind.Unauthorized, prompt) ? Text("401: Unauthorized", 401)
            : On(FaultKind.HtmlBadGateway, prompt) ? Results.Text(ProxyPage, "text/html", Encoding.UTF8, 502)
            : On(FaultKind.Redirect, prompt) ? Results.Redirect("http://127.0.0.1:1/elsewhere")
            : On(FaultKind.QueueCleared, prompt) ? Answers.Json(AnimaticWire.Accepted(prompt.Id, prompt.Number.ToNode(), []))
            : null;
    }

    /// <summary>The answer though the prompt is queued; null for the usual one.</summary>
    public IResult? After(QueuedPrompt prompt) =>
        On(FaultKind.ResetAfterAccept, prompt) ? new Reset()
        : On(FaultKind.HalfOpen, prompt) ? new NoAnswer(held)
        : On(FaultKind.ServerErrorButQueued, prompt) ? Trouble()
        : On(FaultKind.NodeErrors, prompt) ? Answers.Json(AnimaticWire.Accepted(prompt.Id, prompt.Number.ToNode(), DroppedOutput()))
        : null;

    private bool On(FaultKind kind, QueuedPrompt prompt) => faults.Bites(kind, prompt.Tag);

    private string? Stranger(QueuedPrompt prompt) =>
        On(FaultKind.StrangerStuck, prompt) ? QueuedPrompt.StuckStrangerId : On(FaultKind.StrangerAhead, prompt) ? QueuedPrompt.StrangerId : null;

    private static QueuedPrompt StrangerBefore(QueuedPrompt ours, string id) => new(
        new PromptNumber(ours.Number.Value - 0.5, Whole: false), id, AnimaticWire.StrangersGraph(), new JsonObject { [AnimaticWire.CreateTime] = 0 }, ["2"]);

    private static IResult Trouble() => Text(AnimaticWire.Trouble, 500);

    private static IResult Text(string text, int status) => Results.Text(text, "text/plain", Encoding.UTF8, status);

    // As if the graph had a second SaveImage whose input is missing.
    private static JsonObject DroppedOutput()
    {
        var missing = AnimaticWire.Fault(AnimaticWire.InputMissing, "Required input is missing", "images", new JsonObject { [AnimaticWire.InputName] = "images" });
        var node = AnimaticWire.NodeFault([missing], "SaveImage");
        AnimaticWire.AddDependent(node, "99");
        return new JsonObject { ["99"] = node };
    }

    // The shape of a checkpoint that is not on the server, at the loader if the graph has one.
    private IResult Refusal(QueuedPrompt prompt)
    {
        var loader = library.Find("CheckpointLoaderSimple")!.Inputs[0];
        var blamed = prompt.Graph.FirstOrDefault(n => QueuedPrompt.Text(n.Value![AnimaticWire.ClassType]) == "CheckpointLoaderSimple");
        var id = blamed.Key ?? prompt.Outputs[0];
        var received = blamed.Value?[AnimaticWire.Inputs]![loader.Name];
        var input = loader with { Config = new JsonArray(new JsonArray(), new JsonObject()) };
        var node = AnimaticWire.NodeFault([InputCheck.NotInList(input, received)], QueuedPrompt.Text(prompt.Graph[id]![AnimaticWire.ClassType]));
        foreach (var output in prompt.Outputs)
        {
            AnimaticWire.AddDependent(node, output);
        }

        var error = AnimaticWire.Fault(AnimaticWire.OutputsFailed, "Prompt outputs failed validation", "");
        return Answers.Json(AnimaticWire.Refused(error, new JsonObject { [id] = node }), 400);
    }

    /// <summary>The connection is reset in place of an answer.</summary>
    private sealed class Reset : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Abort();
            return Task.CompletedTask;
        }
    }
}
