using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Dailies.Animatic.Graph;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>What the server is and has: /system_stats, /features, /object_info, /models, /embeddings.</summary>
internal sealed class InfoRoutes(NodeLibrary library, ServerVersion version)
{
    private const string Checkpoints = "checkpoints";
    private static readonly string[] ModelFolders = [Checkpoints, "configs", "loras", "vae", "text_encoders", "diffusion_models", "clip_vision", "embeddings", "controlnet", "upscale_models"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get("/system_stats", _ => Answers.Json(SystemStats()));
        if (version.IsAsync)
        {
            routes.Get("/features", _ => Answers.Json(AnimaticWire.Features()));
        }

        routes.Get("/embeddings", _ => Answers.Json(new JsonArray()));
        routes.Get("/models", _ => Answers.Json(AnimaticWire.List(ModelFolders)));
        routes.Get("/models/{folder}", context => Models((string)context.Request.RouteValues["folder"]!));
        routes.Get("/object_info", _ => Answers.Json(library.Info));
        routes.Get("/object_info/{name}", context => One((string)context.Request.RouteValues["name"]!));
    }

    private IResult Models(string folder) => folder == Checkpoints
        ? Answers.Json(AnimaticWire.List(library.Checkpoints))
        : ModelFolders.Contains(folder) ? Answers.Json(new JsonArray()) : Answers.Empty(404);

    private IResult One(string name) =>
        Answers.Json(library.Info[name] is { } node ? new JsonObject { [name] = node.DeepClone() } : []);

    private JsonObject SystemStats()
    {
        var (total, free) = Memory();
        var os = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win32" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "darwin" : "linux";
        var animatic = typeof(InfoRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return AnimaticWire.SystemStats(os, total, free, version.Text, animatic);
    }

    private static (long Total, long Free) Memory()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return (total, Math.Max(0, total - Environment.WorkingSet));
    }
}
