using System.Net.Http.Headers;
using System.Text;

namespace Dailies.Notices;

/// <summary>Where the end of a run is posted. What opens it is a header, no part of the address any more.</summary>
/// <param name="Url">Without credentials.</param>
/// <param name="IsNtfy">It takes a message for people, as ntfy does; else JSON.</param>
/// <param name="Authorization">Sent with the post, or null.</param>
public sealed record NoticeTarget(Uri Url, bool IsNtfy, AuthenticationHeaderValue? Authorization)
{
    private const string Ntfy = "ntfy", PublicNtfy = "ntfy.sh";

    /// <summary>Reads an address as people write it: <c>https://…</c>, <c>ntfy://host/topic</c> (https), <c>ntfy:http://host/topic</c>. What lies at ntfy.sh is ntfy's either way. Null for anything else.</summary>
    public static NoticeTarget? Parse(string text)
    {
        var address = text.Trim();
        var isNtfy = address.StartsWith(Ntfy + ":", StringComparison.OrdinalIgnoreCase);
        address = !isNtfy ? address
            : address[(Ntfy.Length + 1)..] is var rest && rest.StartsWith("//", StringComparison.Ordinal) ? Uri.UriSchemeHttps + ":" + rest
            : rest;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.Host.Length == 0)
        {
            return null;
        }

        isNtfy |= url.Host.Equals(PublicNtfy, StringComparison.OrdinalIgnoreCase);
        var bare = new UriBuilder(url) { UserName = "", Password = "", Fragment = "" }.Uri;
        return isNtfy && bare.AbsolutePath.Trim('/').Length == 0 ? null : new NoticeTarget(bare, isNtfy, Credentials(url.UserInfo));
    }

    // ntfy takes a token as the password of nobody, too.
    private static AuthenticationHeaderValue? Credentials(string userInfo)
    {
        if (userInfo.Length == 0)
        {
            return null;
        }

        var parts = userInfo.Split(':', 2);
        var plain = $"{Uri.UnescapeDataString(parts[0])}:{(parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "")}";
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)));
    }
}
