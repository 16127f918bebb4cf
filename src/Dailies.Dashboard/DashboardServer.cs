using Dailies.Dashboard.Access;
using Dailies.Dashboard.Api;
using Dailies.Dashboard.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MudBlazor.Services;

namespace Dailies.Dashboard;

/// <summary>The dashboard as a web server.</summary>
public static class DashboardServer
{
    /// <summary>Builds it. Starting it throws <see cref="IOException"/> where an address is taken.</summary>
    public static WebApplication Build(DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Dailies.Cli",
            // Not the working folder: its wwwroot and its settings are none of ours.
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.AddAccess(options.Serve);
        builder.AddApi(options);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddSingleton(options.Clock);
        builder.Services.AddSingleton(_ => RunIndex.Open(options.RunsDir));
        builder.Services.AddSingleton(_ => new RunWatch(options.RunsDir, options.Clock));
        var app = builder.Build();
        app.UseAccess(options);
        app.UseApi();
        app.UseAntiforgery();
        app.MapApi(options);
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
