using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dailies.Dashboard.Api;

/// <summary>What went wrong, as RFC 9457's <c>application/problem+json</c>.</summary>
internal static class ApiProblem
{
    /// <summary>With a sentence for people. It never holds a path of this machine.</summary>
    public static ProblemHttpResult Of(int status, string why) => TypedResults.Problem(detail: why, statusCode: status);

    /// <summary>There is no such run.</summary>
    public static ProblemHttpResult NoRun { get; } = Of(StatusCodes.Status404NotFound, "there is no such run");

    /// <summary>There is no such file.</summary>
    public static ProblemHttpResult NoFile { get; } = Of(StatusCodes.Status404NotFound, "there is no such file");
}
