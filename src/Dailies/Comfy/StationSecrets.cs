using System.Text;
using System.Text.Json;

namespace Dailies.Comfy;

/// <summary>The values of a station's headers, to be struck out of whatever it says: an error page, a proxy or a prank may echo them.</summary>
internal sealed class StationSecrets
{
    private const string Struck = "…";
    private const int Shortest = 4;
    private const int ShortestInNames = 8;

    private readonly string[] all;
    private readonly string[] unmistakable;

    /// <summary>Takes each value whole and without its scheme, and of a Basic one the pair and the password.</summary>
    public StationSecrets(IEnumerable<string> headerValues)
    {
        all = [.. headerValues.SelectMany(Parts).SelectMany(Forms).Where(f => f.Length >= Shortest).Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length)];
        unmistakable = [.. all.Where(f => f.Length >= ShortestInNames && f.Any(c => c is not ((>= 'a' and <= 'z') or '_')))];
    }

    /// <summary>Words for people.</summary>
    public string Mask(string text) => Mask(text, all);

    /// <summary>A name that the protocol needs: only what can't be taken for a word of it is struck out. A header may say no more than <c>true</c>.</summary>
    public string MaskName(string text) => Mask(text, unmistakable);

    /// <summary>A whole answer that is kept; the same bytes where it echoes nothing.</summary>
    public ReadOnlyMemory<byte> MaskBytes(ReadOnlyMemory<byte> bytes)
    {
        if (unmistakable.Length == 0)
        {
            return bytes;
        }

        var text = Encoding.UTF8.GetString(bytes.Span);
        var masked = Mask(text, unmistakable);
        return ReferenceEquals(text, masked) ? bytes : Encoding.UTF8.GetBytes(masked);
    }

    private static string Mask(string text, string[] secrets) =>
        secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Struck, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Parts(string value)
    {
        yield return value;
        var bare = value.Split(' ', 2)[^1];
        yield return bare;
        var pair = new byte[bare.Length];
        if (Convert.TryFromBase64String(bare, pair, out var length) && Encoding.UTF8.GetString(pair, 0, length) is var said && said.Contains(':', StringComparison.Ordinal))
        {
            yield return said;
            yield return said[(said.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }
    }

    // As it is, in a url, in base64, and in JSON as the writers of different languages escape it.
    private static IEnumerable<string> Forms(string part)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(part));
        return [part, Uri.EscapeDataString(part), encoded, Uri.EscapeDataString(encoded), JsonEncodedText.Encode(part).ToString(), JsonEncodedText.Encode(encoded).ToString(), part.Replace("/", "\\/", StringComparison.Ordinal)];
    }
}
