namespace Dailies.Validation;

/// <summary>Python writes NaN, Infinity and -Infinity bare into JSON, and a history is kept as it came.</summary>
internal static class BareNumbers
{
    // Not longer than what they stand for.
    private static readonly (byte[] Bare, byte[] Instead)[] Words = [("-Infinity"u8.ToArray(), "null     "u8.ToArray()), ("Infinity"u8.ToArray(), "null    "u8.ToArray()), ("NaN"u8.ToArray(), "0  "u8.ToArray())];

    /// <summary>A copy with values that JSON knows in their place; texts stay as they are.</summary>
    public static byte[] Replaced(ReadOnlySpan<byte> json)
    {
        var copy = json.ToArray();
        var inText = false;
        for (var i = 0; i < copy.Length; i++)
        {
            switch (copy[i])
            {
                case (byte)'\\' when inText:
                    i++;
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'-' or (byte)'I' or (byte)'N' when !inText:
                    foreach (var (bare, instead) in Words)
                    {
                        if (copy.AsSpan(i).StartsWith(bare))
                        {
                            instead.CopyTo(copy, i);
                            break;
                        }
                    }

                    break;
            }
        }

        return copy;
    }
}
