using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>/animatic/…: what a test asks of the server while it runs. ComfyUI has nothing like it, so it is there on request only.</summary>
internal sealed class ControlRoutes(Machine machine, Action<TimeSpan?> die)
{
    private const double LongestDown = 86_400;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/animatic/faults", (RequestDelegate)(context => Faults().ExecuteAsync(context)));
        routes.MapPost("/animatic/faults", (RequestDelegate)(context => WithBodyAsync(context, SetFaults)));
        routes.MapGet("/animatic/executions", (RequestDelegate)(context => Answers.Json(AnimaticWire.Executions(machine.Executions.All)).ExecuteAsync(context)));
        routes.MapPost("/animatic/kill", (RequestDelegate)(context => WithBodyAsync(context, body => Kill(context, body))));
    }

    private static async Task WithBodyAsync(HttpContext context, Func<JsonNode?, IResult> answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        await answer(text.Length == 0 ? null : JsonNode.Parse(text)).ExecuteAsync(context);
    }

    private IResult Faults() => Answers.Json(AnimaticWire.Faults(machine.Faults.Faults.Select(f => f.ToString())));

    // {"set": ["error@scene-001", …]}
    private IResult SetFaults(JsonNode? body)
    {
        if ((body as JsonObject)?[AnimaticWire.Set] is not JsonArray texts)
        {
            return Answers.Json(AnimaticWire.Error("""send {"set": ["error@scene-001:1", …]}; an empty list ends all faults"""), 400);
        }

        var faults = new List<Fault>();
        foreach (var text in Answers.Texts(texts))
        {
            if (!Fault.TryParse(text, out var fault, out var error))
            {
                return Answers.Json(AnimaticWire.Error(error!), 400);
            }

            faults.Add(fault!);
        }

        machine.Faults.Set(faults);
        return Faults();
    }

    // {"seconds": 3}, or nothing for the usual time. The answer comes first.
    private IResult Kill(HttpContext context, JsonNode? body)
    {
        double? seconds = (body as JsonObject)?[AnimaticWire.Seconds] is JsonValue value && value.TryGetValue<double>(out var given) ? given : null;
        if (seconds is < 0 or > LongestDown)
        {
            return Answers.Json(AnimaticWire.Error($"seconds is {seconds}; allowed: 0 to {LongestDown}"), 400);
        }

        context.Response.OnCompleted(() =>
        {
            die(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
            return Task.CompletedTask;
        });
        return Answers.Empty(202);
    }
}
