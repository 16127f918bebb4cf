using Dailies.Contract;
using Dailies.Dashboard.Access;
using Microsoft.AspNetCore.Http;

namespace Dailies.Dashboard.Api;

/// <summary><c>/healthz</c>: for monitors, which have no token. Whoever has none learns nothing but the status.</summary>
internal sealed class HealthCheck(DashboardOptions options)
{
    /// <summary>Its address.</summary>
    public const string Path = "/healthz";

    private const string RunsReadable = "readable", RunsMissing = "missing", RunsUnreadable = "unreadable";

    /// <summary>200, or 503 where the folder of runs is there and can't be listed.</summary>
    public IResult Answer(HttpContext context)
    {
        var runs = Runs(options.RunsDir);
        var (status, code) = runs == RunsUnreadable ? ("failing", StatusCodes.Status503ServiceUnavailable) : ("ok", StatusCodes.Status200OK);
        context.Response.Headers.CacheControl = "no-store";
        var known = AccessGate.IsKnown(context);
        return TypedResults.Json(new Health(status, known ? options.Program.Version : null, known ? options.Program.Commit : null, known ? runs : null), ContractJson.Camel, statusCode: code);
    }

    private static string Runs(string runsDir)
    {
        try
        {
            using var first = Directory.EnumerateFileSystemEntries(runsDir).GetEnumerator();
            first.MoveNext();
            return RunsReadable;
        }
        catch (DirectoryNotFoundException)
        {
            return System.IO.Path.Exists(runsDir) ? RunsUnreadable : RunsMissing; // it is made with the first run
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RunsUnreadable;
        }
    }
}

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status"><c>ok</c> or <c>failing</c>.</param>
/// <param name="Version">Of the program; null for whoever has not shown the token.</param>
/// <param name="Commit">It was built from this; null where that is not known, and for whoever has not shown the token.</param>
/// <param name="Runs">The folder of runs: <c>readable</c>, <c>missing</c> (no run yet) or <c>unreadable</c>; null for whoever has not shown the token.</param>
public sealed record Health(string Status, string? Version, string? Commit, string? Runs);
