namespace Dailies.Dashboard.Access;

/// <summary>Where the dashboard listens, and what it asks of those who come.</summary>
/// <param name="Listen">At least one address.</param>
/// <param name="Token">What a visitor must know; null where only this machine can reach us, and nobody asked for one.</param>
/// <param name="Generated">We made the token up: whoever started us must be told it, once.</param>
/// <param name="Hosts">Other names that we are reached by, such as a proxy's: <c>dailies.example</c> or <c>dailies.example:8443</c>.</param>
public sealed record ServePlan(IReadOnlyList<ListenAddress> Listen, AccessToken? Token, bool Generated, IReadOnlyList<string> Hosts)
{
    /// <summary>Where the token may stand, unseen by whoever lists processes.</summary>
    public const string TokenVariable = "DAILIES_TOKEN";

    /// <summary>The address that opens the dashboard for whoever has it.</summary>
    public string WithToken(string url) => Token is { } token ? $"{url}/?{AccessPage.Token}={Uri.EscapeDataString(token.Value)}" : url;

    /// <summary>The plan, or what is wrong. Beyond loopback nothing is served without a token.</summary>
    /// <param name="urls">As given; several in one text are parted by <c>;</c>.</param>
    /// <param name="token">As given on the command line or in <see cref="TokenVariable"/>; null or empty for none.</param>
    /// <param name="hosts">Other names that we are reached by.</param>
    /// <param name="terminal">A person reads what we print: else a token that we make up would end in a log.</param>
    public static (ServePlan? Plan, string? Fault) Of(IEnumerable<string> urls, string? token, IEnumerable<string> hosts, bool terminal)
    {
        var read = urls.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries)).Select(ListenAddress.Read).ToList();
        var listen = read.Select(r => r.Address).OfType<ListenAddress>().Distinct().ToList();
        var fault = read.Select(r => r.Fault).FirstOrDefault(f => f is not null)
            ?? (listen.Count == 0 ? "urls is empty; allowed: http://<host>:<port>" : null)
            ?? hosts.Where(h => !HostNames.IsName(h)).Select(h => $"host is '{h}'; allowed: a name without a scheme, such as dailies.example or dailies.example:8443").FirstOrDefault();
        if (fault is not null)
        {
            return (null, fault);
        }

        var needed = listen.Any(a => !a.IsLoopback) || hosts.Any();
        return (string.IsNullOrEmpty(token), needed, terminal) switch
        {
            (false, _, _) => AccessToken.Fault(token!) is { } weak ? (null, weak) : (Plan(AccessToken.Of(token!), generated: false), null),
            (true, false, _) => (Plan(null, generated: false), null),
            (true, true, true) => (Plan(AccessToken.Generate(), generated: true), null),
            (true, true, false) => (null, $"beyond this machine a token is needed, and one that we made up would stand in a log here: set {TokenVariable}, for example to the output of: openssl rand -hex 32"),
        };

        ServePlan Plan(AccessToken? with, bool generated) => new(listen, with, generated, [.. hosts.Select(h => h.ToLowerInvariant())]);
    }
}
