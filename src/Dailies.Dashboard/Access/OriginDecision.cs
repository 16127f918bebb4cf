namespace Dailies.Dashboard.Access;

/// <summary>What a request says of where it comes from.</summary>
/// <param name="Method">The method.</param>
/// <param name="Host">The host it asks for.</param>
/// <param name="Upgrade">It wants a web socket.</param>
/// <param name="Origin">The page that sent it, or null where none is named. Browsers name it for everything but plain loads.</param>
/// <param name="Site"><c>Sec-Fetch-Site</c>, or null. Browsers leave it out on plain http beyond loopback.</param>
/// <param name="Mode"><c>Sec-Fetch-Mode</c>, or null.</param>
/// <param name="Destination"><c>Sec-Fetch-Dest</c>, or null.</param>
internal sealed record RequestOrigin(string Method, string Host, bool Upgrade, string? Origin, string? Site, string? Mode, string? Destination)
{
    /// <summary>It asks for no change.</summary>
    public bool Reads => !Upgrade && Method is "GET" or "HEAD";
}

/// <summary>Was the request sent by a page of ours, by no page, or by a stranger's? Pure.</summary>
internal static class OriginDecision
{
    /// <summary>Why it is refused, or null.</summary>
    public static (int Status, string Why)? Refusal(RequestOrigin request, HostNames hosts) => request switch
    {
        _ when !hosts.Allows(request.Host) => (421, "this server is not known by that name; start it with --host <name> if it should be"),
        { Method: "TRACE" or "CONNECT", Upgrade: false } => (405, "this method is not answered"),
        { Origin: { } origin } when !request.Reads && !hosts.IsOurs(origin, request.Host) => (403, "sent by a page of another site"),
        { Site: null or "same-origin" or "none" } => null,
        // A link on somebody's page may lead here; nothing of ours is loaded into that page.
        { Reads: true, Mode: "navigate", Destination: "document" } => null,
        _ => (403, "sent by a page of another site"),
    };
}
