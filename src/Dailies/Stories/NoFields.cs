using System.Collections.ObjectModel;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>The empty set of JSON fields.</summary>
internal static class NoFields
{
    public static IReadOnlyDictionary<string, JsonElement> Instance { get; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
