using System.Globalization;
using System.Net;

namespace Dailies.Dashboard.Access;

/// <summary>Which <c>Host</c> a request may ask for. A page elsewhere can point its own name at our address (DNS rebinding): then the browser takes our answers for that page's. A number can't be
/// pointed anywhere, so numbers are safe where we listen beyond loopback.</summary>
internal sealed class HostNames(ServePlan plan, string machine)
{
    private const int MostLetters = 260;
    private readonly bool remote = plan.Listen.Any(a => !a.IsLoopback);
    private readonly HashSet<string> names =
    [
        .. plan.Listen.Select(a => a.Name).OfType<string>(),
        .. plan.Listen.Any(a => a.IsEvery) ? new[] { machine.ToLowerInvariant(), $"{machine.ToLowerInvariant()}.local" } : [],
    ];

    private readonly HashSet<string> configured = [.. plan.Hosts];

    /// <summary>Whether a request with this <c>Host</c> header is meant for us.</summary>
    public bool Allows(string host)
    {
        var (name, port) = Split(host);
        if (name is null)
        {
            return false;
        }

        if (configured.Contains(name) || (port is not null && configured.Contains($"{name}:{port}")))
        {
            return true;
        }

        return name == ListenAddress.Localhost || names.Contains(name)
            || (Number(name) is { } ip && (IPAddress.IsLoopback(ip) || remote));
    }

    /// <summary>Whether a page of <paramref name="origin"/> is a page of ours: it came from the very host that is asked, or from a name that the operator gave.</summary>
    public bool IsOurs(string origin, string host)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || origin.EndsWith('/'))
        {
            return false;
        }

        var (name, port) = Split(host);
        var ownPort = port ?? (uri.Scheme == "https" ? "443" : "80");
        var (originName, originPort) = (uri.Host.ToLowerInvariant(), uri.Port.ToString(CultureInfo.InvariantCulture));
        return (originName == name && originPort == ownPort)
            || (uri.IsDefaultPort ? configured.Contains(originName) : configured.Contains($"{originName}:{originPort}"));
    }

    /// <summary>Whether it can stand as a name, with or without a port.</summary>
    public static bool IsName(string text) => Split(text).Name is not null;

    // 127.1 and 2130706433 are numbers to some and names to others.
    private static IPAddress? Number(string name) => IPAddress.TryParse(name.Trim('[', ']'), out var ip) && (name[0] == '[' || ip.ToString() == name) ? ip : null;

    private static (string? Name, string? Port) Split(string host)
    {
        var text = host.ToLowerInvariant();
        var colon = text.LastIndexOf(':') is var at && at > text.LastIndexOf(']') ? at : -1;
        var (name, port) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        var fits = name.Length is > 0 and <= MostLetters
            && (port is null || (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
            && (name is ['[', .. var six, ']'] ? IPAddress.TryParse(six, out _) : Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4);
        return fits ? (name, port) : (null, null);
    }
}
