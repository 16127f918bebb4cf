using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dailies.Animatic.Routes;

/// <summary>What every request passes: the Origin check, and aiohttp's words for trouble.</summary>
internal static class Gate
{
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(3);

    public static void Install(WebApplication app, FaultPlan faults, HeldAnswers held)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Headers.Upgrade.Count == 0 && faults.Bites(FaultKind.SlowAnswers))
            {
                context.Response.OnStarting(() => held.HoldAsync(LateBy, context.RequestAborted));
            }

            return next(context);
        });
        app.Use(GuardAsync);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero }); // ComfyUI sends no pings
        app.UseRouting();
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsForeign(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
            await context.Response.WriteAsync(e.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            // ComfyUI answers any exception of a handler this way; its clients must live with it, so ours must be able to meet it.
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(AnimaticWire.Trouble);
        }

        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            await context.Response.WriteAsync("405: Method Not Allowed");
        }
    }

    // A web page of another origin must not reach a server on loopback (ComfyUI since v0.2.3). No Origin at all is fine.
    private static bool IsForeign(HttpRequest request)
    {
        var host = request.Host;
        var loopback = host.Host == "localhost" || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        return loopback
            && request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Host == host.Host.Trim('[', ']') && from.Port == (host.Port ?? from.Port));
    }
}
