using Dailies.Animatic.Queueing;
using Dailies.Animatic.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dailies.Animatic.Routes;

/// <summary>GET /ws.</summary>
internal sealed class SocketRoute(SocketBoard sockets, PromptQueue queue, FaultPlan faults, CancellationToken life)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ws", ServeAsync);
        routes.MapGet("/api/ws", ServeAsync);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (faults.Bites(FaultKind.NoSocket))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".");
            return;
        }

        var id = context.Request.Query[AnimaticWire.SocketId].ToString();
        // Nothing secret and attacker-chosen meet in one message here, so compression is safe; ComfyUI takes it when offered, too.
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { DangerousEnableCompression = true });
        await sockets.ServeAsync(socket, id.Length > 0 ? id : Guid.NewGuid().ToString("N"), () => queue.Remaining, faults.Bites(FaultKind.SocketSilent), life);
    }
}
