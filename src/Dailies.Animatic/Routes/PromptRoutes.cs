using System.Text.Json.Nodes;
using Dailies.Animatic.Graph;
using Dailies.Animatic.Queueing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>GET and POST /prompt.</summary>
internal sealed class PromptRoutes(NodeLibrary library, PromptQueue queue, SubmitFaults faults, ServerVersion version, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/prompt", _ => Answers.Json(AnimaticWire.QueueInfo(queue.Remaining)));
        routes.Post("/prompt", Submit);
    }

    private IResult Submit(JsonNode? body)
    {
        if (body is null || (body is JsonValue value && QueuedPrompt.Text(value) is null))
        {
            throw new GraphTrouble("TypeError", "argument is not iterable");
        }

        var post = body as JsonObject;
        var number = NumberOf(post);
        if (post?.ContainsKey(AnimaticWire.Prompt) != true)
        {
            return Refused(AnimaticWire.Fault(AnimaticWire.NoPrompt, "No prompt provided", "No prompt provided"), []);
        }

        var graph = (JsonObject)post[AnimaticWire.Prompt]!.DeepClone();
        var targets = post[AnimaticWire.PartialTargets] is JsonArray list ? Answers.Texts(list).ToList() : null;
        var verdict = new GraphCheck(library, graph).Check(targets);
        if (verdict.Error is not null)
        {
            return Refused(verdict.Error, verdict.NodeErrors);
        }

        var prompt = new QueuedPrompt(number, IdOf(post), graph, ExtraOf(post), verdict.Outputs);
        if (faults.Instead(prompt) is { } refusal)
        {
            return refusal;
        }

        if (!queue.Add(prompt))
        {
            throw new GraphTrouble("TypeError", "'<' not supported between instances of 'dict' and 'dict'");
        }

        return faults.After(prompt) ?? Answers.Json(AnimaticWire.Accepted(prompt.Id, number.ToNode(), verdict.NodeErrors));
    }

    // A number from the client is taken as it is; else the server counts, refused prompts too, and `front` makes it negative.
    private PromptNumber NumberOf(JsonObject? post)
    {
        if (post?.ContainsKey(AnimaticWire.Number) == true)
        {
            return PythonText.TryFloat(post[AnimaticWire.Number], out var given, out var error)
                ? new PromptNumber(given, Whole: false)
                : throw new GraphTrouble("ValueError", error);
        }

        var counted = queue.NextNumber();
        return new PromptNumber(Answers.IsTrue(post?[AnimaticWire.Front]) ? -counted : counted, Whole: true);
    }

    private string IdOf(JsonObject post) => version.IsAsync && post.TryGetPropertyValue(AnimaticWire.PromptId, out var id)
        ? PythonText.Str(id)
        : Guid.NewGuid().ToString();

    private JsonObject ExtraOf(JsonObject post)
    {
        var extra = post.TryGetPropertyValue(AnimaticWire.ExtraData, out var given) ? (JsonObject)given!.DeepClone() : [];
        if (post.TryGetPropertyValue(AnimaticWire.ClientId, out var client))
        {
            extra[AnimaticWire.ClientId] = client?.DeepClone();
        }

        foreach (var secret in AnimaticWire.Secrets)
        {
            extra.Remove(secret);
        }

        if (version.StampsPrompts)
        {
            extra[AnimaticWire.CreateTime] = clock.GetUtcNow().ToUnixTimeMilliseconds();
        }

        return extra;
    }

    private static IResult Refused(JsonObject error, JsonObject nodeErrors) => Answers.Json(AnimaticWire.Refused(error, nodeErrors), 400);
}
