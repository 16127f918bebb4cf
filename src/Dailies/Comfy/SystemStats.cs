using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>One device of a station. Memory in bytes; null where the server does not say, or says what no memory can be.</summary>
internal sealed record StationDevice(string? Name, string Type, int Index, long? VramTotal, long? VramFree)
{
    /// <summary>What PyTorch, and so ComfyUI, calls an NVIDIA card and, on ROCm, an AMD one.</summary>
    public const string Cuda = "cuda";

    private const string Cpu = "cpu";

    /// <summary>It is no graphics card: its memory is the machine's.</summary>
    public bool IsCpu => Type.Equals(Cpu, StringComparison.OrdinalIgnoreCase);
}

/// <summary>GET /system_stats, typed. <c>System</c> is the server's object without <c>argv</c>, which can hold paths; empty where it is no such object, or far larger than one.</summary>
internal sealed record SystemStats(JsonObject System, string? Version, string? AnimaticVersion, IReadOnlyList<StationDevice> Devices)
{
    // A real one has 400 bytes and no depth; it is kept twice for each attempt.
    private const int LargestSystem = 64 * 1024;
    private const int DeepestSystem = 16;
    private const int LongestName = 200;
    private const long LargestMemory = 1L << 50; // 1 PiB
    private const int LargestIndex = 1023;

    /// <summary>The device that renders: the first that is no CPU, for ComfyUI lists the one it uses, and builds that list several put it first. Null where none is listed.</summary>
    public StationDevice? Device => Devices.FirstOrDefault(d => !d.IsCpu) ?? (Devices.Count > 0 ? Devices[0] : null);

    /// <summary>Reads <c>{"system":{…},"devices":[{"name","type","index","vram_total","vram_free",…}]}</c>; index is null on a CPU: the position stands in.</summary>
    public static SystemStats Read(ReadOnlyMemory<byte> answer)
    {
        using var document = LenientJson.Parse(answer);
        var root = document.RootElement;
        var system = root.Member(Wire.System);
        var kept = (system is { } told && IsReasonable(told) ? told.ToNode() as JsonObject : null) ?? [];
        kept.Remove(Wire.Argv);
        var devices = root.Member(Wire.Devices).Items().Select((d, i) => (Element: d, Position: i)).Where(d => d.Element.ValueKind == JsonValueKind.Object);
        return new SystemStats(
            kept, system?.Words(Wire.Version, LongestName), system?.Words(Wire.AnimaticVersion, LongestName), [.. devices.Select(d => ReadDevice(d.Element, d.Position))]);
    }

    // Seen or read of builds: index null (CPU), no memory at all, 0 for "not known". A free part that is larger than the whole says nothing.
    private static StationDevice ReadDevice(JsonElement device, int position)
    {
        long? total = Memory(device, Wire.VramTotal) is > 0 and var whole ? whole : null;
        var free = device.Member(Wire.VramTotal) is null || total is not null ? Memory(device, Wire.VramFree) : null;
        return new StationDevice(
            Named(device, Wire.DeviceName), Named(device, Wire.DeviceType) ?? "unknown",
            device.Whole(Wire.DeviceIndex) is >= 0 and <= LargestIndex and var index ? (int)index : position,
            total, free > total ? null : free);
    }

    private static long? Memory(JsonElement device, string name) => device.Whole(name) is >= 0 and <= LargestMemory and var bytes ? bytes : null;

    private static string? Named(JsonElement device, string name) => device.Words(name, LongestName) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Without what the station echoes of our headers.</summary>
    public SystemStats Masked(StationSecrets secrets) => new(
        (JsonObject)Masked(System, secrets)!, Version is { } v ? secrets.MaskName(v) : null, AnimaticVersion is { } a ? secrets.MaskName(a) : null,
        [.. Devices.Select(d => d with { Name = d.Name is { } name ? secrets.MaskName(name) : null, Type = secrets.MaskName(d.Type) })]);

    private static JsonNode? Masked(JsonNode? node, StationSecrets secrets) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(secrets.MaskName(m.Key), Masked(m.Value, secrets))).DistinctBy(m => m.Key)),
        JsonArray items => new JsonArray([.. items.Select(i => Masked(i, secrets))]),
        { } value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(secrets.MaskName(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    private static bool IsReasonable(JsonElement system)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(system);
        if (bytes.Length > LargestSystem)
        {
            return false;
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 512 });
        var deepest = 0;
        while (reader.Read())
        {
            deepest = Math.Max(deepest, reader.CurrentDepth);
        }

        return deepest <= DeepestSystem;
    }
}

/// <summary>What a ComfyUI of some version can do (comfyui/contract.md §9). A version that we can't read counts as old: the old ways are safe everywhere.</summary>
internal static class StationAbilities
{
    /// <summary>POST /interrupt stops only the prompt that it names (v0.3.57); before, it stops whatever is running.</summary>
    public static bool TargetedInterrupt(string? version) => AtLeast(version, new Version(0, 3, 57));

    /// <summary>What a ComfyUI of this version can't do for us, in a sentence; null when nothing is missing.</summary>
    public static string? Limits(string? version) => AtLeast(version, new Version(0, 3, 45)) ? TargetedInterrupt(version) ? null
        : $"this ComfyUI ({version}) can't stop a running prompt by its id (v0.3.57): one that we give up on is waited for"
        : $"this ComfyUI ({version ?? "of unknown version"}) makes prompt ids of its own (ours count since v0.3.45), and can't stop a running prompt by its id: "
            + "after an unclear submit our prompt is found by our note in it, and one that we give up on is waited for";

    private static bool AtLeast(string? version, Version least) =>
        Version.TryParse(new string([.. (version ?? "").TrimStart('v', 'V').TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]).TrimEnd('.'), out var parsed) && parsed >= least;
}
