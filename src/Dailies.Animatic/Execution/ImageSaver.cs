using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dailies.Animatic.Drawing;
using Dailies.Animatic.Files;
using Dailies.Animatic.Queueing;

namespace Dailies.Animatic.Execution;

/// <summary>SaveImage and PreviewImage: draws the pictures one by one, straight to their final names.</summary>
internal sealed class ImageSaver(OutputFolder output, OutputFolder temp, FaultPlan faults, LateFiles late, TimeProvider clock)
{
    private const uint NearlyBlack = 0x020202;
    private static readonly string[] Evil = ["../../evil.png", "C:\\evil.png"];

    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> _mislabelled = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> _fatal = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> _breaking = new(StringComparer.Ordinal);

    /// <summary>Whether a fault keeps the file from /view.</summary>
    public bool IsLost(string path) => _lost.ContainsKey(path);

    /// <summary>Whether a fault breaks this transfer of the file; true once for each.</summary>
    public bool BreaksOff(string path) => _breaking.TryRemove(path, out _);

    /// <summary>Whether a fault kills the server during this transfer.</summary>
    public bool IsFatal(string path) => _fatal.ContainsKey(path);

    /// <summary>Whether a fault makes /view call the file a web page.</summary>
    public bool IsMislabelled(string path) => _mislabelled.ContainsKey(path);

    public NodeResult Save(NodeCall call, CancellationToken cancel) =>
        Write(call, output, call.Text("filename_prefix"), AnimaticWire.Output, cancel);

    /// <summary>As <see cref="Save"/>, then marks the frames as whole and passes them on.</summary>
    public NodeResult SaveAndMark(NodeCall call, CancellationToken cancel)
    {
        var images = Rendered(call);
        var saved = Save(call, cancel);
        var place = Place(output, call.Text("filename_prefix"), images);
        DoneMark.Write(place with { Counter = place.Counter - images.Count }, images.Count, call.Prompt.Dailies, clock.GetUtcNow());
        return saved with { Slots = [images] };
    }

    public NodeResult Preview(NodeCall call, CancellationToken cancel) =>
        Write(call, temp, "ComfyUI_temp_animatic", AnimaticWire.Temp, cancel);

    private NodeResult Write(NodeCall call, OutputFolder folder, string prefix, string type, CancellationToken cancel)
    {
        var images = Rendered(call);
        var place = Place(folder, prefix, images);
        var texts = Texts(call.Prompt);
        if (faults.Bites(FaultKind.LateFiles, call.Prompt.Tag))
        {
            late.Begin(place, images.Count, Artist(images, call.Prompt, prefix), texts, prefix.Length);
            return new NodeResult([]);
        }

        using var artist = Artist(images, call.Prompt, prefix);
        var files = new List<JsonObject>();
        for (var i = 0; i < images.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var name = place.FileName(i);
            using (var file = new FileStream(Path.Combine(place.Folder, name), FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
            {
                PngText.Write(file, artist.Draw(i), texts);
                DieWithin(file, call.Prompt.Tag, i == images.Count - 1);
            }

            files.Add(AnimaticWire.File(name, place.Subfolder, type));
        }

        Spoil(call.Prompt.Tag, [.. Enumerable.Range(0, images.Count).Select(i => Path.Combine(place.Folder, place.FileName(i)))]);
        if (faults.Bites(FaultKind.EscapingName, call.Prompt.Tag))
        {
            files.AddRange(Evil.Select(name => AnimaticWire.File(name, place.Subfolder, type)));
        }

        return faults.Bites(FaultKind.Unannounced, call.Prompt.Tag) ? new NodeResult([]) : new NodeResult([], AnimaticWire.Images(faults.Bites(FaultKind.ShortList, call.Prompt.Tag) ? files[..^1] : files));
    }

    private NodeValue.Images Rendered(NodeCall call)
    {
        var images = call.Value<NodeValue.Images>("images");
        return images.Count > 1 && faults.Bites(FaultKind.FewerFrames, call.Prompt.Tag) ? images with { Count = images.Count - 1 } : images;
    }

    // The server goes while it writes: what is written stays under the final name.
    private void DieWithin(FileStream file, PromptTag tag, bool isLast)
    {
        if (isLast && faults.Bites(FaultKind.KilledMidWrite, tag))
        {
            file.SetLength(file.Length / 2);
            throw new ServerDeath();
        }
    }

    // What goes wrong with files that were saved whole.
    private void Spoil(PromptTag tag, IReadOnlyList<string> paths)
    {
        if (faults.Bites(FaultKind.DropOutput, tag))
        {
            _lost[paths[^1]] = true;
        }

        if (faults.Bites(FaultKind.TornFile, tag))
        {
            using var file = new FileStream(paths[^1], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(file.Length / 2);
        }

        Mark(FaultKind.WrongContentType, _mislabelled);
        Mark(FaultKind.TornTransfer, _breaking);
        Mark(FaultKind.KilledMidTransfer, _fatal);

        void Mark(FaultKind fault, ConcurrentDictionary<string, bool> marked)
        {
            foreach (var path in faults.Bites(fault, tag) ? paths : [])
            {
                marked[path] = true;
            }
        }
    }

    private ImagePlace Place(OutputFolder folder, string prefix, NodeValue.Images images)
    {
        try
        {
            return folder.Prepare(prefix, images.Width, images.Height, clock.GetLocalNow());
        }
        catch (PrefixEscape escape)
        {
            throw new NodeFailure(escape.Message + "\n", "Exception");
        }
    }

    private IFrameArtist Artist(NodeValue.Images images, QueuedPrompt prompt, string prefix) =>
        faults.Bites(FaultKind.BlackFrames, prompt.Tag) ? new FlatArtist(images.Width, images.Height, 0)
        : faults.Bites(FaultKind.DarkFrames, prompt.Tag) ? new FlatArtist(images.Width, images.Height, NearlyBlack)
        : images.Shot is { } shot
        ? new PanelArtist(new Shot(shot.Prompt, shot.Seed, images.Width, images.Height, images.Count), ShotNotes.Read(prompt.Dailies, prefix))
        : new FlatArtist(images.Width, images.Height, images.Colour);

    // `prompt` and each key of extra_pnginfo, as JSON.
    private static List<KeyValuePair<string, string>> Texts(QueuedPrompt prompt)
    {
        var texts = new List<KeyValuePair<string, string>> { new(AnimaticWire.Prompt, AnimaticWire.Text(prompt.Graph)) };
        if (prompt.Extra[AnimaticWire.PngInfo] is JsonObject info)
        {
            texts.AddRange(info.Select(i => KeyValuePair.Create(i.Key, AnimaticWire.Text(i.Value))));
        }

        return texts;
    }
}
