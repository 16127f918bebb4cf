using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dailies.Dashboard.Api;

/// <summary>What goes wrong behind the gate becomes an answer, with its headers; what is our own fault is logged too.</summary>
internal sealed class ApiFaults(ILogger logger)
{
    /// <summary>Answers for whoever threw.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await (e switch
            {
                OperationCanceledException when context.RequestAborted.IsCancellationRequested => Task.CompletedTask,
                BadHttpRequestException bad => ApiProblem.Of(bad.StatusCode, "the request can't be read").ExecuteAsync(context),
                IOException or UnauthorizedAccessException or SqliteException or JsonException =>
                    ApiProblem.Of(StatusCodes.Status500InternalServerError, "a file of the run can't be read").ExecuteAsync(context),
                _ => OurOwn(context, e),
            });
        }
    }

    private Task OurOwn(HttpContext context, Exception e)
    {
        // The path alone: a query could hold a token.
        logger.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        return ApiProblem.Of(StatusCodes.Status500InternalServerError, "that is a fault of the program; its log says more").ExecuteAsync(context);
    }
}
