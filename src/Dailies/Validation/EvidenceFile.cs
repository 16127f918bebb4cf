using System.Text;
using System.Text.Unicode;

namespace Dailies.Validation;

/// <summary>Reads one of the two files as text that can be judged, whatever its bytes are.</summary>
internal static class EvidenceFile
{
    // Thousands of scenes with their logs have a tenth of it.
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    /// <summary>UTF-8 without BOM, broken bytes replaced; null when there is nothing to judge.</summary>
    public static byte[]? Read(string root, string name, Rule whenMissing, FindingList findings)
    {
        if (!Path.Exists(Path.Combine(root, name)) && new FileInfo(Path.Combine(root, name)).LinkTarget is null)
        {
            findings.Add(whenMissing, name, "", null, "a file", "nothing");
            return null;
        }

        if (Bytes(root, name, findings) is not { } bytes)
        {
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

    private static byte[]? Bytes(string root, string name, FindingList findings)
    {
        var found = "a link out of the run";
        try
        {
            if (new RunPaths(root).Resolve(name) is { } path)
            {
                if (RunFile.Read(path, MostBytes) is { } bytes)
                {
                    return bytes;
                }

                found = $"more than {MostBytes} bytes";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found = Directory.Exists(Path.Combine(root, name)) ? "a folder" : e.GetType().Name;
        }

        findings.Add(RuleCatalogue.Unreadable, name, "", null, "a readable file", found);
        return null;
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
