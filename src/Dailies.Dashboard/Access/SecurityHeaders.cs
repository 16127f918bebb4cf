using Microsoft.AspNetCore.Http;

namespace Dailies.Dashboard.Access;

/// <summary>What every answer tells the browser to refuse.</summary>
internal static class SecurityHeaders
{
    /// <summary>Of pages and of everything that has none of its own. No inline script, nothing from elsewhere.</summary>
    /// <remarks><c>style-src 'unsafe-inline'</c>: MudBlazor sets style attributes and style elements. A style can't run anything, and can't load anything from elsewhere either.</remarks>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Of files of a run, which are somebody else's: no script at all, and an origin that is nobody's.</summary>
    public const string FilePolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private static readonly (string Name, string Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // Not no-referrer: with it a browser names no origin when a form of ours is sent, and the form could not be told from a stranger's.
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    private static readonly object FileMark = new();

    /// <summary>Marks the answer as a file of a run.</summary>
    public static void MarkAsFile(HttpContext context) => context.Items[FileMark] = true;

    /// <summary>Sets them, in the place of what anybody else has set.</summary>
    public static Task SetAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Items.ContainsKey(FileMark) ? FilePolicy : PagePolicy;
        foreach (var (name, value) in Always)
        {
            headers[name] = value;
        }

        return Task.CompletedTask;
    }
}
