using System.Net.Http.Headers;
using System.Text;

namespace Dailies.Comfy;

/// <summary>Where a station is, and the headers it wants. Credentials stay in here: <see cref="Shown"/> is what may be written down.</summary>
public sealed class StationAddress
{
    private StationAddress(Uri root, IReadOnlyDictionary<string, string> headers)
    {
        Root = root;
        Headers = headers;
        Secrets = new StationSecrets(headers.Values);
    }

    /// <summary>The base url, ending in <c>/</c>, without user info.</summary>
    public Uri Root { get; }

    /// <summary>Sent with every request and with the socket's handshake; never logged.</summary>
    internal IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The url as it may be shown: no user info, no query.</summary>
    public string Shown => Root.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <summary>Reads an http or https url, with a base path if any; user info becomes a Basic header. Null and a reason when it is none.</summary>
    public static StationAddress? Parse(string text, IReadOnlyDictionary<string, string> headers, out string? fault)
    {
        fault = null;
        // `127.0.0.1:8188` and `localhost:8188` are what people type.
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            fault = "not an http or https url such as http://127.0.0.1:8188";
            return null;
        }

        var all = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        if (uri.UserInfo.Length > 0)
        {
            var pair = Uri.UnescapeDataString(uri.UserInfo);
            all["Authorization"] = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))).ToString();
        }

        foreach (var (name, value) in all)
        {
            using var probe = new HttpRequestMessage();
            if (!probe.Headers.TryAddWithoutValidation(name, value) || value.Any(char.IsControl))
            {
                fault = $"header '{name}' can't be sent";
                return null;
            }
        }

        var root = new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "", Path = uri.AbsolutePath.TrimEnd('/') + "/" };
        return new StationAddress(root.Uri, all);
    }

    /// <summary>What the headers hold, in every form in which a station may say it back to us.</summary>
    internal StationSecrets Secrets { get; }

    /// <summary>The socket's address for one connection.</summary>
    internal Uri SocketFor(string clientId) => new UriBuilder(new Uri(Root, ComfyWire.Socket))
    {
        Scheme = Root.Scheme == "https" ? "wss" : "ws",
        Query = $"clientId={Uri.EscapeDataString(clientId)}",
    }.Uri;
}
