using Microsoft.AspNetCore.Http;

namespace Dailies.Dashboard.Access;

/// <summary>How a token was shown.</summary>
internal enum Showing
{
    /// <summary>Not at all.</summary>
    Nothing,

    /// <summary><c>Authorization: Bearer</c>.</summary>
    Header,

    /// <summary><c>?token=</c> in the address.</summary>
    Address,

    /// <summary>The form of <see cref="AccessPage"/>.</summary>
    Form,

    /// <summary>Our cookie.</summary>
    Cookie,
}

/// <summary>The token that a request shows, and how.</summary>
/// <param name="How">How.</param>
/// <param name="Value">What was shown; empty for <see cref="Showing.Nothing"/>.</param>
internal sealed record ShownToken(Showing How, string Value)
{
    private const string Scheme = "Bearer ";
    private const int MostForm = 4096;

    /// <summary>The cookie's name. Cookies know no ports: two dashboards of one machine must not overwrite each other's.</summary>
    public static string CookieName(HttpContext context) => $"dailies-{context.Connection.LocalPort}";

    /// <summary>Reads it. What is said outright counts before what a browser sends by itself.</summary>
    public static async ValueTask<ShownToken> ReadAsync(HttpContext context, bool reads)
    {
        var request = context.Request;
        if (request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new ShownToken(Showing.Header, header[Scheme.Length..].Trim());
        }

        if (reads && request.Query.TryGetValue(AccessPage.Token, out var asked))
        {
            return new ShownToken(Showing.Address, asked.ToString());
        }

        if (request.Method == HttpMethods.Post && request.Path == AccessPage.Path)
        {
            return new ShownToken(Showing.Form, await FormAsync(request, context.RequestAborted));
        }

        return request.Cookies.TryGetValue(CookieName(context), out var cookie) ? new ShownToken(Showing.Cookie, cookie) : new ShownToken(Showing.Nothing, "");
    }

    private static async ValueTask<string> FormAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return request is { HasFormContentType: true, ContentLength: <= MostForm } ? (await request.ReadFormAsync(cancel))[AccessPage.Token].ToString().Trim() : "";
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return ""; // no form at all
        }
    }
}
