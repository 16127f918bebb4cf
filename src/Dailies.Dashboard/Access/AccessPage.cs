using System.Text.Encodings.Web;

namespace Dailies.Dashboard.Access;

/// <summary>What a person sees who has not shown the token yet. It needs nothing that is behind the token.</summary>
internal static class AccessPage
{
    /// <summary>Where the form goes.</summary>
    public const string Path = "/access";

    /// <summary>The field of the form, and the name of the parameter in the url.</summary>
    public const string Token = "token";

    /// <summary>Where to go afterwards.</summary>
    public const string To = "to";

    /// <summary>Asks for the token. <paramref name="to"/> is a <see cref="LocalPath"/>.</summary>
    public static string Ask(string to, string why) => Page($"""
        <h1>Dailies</h1>
        <p role="status">{Text(why)}</p>
        <form method="post" action="{Path}?{To}={Text(Uri.EscapeDataString(to))}">
        <p><label>Token<br><input name="{Token}" type="password" autocomplete="current-password" required autofocus></label></p>
        <p><button>Open</button></p>
        </form>
        <p>It was shown where <code>dailies serve</code> was started. Have you just come from a link that holds it? <a href="{Text(to)}">Go on</a></p>
        """);

    /// <summary>Goes on by itself, as a page of ours: a link on another site could not take the cookie along.</summary>
    public static string GoOn(string to) => Page($"""
        <meta http-equiv="refresh" content="0;url={Text(to)}">
        <p><a href="{Text(to)}">Go on to Dailies</a></p>
        """);

    private static string Page(string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Dailies</title>
        <style>:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem }
        input, button { font: inherit; padding: .5rem; width: 100%; box-sizing: border-box }</style></head>
        <body><main>
        {{body}}
        </main></body>
        </html>

        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
