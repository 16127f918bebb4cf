using System.ComponentModel;
using Dailies.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dailies.Dashboard.Api;

/// <summary>Every address of the API and of files. They last: what stands here once is not moved.</summary>
internal static class ApiRoutes
{
    /// <summary>Below it lies the API.</summary>
    public const string Root = "/api";

    private const string Json = "application/json";
    private const string OfRun = "A run's id, or latest";
    private const string Names = "The names are those of artifact-metadata.json: schemas/artifact-metadata.2.0.schema.json.";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Describes itself.</summary>
    public static void AddApi(this WebApplicationBuilder builder, DashboardOptions options) => builder.Services.AddOpenApi(api => api.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new() { Title = "Dailies", Version = options.Program.Version, Description = "What rendered in the night. Nothing can be changed here." };
        document.Servers = []; // wherever it was fetched from
        return Task.CompletedTask;
    }));

    /// <summary>Faults become answers; a wrong address of the API gets one of the API's kind.</summary>
    public static void UseApi(this WebApplication app)
    {
        var faults = new ApiFaults(app.Logger);
        app.Use((HttpContext context, RequestDelegate next) => faults.InvokeAsync(context, next));
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Root),
            api => api.UseStatusCodePages(pages => ApiProblem.Of(pages.HttpContext.Response.StatusCode, "nothing is here, or not by this method; see /api/openapi.json").ExecuteAsync(pages.HttpContext)));
    }

    /// <summary>Maps them.</summary>
    public static void MapApi(this WebApplication app, DashboardOptions options)
    {
        var runs = new RunLookup(options.RunsDir);
        MapRuns(app, runs, new RunCatalog(options.RunsDir, options.Clock), new RunDocuments(options.PublicDir));
        MapFiles(app, new RunFiles(runs, options.ArchiveDir));

        var events = new EventStream(runs, options.Clock, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        app.MapMethods($"{Root}/runs/{{id}}/events", Reading, (HttpContext context, [Description(OfRun)] string id, [Description("Only events after this one; Last-Event-ID counts before it")] string? after, [Description("false: end after what has happened so far")] bool? follow) =>
                events.AnswerAsync(context, id, after, follow ?? true))
            .Describe("What happens in a run", "Server-sent events, pushed as they are committed: data is a line of dailies run --json, id the number of the event. A comment comes every 15 s.", "text/event-stream");

        var health = new HealthCheck(options);
        app.MapMethods(HealthCheck.Path, Reading, (HttpContext context) => health.Answer(context))
            .Describe("Whether the dashboard works", "Needs no token; without one the status alone is told. 503 where the folder of runs can't be read.").Produces<Health>(contentType: Json);
        app.MapOpenApi($"{Root}/openapi.json");
    }

    private static void MapRuns(WebApplication app, RunLookup runs, RunCatalog catalog, RunDocuments documents)
    {
        app.MapMethods($"{Root}/runs", Reading, IResult (
            [Description("A part of the run's id, its name or its story's id")] string? search,
            [Description("running, finished, stopped, failed, died or unreadable; several are parted by commas")] string? state,
            [Description("runId, name, state, story, scenes, taken, failed, left, frames, duration, started, ended or bytes; with - before it the other way round; usual: -runId")] string? sort,
            [Description("A whole number from 1")] string? page,
            [Description("Runs on a page, 1 to 500; usual: 50")] string? size) => RunQuery.Read(search, state, sort, page, size) switch
            {
                ({ } query, _) => JsonAnswer.Camel(query.Of(catalog.List())),
                (_, var fault) => ApiProblem.Of(StatusCodes.Status400BadRequest, fault!),
            }).Describe("A page of the runs", "A run has the names of: dailies runs list --json").Produces<RunPage>(contentType: Json).ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapMethods($"{Root}/runs/{{id}}", Reading, ([Description(OfRun)] string id) => Metadata(runs.Find(id)))
            .Describe("A run", $"Its metadata as the ledger tells it now; of a run without a ledger its file. {Names}", Json);
        app.MapMethods($"{Root}/latest", Reading, () => Metadata(runs.Newest())).Describe("The newest run", $"As {Root}/runs/latest. {Names}", Json);
        app.MapMethods($"{Root}/runs/{{id}}/scenes/{{sceneId}}", Reading, IResult ([Description(OfRun)] string id, [Description("For example scene-001")] string sceneId) =>
                runs.Find(id) is not { } run ? ApiProblem.NoRun
                : documents.Scene(run, sceneId) is { } scene ? JsonAnswer.Of(scene)
                : ApiProblem.Of(StatusCodes.Status404NotFound, "there is no such scene"))
            .Describe("A scene of a run", $"One of its Scenes. {Names}", Json);
        app.MapMethods($"/{RunFolder.Metadata}", Reading, () => Metadata(runs.Newest())).Describe("The newest run", $"As {Root}/latest, where pages of version 1 fetch it.", Json);
        app.MapMethods($"/{RunFolder.LatestRun}", Reading, IResult () => documents.Published() is { } published ? JsonAnswer.Of(published) : Metadata(runs.Newest()))
            .Describe("What was published last", $"The file below --public-dir; where there is none, as {Root}/latest.", Json);

        IResult Metadata(RunFolder? run) => run is null ? ApiProblem.NoRun : documents.Metadata(run) is { } json ? JsonAnswer.Of(json) : ApiProblem.Of(StatusCodes.Status404NotFound, "the run has no metadata yet");
    }

    private static void MapFiles(WebApplication app, RunFiles files)
    {
        app.MapMethods("/runs/{id}/files/{**path}", Reading, (HttpContext context, [Description(OfRun)] string id, [Description("Below the run folder")] string? path) => files.File(context, id, path ?? ""))
            .Describe("A file of a run", "Ranges and ETags work. What could run as a page of ours is only ever downloaded.", "application/octet-stream");
        app.MapMethods("/runs/{id}/archive", Reading, (HttpContext context, [Description(OfRun)] string id) => files.Archive(context, id))
            .Describe("The archive of a run", "A zip.", "application/zip");
    }

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary, string description) => route.WithSummary(summary).WithDescription(description);

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary, string description, string type) =>
        route.Describe(summary, description).Produces(StatusCodes.Status200OK, contentType: type).ProducesProblem(StatusCodes.Status404NotFound);
}
