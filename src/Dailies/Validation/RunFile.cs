using System.Security.Cryptography;

namespace Dailies.Validation;

/// <summary>A file of a judged run. It is opened only where it has bytes, and read no further than they go: a pipe and a device have none, and reading them may never end.</summary>
internal static class RunFile
{
    /// <summary>Its size in bytes, of a link its target's. Throws <see cref="IOException"/> for a link that leads nowhere or in a ring.</summary>
    public static long Length(string path)
    {
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
    }

    /// <summary>Whether a file is there; a link that leads nowhere is none.</summary>
    public static bool Exists(string path)
    {
        try
        {
            return File.Exists(path) && (new FileInfo(path) is { LinkTarget: null } || File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: true });
        }
        catch (IOException)
        {
            return false; // a ring of links
        }
    }

    /// <summary>The path behind its last link; of a file that is no link, its own.</summary>
    public static string Real(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : path;

    /// <summary>The content; null where it has more than <paramref name="most"/> bytes.</summary>
    public static byte[]? Read(string path, long most)
    {
        var length = Length(path);
        if (length == 0 || length > most)
        {
            return length == 0 ? [] : null;
        }

        using var file = File.OpenRead(path);
        var bytes = new byte[length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Whether a text can be a SHA-256 as we write it.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>SHA-256 in lower-case hex digits.</summary>
    public static string Hash(string path)
    {
        if (Length(path) == 0)
        {
            return Convert.ToHexStringLower(SHA256.HashData([]));
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
