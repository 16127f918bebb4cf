using System.Globalization;
using System.Net.Mime;
using System.Text;
using Dailies.Dashboard.Api;
using Microsoft.AspNetCore.Http;

namespace Dailies.Dashboard.Access;

/// <summary>Stands before everything else: asks where a request comes from, and for the token.</summary>
internal sealed class AccessGate(ServePlan plan, TimeProvider clock)
{
    private static readonly TimeSpan CookieAge = TimeSpan.FromDays(30);
    private static readonly object Mark = new();
    private readonly HostNames hosts = new(plan, Environment.MachineName);
    private readonly WrongTokens wrong = new(clock);

    /// <summary>Whether the request has shown the token, or needs none.</summary>
    public static bool IsKnown(HttpContext context) => context.Items.ContainsKey(Mark);

    /// <summary>Lets the request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state => SecurityHeaders.SetAsync((HttpContext)state), context);
        var origin = OriginOf(context);
        if (OriginDecision.Refusal(origin, hosts) is var (status, why))
        {
            await ApiProblem.Of(status, why).ExecuteAsync(context);
            return;
        }

        if (plan.Token is not { } token)
        {
            await LetInAsync(context, next);
            return;
        }

        var shown = await ShownToken.ReadAsync(context, origin.Reads);
        var (verdict, wait) = shown.How is Showing.Nothing
            ? (TokenVerdict.Wrong, TimeSpan.Zero)
            : wrong.Judge(context.Connection.RemoteIpAddress, shown.Value, shown.How is Showing.Cookie ? token.IsCookie : token.Is);
        await ((shown.How, verdict) switch
        {
            (Showing.Header or Showing.Cookie, TokenVerdict.Right) => LetInAsync(context, next),
            (_, TokenVerdict.Right) => EnterAsync(context, token, origin.Site, shown.How),
            (Showing.Nothing, _) when context.Request.Path == HealthCheck.Path => next(context),
            (_, TokenVerdict.TooMany) => AskAsync(context, StatusCodes.Status429TooManyRequests, "Too many wrong tokens: try again in a minute.", wait),
            (Showing.Nothing, _) => AskAsync(context, StatusCodes.Status401Unauthorized, "This dashboard asks for its token."),
            _ => AskAsync(context, StatusCodes.Status401Unauthorized, "That is not the token."),
        });
    }

    private static Task LetInAsync(HttpContext context, RequestDelegate next)
    {
        context.Items[Mark] = true;
        return next(context);
    }

    private static RequestOrigin OriginOf(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Request.Headers);
        return new RequestOrigin(
            request.Method, request.Host.Value ?? "", headers.Upgrade.Count > 0, Text("Origin"),
            Text("Sec-Fetch-Site"), Text("Sec-Fetch-Mode"), Text("Sec-Fetch-Dest"));

        string? Text(string name) => headers.TryGetValue(name, out var values) ? values.ToString() : null;
    }

    private static Task EnterAsync(HttpContext context, AccessToken token, string? site, Showing how)
    {
        var (request, response) = (context.Request, context.Response);
        response.Cookies.Append(ShownToken.CookieName(context), token.Cookie, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            // A proxy that speaks https for us says so; whoever forges the header only loses their own cookie.
            Secure = request.IsHttps || string.Equals(request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase),
            MaxAge = CookieAge,
            Path = "/",
        });
        response.Headers.CacheControl = "no-store";
        var to = how is Showing.Form ? LocalPath.Of(request.Query[AccessPage.To]) : CleanAddress(request);
        if (site is "cross-site" or "same-site")
        {
            return WritePageAsync(context, StatusCodes.Status200OK, AccessPage.GoOn(to));
        }

        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = to;
        return Task.CompletedTask;
    }

    private static Task AskAsync(HttpContext context, int status, string why, TimeSpan? wait = null)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.CacheControl = "no-store";
        headers.WWWAuthenticate = status == StatusCodes.Status401Unauthorized ? "Bearer" : default;
        if (wait is { } left)
        {
            headers.RetryAfter = Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var person = request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments(ApiRoutes.Root);
        var to = request.Path == AccessPage.Path ? LocalPath.Of(request.Query[AccessPage.To]) : CleanAddress(request);
        return person ? WritePageAsync(context, status, AccessPage.Ask(to, why)) : ApiProblem.Of(status, why).ExecuteAsync(context);
    }

    private static string CleanAddress(HttpRequest request) => LocalPath.Of(
        request.Path.ToUriComponent() + QueryString.Create(request.Query.Where(q => !q.Key.Equals(AccessPage.Token, StringComparison.OrdinalIgnoreCase))).ToUriComponent());

    private static Task WritePageAsync(HttpContext context, int status, string page)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(page, Encoding.UTF8, context.RequestAborted);
    }
}
