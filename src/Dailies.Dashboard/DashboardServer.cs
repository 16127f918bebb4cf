using Dailies.Dashboard.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;

namespace Dailies.Dashboard;

/// <summary>The dashboard as a web server.</summary>
public static class DashboardServer
{
    // The program that is started: its output folder holds the list of all static files.
    private const string Program = "Dailies.Cli";

    /// <summary>Builds it; start it with <c>RunAsync</c>.</summary>
    public static WebApplication Build(DashboardOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = Program, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Url).UseStaticWebAssets();
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Clock);
        builder.Services.AddSingleton(_ => RunIndex.Open(options.RunsDir));
        builder.Services.AddSingleton(_ => new RunWatch(options.RunsDir, options.Clock));
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
