using System.Globalization;
using System.Net;

namespace Dailies.Dashboard.Access;

/// <summary>One address to listen at, as an operator names it: <c>http://localhost:3000</c>, <c>http://0.0.0.0:3000</c>, <c>http://nas.local:3000</c>.</summary>
/// <param name="Host">Lower case; <c>*</c> for every address of this machine; an IPv6 address in brackets.</param>
/// <param name="Port">0 takes a free one.</param>
public sealed record ListenAddress(string Host, int Port)
{
    private const string Scheme = "http://";
    private const string Every = "*";

    /// <summary>The name that stands for 127.0.0.1 and ::1.</summary>
    public const string Localhost = "localhost";

    /// <summary>The numeric address, or null for a name.</summary>
    public IPAddress? Ip => IPAddress.TryParse(Host.Trim('[', ']'), out var ip) ? ip : null;

    /// <summary>Nobody but this machine can reach it.</summary>
    public bool IsLoopback => Host == Localhost || (Ip is { } ip && IPAddress.IsLoopback(ip));

    /// <summary>It is every address of this machine. So is a name: what it resolves to here need not be what it resolves to elsewhere.</summary>
    public bool IsEvery => !IsLoopback && (Ip is not { } ip || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    /// <summary>A name of its own, by which requests will ask for it; null for numbers and for <c>*</c>.</summary>
    public string? Name => Ip is null && Host is not (Every or Localhost) ? Host : null;

    /// <summary>Reads one url, or says what is wrong with it.</summary>
    public static (ListenAddress? Address, string? Fault) Read(string url)
    {
        var text = url.Trim();
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return (null, $"urls is '{url}': https needs a certificate; put a proxy that has one in front, and name it with --host");
        }

        var rest = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].TrimEnd('/') : "";
        var colon = rest.LastIndexOf(':');
        return colon >= 0 && HostOf(rest[..colon]) is { } host
            && int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? (new ListenAddress(host, port), null)
            : (null, $"urls is '{url}'; allowed: http://<host>:<port>, such as http://localhost:3000 or http://0.0.0.0:3000");
    }

    /// <summary>With a port that was taken in the place of 0.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Host}:{Port}");

    private static string? HostOf(string text)
    {
        var host = text.ToLowerInvariant();
        return host switch
        {
            "*" or "+" or "" => Every,
            ['[', .. var ip, ']'] => IPAddress.TryParse(ip, out var six) ? $"[{six}]" : null,
            _ => Uri.CheckHostName(host) switch
            {
                UriHostNameType.IPv4 => IPAddress.TryParse(host, out var four) && four.ToString() == host ? host : null,
                UriHostNameType.Dns => host,
                _ => null,
            },
        };
    }
}
