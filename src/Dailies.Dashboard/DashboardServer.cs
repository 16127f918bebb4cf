using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Dailies.Dashboard;

/// <summary>The dashboard as a web server.</summary>
public static class DashboardServer
{
    /// <summary>Builds it.</summary>
    public static WebApplication Build(string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Dailies.Cli" });
        builder.WebHost.UseUrls(url);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
