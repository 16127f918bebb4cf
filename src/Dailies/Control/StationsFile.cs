using System.Text.Json;
using Dailies.Comfy;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>A station as chosen, with the headers it wants and the command that starts it, if any.</summary>
public sealed record ChosenStation(string Name, StationAddress Address, string? Start);

/// <summary>Chooses the station: <c>--comfy</c>, or <c>stations</c> of dailies.json: <c>[{"name":"box-1","url":"…","headers":{"Authorization":"Bearer ${TOKEN}"},"start":"python main.py"}]</c>.
/// Headers also come from the variable <see cref="HeadersVariable"/>, one <c>Name: value</c> a line. They reach no log and no file.</summary>
public static class StationsFile
{
    /// <summary>The key in dailies.json.</summary>
    public const string Key = "stations";

    /// <summary>Headers for every station.</summary>
    public const string HeadersVariable = "DAILIES_STATION_HEADERS";

    /// <summary>The station; null with no fault when none was named.</summary>
    public static (ChosenStation? Station, IReadOnlyList<SettingFault> Faults) Choose(SettingValues values, SettingSources sources)
    {
        var faults = new List<SettingFault>();
        var common = HeaderLines(sources.Environment(HeadersVariable) ?? "", faults);
        var named = Stations(sources, faults);
        var urls = values.List(RunOptions.Comfy);
        if (urls.Count == 0 && named.Count == 0)
        {
            return (null, faults);
        }

        // A url or a name may be given; one that stands in the file brings its headers along.
        var wanted = urls.Count > 0 ? urls : [named[0].Name];
        if (wanted.Count > 1 || (urls.Count == 0 && named.Count > 1))
        {
            faults.Add(new SettingFault(RunOptions.Comfy.Key, $"{Math.Max(wanted.Count, named.Count)} stations", "this version", "one station; name it with --comfy"));
        }

        var known = named.FirstOrDefault(n => n.Name == wanted[0] || Same(n.Url, wanted[0]));
        var headers = new Dictionary<string, string>(common, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in known?.Headers ?? [])
        {
            headers[name] = value;
        }

        var address = StationAddress.Parse(known?.Url ?? wanted[0], headers, out var fault);
        if (address is null)
        {
            faults.Add(new SettingFault(RunOptions.Comfy.Key, $"'{Hidden(known?.Url ?? wanted[0])}'", $"from {values.Origin(RunOptions.Comfy)}", fault!));
        }

        var (start, origin) = StationOptions.Choose(values, known?.Start);
        if (address is not null && start is not null && StationOptions.Fault(start, origin, address) is { } startFault)
        {
            faults.Add(startFault);
        }

        return (address is null ? null : new ChosenStation(known?.Name ?? "station-1", address, start), faults);
    }

    private static Dictionary<string, string> HeaderLines(string text, List<SettingFault> faults)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                faults.Add(new SettingFault(HeadersVariable, "a line without a colon", "environment", "lines such as Authorization: Bearer …"));
                continue;
            }

            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private static List<NamedStation> Stations(SettingSources sources, List<SettingFault> faults)
    {
        if (sources.File is not { } file || !file.Members.TryGetValue(Key, out var list))
        {
            return [];
        }

        var stations = new List<NamedStation>();
        foreach (var item in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [list])
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String)
            {
                faults.Add(new SettingFault(Key, "an entry without url", file.Path, "[{\"name\": …, \"url\": …, \"headers\": {…}, \"start\": …}]"));
                continue;
            }

            var name = item.TryGetProperty("name", out var n) && n.ValueKind == JsonValueKind.String ? n.GetString()! : $"station-{stations.Count + 1}";
            stations.Add(new NamedStation(name, url.GetString()!, Headers(item, file.Path, sources.Environment, faults), Start(item, file.Path, faults)));
        }

        return stations;
    }

    private static string? Start(JsonElement station, string path, List<SettingFault> faults)
    {
        if (!station.TryGetProperty(StationOptions.StartKey, out var start) || start.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (start.ValueKind == JsonValueKind.String)
        {
            return start.GetString();
        }

        faults.Add(new SettingFault($"{Key}.{StationOptions.StartKey}", "no text", path, "one command line, as typed in a terminal"));
        return null;
    }

    private static Dictionary<string, string> Headers(JsonElement station, string path, Func<string, string?> environment, List<SettingFault> faults)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!station.TryGetProperty("headers", out var members) || members.ValueKind != JsonValueKind.Object)
        {
            return headers;
        }

        foreach (var member in members.EnumerateObject())
        {
            headers[member.Name] = Expand(member.Value.ToString(), variable =>
            {
                if (environment(variable) is { } value)
                {
                    return value;
                }

                faults.Add(new SettingFault($"{Key}.headers.{member.Name}", $"${{{variable}}}", path, $"the environment variable {variable}, which is not set"));
                return "";
            });
        }

        return headers;
    }

    // "Bearer ${TOKEN}": the secret itself need not stand in the file.
    private static string Expand(string text, Func<string, string> value)
    {
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0;)
        {
            var end = text.IndexOf('}', at);
            if (end < 0)
            {
                return text;
            }

            var expanded = value(text[(at + 2)..end]);
            text = text[..at] + expanded + text[(end + 1)..];
            at = text.IndexOf("${", at + expanded.Length, StringComparison.Ordinal);
        }

        return text;
    }

    private static bool Same(string a, string b) => a.TrimEnd('/').Equals(b.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    /// <summary>A url without what may be a credential; it must not be shown even when the url is wrong.</summary>
    internal static string Hidden(string url)
    {
        var shown = url.Split('?', '#')[0];
        return shown.LastIndexOf('@') is > 0 and var at ? "…" + shown[at..] : shown;
    }

    private sealed record NamedStation(string Name, string Url, Dictionary<string, string> Headers, string? Start);
}
