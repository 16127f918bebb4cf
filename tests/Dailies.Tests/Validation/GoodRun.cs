using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dailies.Contract;
using SkiaSharp;

namespace Dailies.Tests.Validation;

/// <summary>A whole valid run folder on disk, and ways to break it in one place.</summary>
internal sealed class GoodRun : IDisposable
{
    private static readonly byte[][] Pngs = [.. Enumerable.Range(1, 9).Select(n => Png(n))];
    private readonly TempFolder _temp = new();

    private GoodRun(ArtifactMetadata metadata)
    {
        Metadata = metadata;
        Folder = Path.Combine(_temp.Path, "logs", GoodMetadata.RunId);
    }

    public ArtifactMetadata Metadata { get; }

    public string Folder { get; private set; }

    public static ReadOnlySpan<byte> Frame(int number) => Pngs[number - 1];

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Writes a run; <paramref name="change"/> changes the metadata before the text is made of it, so that both agree.
    /// Further scenes before and behind the four move these to the middle or the end.</summary>
    public static GoodRun Write(Func<ArtifactMetadata, ArtifactMetadata>? change = null, int before = 0, int behind = 0)
    {
        var metadata = GoodMetadata.Make(before, behind);
        return Write(change?.Invoke(metadata) ?? metadata);
    }

    /// <summary>Writes the run of a metadata: text and files as it says.</summary>
    public static GoodRun Write(ArtifactMetadata metadata) => Write(metadata, GoodFiles.Write);

    /// <summary>The frames of the first scene hold these bytes.</summary>
    public static GoodRun Write(Func<ArtifactMetadata, ArtifactMetadata> change, byte[] frames) => Write(change(GoodMetadata.Make()), (run, metadata) =>
    {
        GoodFiles.Write(run, metadata);
        foreach (var frame in metadata.Scenes[0].Frames)
        {
            run.File(frame.File, frames);
        }
    });

    private static GoodRun Write(ArtifactMetadata metadata, Action<GoodRun, ArtifactMetadata> files)
    {
        var run = new GoodRun(metadata);
        files(run, metadata);
        run.File(RunFolder.Metadata, run.Metadata.Write());
        System.IO.File.WriteAllLines(run.At(RunFolder.Summary), GoodSummary.Lines(run.Metadata));
        return run;
    }

    public string At(string name) => Path.Combine(Folder, name);

    public string Outside(string name) => Path.Combine(_temp.Path, name);

    public void File(string name, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        System.IO.File.WriteAllBytes(At(name), bytes);
    }

    public void Rename(string name)
    {
        var renamed = Path.Combine(Path.GetDirectoryName(Folder)!, name);
        Directory.Move(Folder, renamed);
        Folder = renamed;
    }

    public void Delete(string name) => System.IO.File.Delete(At(name));

    /// <summary>Changes the JSON at a pointer; a null <paramref name="value"/> writes null.</summary>
    public void Set(string pointer, JsonNode? value) => Edit(pointer, (owner, key) =>
    {
        if (owner is JsonArray list)
        {
            list[int.Parse(key)] = value?.DeepClone();
        }
        else
        {
            owner[key] = value?.DeepClone();
        }
    });

    public void Drop(string pointer) => Edit(pointer, (owner, key) => ((JsonObject)owner).Remove(key).ShouldBeTrue());

    /// <summary>The same in a scene's telemetry and in its last attempt's.</summary>
    public void SetTelemetry(int scene, string field, JsonNode? value)
    {
        Set($"/Scenes/{scene}/Telemetry/{field}", value);
        Set($"/Scenes/{scene}/Attempts/{Metadata.Scenes.Where(s => !GoodMetadata.IsFurther(s.SceneId)).ElementAt(scene).Attempts.Count - 1}/Telemetry/{field}", value);
    }

    public void Json(Func<string, string> edit) => EditText(RunFolder.Metadata, edit);

    public void Text(Func<string, string> edit) => EditText(RunFolder.Summary, edit);

    public void Replace(string old, string value) => Text(t =>
    {
        var at = t.IndexOf(old, StringComparison.Ordinal);
        while (at >= 0 && IsFurther(t[(t.LastIndexOf('\n', at) + 1)..]))
        {
            at = t.IndexOf(old, at + 1, StringComparison.Ordinal);
        }

        at.ShouldBeGreaterThanOrEqualTo(0, old);
        return t[..at] + value + t[(at + old.Length)..];
    });

    public void RemoveLine(string part) => Lines(lines => lines.RemoveAt(Find(lines, part)));

    public void DoubleLine(string part) => Lines(lines => lines.Insert(Find(lines, part), lines[Find(lines, part)]));

    public void InsertLine(string before, string line) => Lines(lines => lines.Insert(Find(lines, before), line));

    public void Lines(Action<List<string>> edit)
    {
        var lines = System.IO.File.ReadAllLines(At(RunFolder.Summary)).ToList();
        edit(lines);
        System.IO.File.WriteAllLines(At(RunFolder.Summary), lines);
    }

    public void Dispose() => _temp.Dispose();

    private static int Find(List<string> lines, string part)
    {
        var at = lines.FindIndex(l => l.Contains(part, StringComparison.Ordinal) && !IsFurther(l));
        at.ShouldBeGreaterThanOrEqualTo(0, part);
        return at;
    }

    // "[2026-…Z] [Scene scene-101] …"
    private static bool IsFurther(string line) =>
        line.IndexOf("[Scene scene-", StringComparison.Ordinal) is var at and >= 0 and < 30 && line.Length > at + 16 && int.TryParse(line[(at + 13)..(at + 16)], out _) && GoodMetadata.IsFurther(line[(at + 7)..(at + 16)]);

    // "/Scenes/0" is the first of the four, wherever it stands.
    private string Placed(string pointer)
    {
        var parts = pointer.Split('/');
        var first = Metadata.Scenes.Count > 0 ? Metadata.Scenes.ToList().FindIndex(s => !GoodMetadata.IsFurther(s.SceneId)) : 0;
        return parts.Length > 2 && parts[1] == "Scenes" ? string.Join('/', [.. parts[..2], (int.Parse(parts[2]) + first).ToString(), .. parts[3..]]) : pointer;
    }

    private void Edit(string pointer, Action<JsonNode, string> edit)
    {
        var root = JsonNode.Parse(System.IO.File.ReadAllText(At(RunFolder.Metadata)))!;
        var keys = Placed(pointer).Split('/').Skip(1).ToList();
        var owner = keys[..^1].Aggregate(root, (node, key) => node is JsonArray list ? list[int.Parse(key)]! : node[key]!);
        edit(owner, keys[^1]);
        System.IO.File.WriteAllText(At(RunFolder.Metadata), root.ToJsonString());
    }

    private void EditText(string name, Func<string, string> edit)
    {
        var before = System.IO.File.ReadAllText(At(name));
        var after = edit(before);
        after.ShouldNotBe(before);
        System.IO.File.WriteAllText(At(name), after);
    }

    public static byte[] Png(int shade, int width = 4)
    {
        using var picture = new SKBitmap(width, 4);
        picture.Erase(new SKColor((byte)(shade * 40), 80, 120));
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
