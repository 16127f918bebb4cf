using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Dailies.Dashboard.Access;

/// <summary>What came of a presented token.</summary>
internal enum TokenVerdict
{
    /// <summary>It is the token.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,

    /// <summary>It was not even looked at: too many wrong ones came.</summary>
    TooMany,
}

/// <summary>Counts wrong tokens, per address and of all, and looks at no more of them for the rest of the minute.</summary>
/// <remarks>The same wrong token again is no new guess: a browser sends an old cookie with each request. Addresses that have shown the token are not hindered by others' guesses.</remarks>
internal sealed class WrongTokens(TimeProvider clock)
{
    /// <summary>Wrong tokens of one address in one window.</summary>
    public const int MostOfOne = 10;

    /// <summary>Wrong tokens of all addresses in one window.</summary>
    public const int MostOfAll = 100;

    /// <summary>How long they count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MostKnown = 1000;
    private readonly Lock gate = new();
    private readonly HashSet<string> known = [];
    private readonly Dictionary<string, HashSet<string>> wrong = [];
    private long began = clock.GetTimestamp();
    private int all;

    /// <summary>Asks <paramref name="isRight"/> about <paramref name="presented"/>, unless too many wrong ones came; then <c>RetryAfter</c> is the time to wait.</summary>
    public (TokenVerdict Verdict, TimeSpan RetryAfter) Judge(IPAddress? from, string presented, Func<string, bool> isRight)
    {
        var address = Key(from);
        lock (gate)
        {
            var age = clock.GetElapsedTime(began);
            if (age >= Window)
            {
                (began, all, age) = (clock.GetTimestamp(), 0, TimeSpan.Zero);
                wrong.Clear();
            }

            var guesses = wrong.GetValueOrDefault(address);
            if (guesses?.Count >= MostOfOne || (all >= MostOfAll && !known.Contains(address)))
            {
                return (TokenVerdict.TooMany, Window - age);
            }

            if (presented.Length <= AccessToken.MostLetters && isRight(presented))
            {
                if (known.Count >= MostKnown)
                {
                    known.Clear();
                }

                known.Add(address);
                return (TokenVerdict.Right, TimeSpan.Zero);
            }

            if ((wrong[address] = guesses ?? []).Add(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(presented)))))
            {
                all++;
            }

            return (TokenVerdict.Wrong, TimeSpan.Zero);
        }
    }

    // Whoever has one address of IPv6 has 2^64 of them.
    private static string Key(IPAddress? from) => from switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => from.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
        _ => from.ToString(),
    };
}
