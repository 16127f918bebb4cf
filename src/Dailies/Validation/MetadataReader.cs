using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>Bytes → a JSON object that every later rule may read without fear, or a finding.</summary>
internal static class MetadataReader
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>The root object; null when there is none that can be judged.</summary>
    public static JsonView? Read(byte[]? bytes, FindingList findings)
    {
        if (bytes is null)
        {
            return null;
        }

        JsonElement root;
        try
        {
            root = JsonElement.Parse(bytes);
        }
        catch (JsonException e)
        {
            findings.Add(RuleCatalogue.NotJson, RunFolder.Metadata, $"line {(e.LineNumber ?? 0) + 1}", null, "one JSON object", e.Message);
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Add(RuleCatalogue.NotJson, RunFolder.Metadata, "", null, "one JSON object", root.ValueKind.ToString());
            return null;
        }

        var view = new JsonView(root, "");
        return IsWhole(view, findings) ? view : null;
    }

    /// <summary>Any other JSON file of the run: its root, or what is wrong with it in words.</summary>
    public static (JsonView? Root, string? Fault) ReadOther(string path, long most)
    {
        try
        {
            if (RunFile.Read(path, most) is not { } bytes)
            {
                return (null, $"more than {most} bytes");
            }

            // PowerShell 5 writes a byte order mark.
            var view = new JsonView(Lenient(bytes.AsSpan().StartsWith(Bom) ? bytes.AsSpan(Bom.Length) : bytes), "");
            return IsWhole(view, new FindingList()) ? (view, null) : (null, "a lone surrogate");
        }
        catch (JsonException)
        {
            return (null, "no JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.GetType().Name);
        }
    }

    private static JsonElement Lenient(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return JsonElement.Parse(BareNumbers.Replaced(json));
        }
    }

    // One walk over the whole tree. A name or text with a lone surrogate throws wherever it is read, so it ends the judging here.
    private static bool IsWhole(JsonView view, FindingList findings)
    {
        var whole = true;
        try
        {
            if (view.Element.ValueKind == JsonValueKind.Object)
            {
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in view.Element.EnumerateObject())
                {
                    var inner = new JsonView(property.Value, view.At(property.Name));
                    whole &= IsWhole(inner, findings);
                    if (!names.Add(property.Name))
                    {
                        findings.Add(RuleCatalogue.KeyTwice, RunFolder.Metadata, inner.Pointer, null, "one value", "two");
                    }
                }
            }
            else if (view.Element.ValueKind == JsonValueKind.Array)
            {
                var i = 0;
                foreach (var item in view.Element.EnumerateArray())
                {
                    whole &= IsWhole(new JsonView(item, $"{view.Pointer}/{i++}"), findings);
                }
            }
            else if (view.Element.ValueKind == JsonValueKind.String)
            {
                _ = view.Element.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            findings.Add(RuleCatalogue.BrokenText, RunFolder.Metadata, view.Pointer, null, "whole Unicode", "a lone surrogate");
            return false;
        }

        return whole;
    }
}
