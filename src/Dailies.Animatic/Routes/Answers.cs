using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>How answers look and bodies are read, the same for every route.</summary>
internal static class Answers
{
    private static readonly string[] Read = ["GET", "HEAD"];

    /// <summary>Every route answers under /api too.</summary>
    private static readonly string[] Prefixes = ["", "/api"];

    public static IResult Json(JsonNode node, int status = 200) => Results.Text(AnimaticWire.Text(node), "application/json", Encoding.UTF8, status);

    public static IResult Empty(int status = 200) => Results.StatusCode(status);

    public static void Get(this IEndpointRouteBuilder routes, string path, Func<HttpContext, IResult> answer)
    {
        foreach (var prefix in Prefixes)
        {
            routes.MapMethods(prefix + path, Read, (RequestDelegate)(context => answer(context).ExecuteAsync(context)));
        }
    }

    /// <summary>A POST with a JSON body, whatever its Content-Type; no JSON is a 500, as in ComfyUI.</summary>
    public static void Post(this IEndpointRouteBuilder routes, string path, Func<JsonNode?, IResult> answer) =>
        routes.PostText(path, text => answer(JsonNode.Parse(text, documentOptions: AnimaticWire.Reading)));

    public static void PostText(this IEndpointRouteBuilder routes, string path, Func<string, IResult> answer)
    {
        foreach (var prefix in Prefixes)
        {
            routes.MapPost(prefix + path, (RequestDelegate)(async context =>
            {
                using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                await answer(await reader.ReadToEndAsync(context.RequestAborted)).ExecuteAsync(context);
            }));
        }
    }

    public static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    /// <summary>The texts of a list; a text in place of a list is walked letter by letter, as Python does.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(Graph.PythonText.Str),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>().Select(c => c.ToString()),
        _ => [],
    };
}
