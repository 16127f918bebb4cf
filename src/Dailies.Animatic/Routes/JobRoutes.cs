using System.Globalization;
using Dailies.Animatic.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>GET /api/jobs and /api/jobs/{id}: queue and history as one list (only under /api, as in ComfyUI).</summary>
internal sealed class JobRoutes(PromptQueue queue)
{
    private static readonly string[] States = ["pending", "in_progress", "completed", "failed"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/jobs", (RequestDelegate)(context => List(context.Request.Query).ExecuteAsync(context)));
        routes.MapGet("/api/jobs/{**id}", (RequestDelegate)(context => One((string)context.Request.RouteValues["id"]!).ExecuteAsync(context)));
    }

    private IResult List(IQueryCollection query)
    {
        var states = query["status"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (states.Except(States).ToList() is { Count: > 0 } bad)
        {
            return Answers.Json(AnimaticWire.Error($"Invalid status value(s): {string.Join(", ", bad)}. Valid values: {string.Join(", ", States)}"), 400);
        }

        if (!Limit(query["limit"].ToString(), out var limit))
        {
            return Answers.Json(AnimaticWire.Error("limit must be a positive integer"), 400);
        }

        _ = int.TryParse(query["offset"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset);
        var jobs = Jobs().Where(j => states.Length == 0 || states.Contains(j.State)).OrderByDescending(j => j.Created).ToList();
        var page = jobs.Skip(offset).Take(limit ?? int.MaxValue).ToList();
        return Answers.Json(AnimaticWire.Jobs(page.Select(j => j.ToNode()), offset, limit, jobs.Count, offset + page.Count < jobs.Count));
    }

    private IResult One(string id) => Jobs().FirstOrDefault(j => j.Id == id) is { } job
        ? Answers.Json(job.ToNode(whole: true))
        : Answers.Json(AnimaticWire.Error("Job not found"), 404);

    private List<Job> Jobs()
    {
        var (running, pending) = queue.Look();
        return
        [
            .. pending.Select(p => new Job("pending", p.ToItem())),
            .. running.Select(p => new Job("in_progress", p.ToItem())),
            .. queue.WithHistory(h => h.All).Select(e => new Job(e.Value)),
        ];
    }

    private static bool Limit(string text, out int? limit)
    {
        limit = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        return text.Length == 0 || limit > 0;
    }
}
