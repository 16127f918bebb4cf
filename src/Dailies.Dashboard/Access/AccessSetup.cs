using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dailies.Dashboard.Access;

/// <summary>Puts the gate before the dashboard, and lets it listen where the plan says and nowhere else.</summary>
internal static class AccessSetup
{
    // Ctrl-C ends us within a second, however many pages are open; nothing of a page needs to be saved.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(400);
    private const long MostBody = 8 * 1024 * 1024;

    /// <summary>Listens, logs errors alone, keeps keys in memory.</summary>
    public static void AddAccess(this WebApplicationBuilder builder, ServePlan plan)
    {
        // Neither ASPNETCORE_URLS nor an appsettings.json of the working folder may open another address.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBody;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            foreach (var address in plan.Listen)
            {
                Listen(kestrel, address);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // At Information an address is logged with its query, and a token may stand there.
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None) // a form from before our restart: refused, and nobody need be told
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // what keeps us from starting is told by the verb
    }

    /// <summary>Before all else: nothing is answered that the gate has not seen.</summary>
    public static void UseAccess(this IApplicationBuilder app, DashboardOptions options)
    {
        var gate = new AccessGate(options.Serve, options.Clock);
        app.Use((HttpContext context, RequestDelegate next) => gate.InvokeAsync(context, next));
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address)
    {
        switch (address)
        {
            case { Host: ListenAddress.Localhost, Port: not 0 }:
                kestrel.ListenLocalhost(address.Port);
                break;
            case { IsLoopback: true }:
                kestrel.Listen(address.Ip ?? IPAddress.Loopback, address.Port);
                break;
            case { IsEvery: false, Ip: { } ip }:
                kestrel.Listen(ip, address.Port);
                break;
            case { Ip.AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork }:
                kestrel.Listen(IPAddress.Any, address.Port);
                break;
            default:
                kestrel.ListenAnyIP(address.Port);
                break;
        }
    }
}
