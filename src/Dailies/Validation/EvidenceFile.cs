using System.Text;
using System.Text.Unicode;

namespace Dailies.Validation;

/// <summary>Reads one of the two files as text that can be judged, whatever its bytes are.</summary>
internal static class EvidenceFile
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    /// <summary>UTF-8 without BOM, broken bytes replaced; null when there is nothing to judge.</summary>
    public static byte[]? Read(string root, string name, Rule whenMissing, FindingList findings)
    {
        var path = Path.Combine(root, name);
        if (!Path.Exists(path))
        {
            findings.Add(whenMissing, name, "", null, "a file", "nothing");
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(RuleCatalogue.Unreadable, name, "", null, "a readable file", Directory.Exists(path) ? "a folder" : e.GetType().Name);
            return null;
        }

        if (bytes.AsSpan().StartsWith(Bom))
        {
            findings.Add(RuleCatalogue.ByteOrderMark, name, "", null, "no byte order mark", "EF BB BF");
            bytes = bytes[Bom.Length..];
        }

        if (Utf8.IsValid(bytes))
        {
            return bytes;
        }

        findings.Add(RuleCatalogue.NotUtf8, name, $"byte {FirstBroken(bytes)}", null, "UTF-8", "broken bytes");
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
    }

    private static int FirstBroken(byte[] bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes.AsSpan(at), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
