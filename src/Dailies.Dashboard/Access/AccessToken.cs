using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dailies.Dashboard.Access;

/// <summary>What a visitor must know. Compared in constant time; never printed by accident.</summary>
public sealed class AccessToken
{
    /// <summary>Fewer can be guessed.</summary>
    public const int FewestLetters = 16;

    /// <summary>More are no token: nothing longer is looked at.</summary>
    public const int MostLetters = 512;

    private const int GeneratedBytes = 32;
    private readonly byte[] digest;

    private AccessToken(string value)
    {
        Value = value;
        digest = Digest(value);
        Cookie = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(value), "dailies access cookie"u8));
        cookieDigest = Digest(Cookie);
    }

    private readonly byte[] cookieDigest;

    /// <summary>The secret itself, for whoever started us.</summary>
    internal string Value { get; }

    /// <summary>What the cookie holds: made of the token, so that it outlives our restart, and not the token, so that a stolen cookie does not tell it.</summary>
    internal string Cookie { get; }

    /// <summary>What is wrong with a token that somebody chose, or null.</summary>
    public static string? Fault(string token) =>
        token.Length is < FewestLetters or > MostLetters ? $"the token has {token.Length} letters; allowed: {FewestLetters} to {MostLetters}"
        : token.All(c => c is > ' ' and < '\u007f') ? null
        : "the token holds a space, or a letter beyond ASCII: it could not be sent in a header";

    /// <summary>A token that somebody chose.</summary>
    public static AccessToken Of(string value) => new(value);

    /// <summary>256 bits of chance.</summary>
    public static AccessToken Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(GeneratedBytes)));

    /// <summary>Whether it is the token.</summary>
    public bool Is(string presented) => CryptographicOperations.FixedTimeEquals(digest, Digest(presented));

    /// <summary>Whether it is our cookie's value.</summary>
    public bool IsCookie(string presented) => CryptographicOperations.FixedTimeEquals(cookieDigest, Digest(presented));

    /// <summary>Never the secret.</summary>
    public override string ToString() => "(a token)";

    // Digests have one length, whatever was presented.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
