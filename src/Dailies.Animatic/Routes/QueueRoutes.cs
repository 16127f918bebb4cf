using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Animatic.Execution;
using Dailies.Animatic.Queueing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>/queue, /history, /interrupt and /free.</summary>
internal sealed class QueueRoutes(PromptQueue queue, Worker worker, HistoryFaults faults, ServerVersion version)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/queue", _ => Queue());
        routes.Post("/queue", body => Change(body, queue.Clear, queue.Delete));
        routes.Get("/history", History);
        routes.Get("/history/{**id}", context => One(Uri.UnescapeDataString((string)context.Request.RouteValues["id"]!)));
        routes.Post("/history", body => Change(
            body, () => queue.WithHistory(h => { h.Clear(); return 0; }), id => queue.WithHistory(h => { h.Delete(id); return 0; })));
        routes.PostText("/interrupt", Interrupt);
        routes.Post("/free", Free);
    }

    private IResult Queue()
    {
        var (running, pending) = queue.Look();
        return Answers.Json(AnimaticWire.Queue(running.Select(p => p.ToItem()), pending.Select(p => p.ToItem())));
    }

    // {"clear": true} and/or {"delete": [ids]}
    private static IResult Change(JsonNode? body, Action clear, Action<string> delete)
    {
        var orders = (JsonObject)body!;
        if (Answers.IsTrue(orders[AnimaticWire.Clear]))
        {
            clear();
        }

        foreach (var id in Answers.Texts(orders[AnimaticWire.Delete]))
        {
            delete(id);
        }

        return Answers.Empty();
    }

    private IResult History(HttpContext context)
    {
        var most = Number(context, "max_items");
        var offset = (version.HasOffset ? Number(context, "offset") : null) ?? -1;
        return Answers.Json(queue.WithHistory(h => h.List(most, offset)));
    }

    private IResult One(string id) => queue.WithHistory(h => h.Find(id)?.DeepClone()) is JsonObject entry
        ? faults.Answer(id, entry)
        : Answers.Json(new JsonObject());

    // An unreadable body means whatever runs; a list is one of ComfyUI's 500s.
    private IResult Interrupt(string text)
    {
        JsonNode? body = null;
        try
        {
            body = JsonNode.Parse(text, documentOptions: AnimaticWire.Reading);
        }
        catch (JsonException)
        {
            body = new JsonObject();
        }

        var id = ((JsonObject)body!)[AnimaticWire.PromptId];
        queue.Interrupt(id is null || !version.InterruptsById ? null : Graph.PythonText.Str(id));
        return Answers.Empty();
    }

    private IResult Free(JsonNode? body)
    {
        if (Answers.IsTrue(((JsonObject)body!)[AnimaticWire.FreeMemory]))
        {
            worker.Forget();
        }

        return Answers.Empty();
    }

    private static int? Number(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
