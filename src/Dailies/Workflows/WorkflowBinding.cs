using System.Collections.ObjectModel;
using Dailies.Settings;

namespace Dailies.Workflows;

/// <summary>Which inputs of a graph take what a scene says. Pure data: a name and the inputs that take its value.</summary>
/// <param name="Targets">From a name (<c>prompt</c>, <c>negative</c>, <c>seed</c>, <c>prefix</c>, <c>width</c>, <c>height</c>, <c>frames</c>, <c>keyframe</c>,
/// or any name of a map's own) to its inputs. An empty list says that the map unbinds it.</param>
/// <param name="Notes">What was not bound, and why; what a reader should know about what was.</param>
public sealed record WorkflowBinding(IReadOnlyDictionary<string, IReadOnlyList<InputTarget>> Targets, IReadOnlyList<string> Notes)
{
    /// <summary>What was not bound, and why; each one line.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [.. Notes.Select(n => OneLine.Of(n))];

    /// <summary>What a map calls the node whose output is the take.</summary>
    public const string TakeName = "take";

    /// <summary>The node whose output is the take (<c>"take": "9"</c> in a map); null for the last that saved a video, else the last that saved images.</summary>
    public string? Take { get; init; }

    /// <summary>The names that a scene fills by itself, in the order they are printed.</summary>
    public static IReadOnlyList<string> SceneNames { get; } = ["prompt", "negative", "seed", "prefix", "width", "height", "frames", "keyframe"];

    /// <summary>The inputs of a name; empty when it is not bound.</summary>
    public IReadOnlyList<InputTarget> Of(string name) => Targets.GetValueOrDefault(name) ?? [];

    /// <summary>What the graph itself shows: texts behind samplers, seeds that add noise, prefixes of savers, lengths of videos.</summary>
    public static WorkflowBinding Infer(WorkflowTemplate template)
    {
        var links = new WorkflowLinks(template);
        var (prompt, negative, promptNotes) = PromptInference.Infer(links);
        var (seeds, seedNotes) = SeedInference.Infer(links);
        var (prefixes, prefixNotes) = OutputInference.Prefixes(links);
        var (width, height, sizeNotes) = SizeInference.Infer(links);
        var (frames, frameNotes) = FrameInference.Infer(links);
        var (keyframe, keyframeNote) = OutputInference.Keyframe(links);
        var targets = new OrderedDictionary<string, IReadOnlyList<InputTarget>>(StringComparer.Ordinal);
        Add("prompt", prompt);
        Add("negative", negative);
        Add("seed", seeds);
        Add("prefix", prefixes);
        Add("width", One(width));
        Add("height", One(height));
        Add("frames", frames);
        Add("keyframe", One(keyframe));
        return new WorkflowBinding(new ReadOnlyDictionary<string, IReadOnlyList<InputTarget>>(targets),
            [.. promptNotes, .. seedNotes, .. prefixNotes, .. sizeNotes, .. frameNotes, .. keyframeNote is null ? Array.Empty<string>() : [keyframeNote], .. links.ToNowhere]);

        void Add(string name, IReadOnlyList<InputTarget> found)
        {
            if (found.Count > 0)
            {
                targets[name] = found;
            }
        }
    }

    /// <summary>Reads an explicit map, <c>{"prompt": "6.text", "frames": ["5.batch_size"], "negative": [], "take": "9"}</c>. Names are free but for
    /// <c>take</c>, which is given a node and no input.</summary>
    /// <param name="bytes">The file, UTF-8; any bytes give a reading, none an exception.</param>
    /// <param name="fileName">How faults name the file.</param>
    /// <param name="template">The graph that the map speaks of.</param>
    public static BindingReading ReadMap(ReadOnlyMemory<byte> bytes, string fileName, WorkflowTemplate template) =>
        BindingMapReader.Read(bytes, fileName, template);

    /// <summary>What is bound in the end: entries of the map win name by name, the rest is inferred; an empty list unbinds.</summary>
    public static WorkflowBinding Resolve(WorkflowTemplate template, WorkflowBinding? map = null)
    {
        var inferred = Infer(template);
        if (map is null)
        {
            return inferred;
        }

        var targets = new OrderedDictionary<string, IReadOnlyList<InputTarget>>(inferred.Targets, StringComparer.Ordinal);
        foreach (var (name, chosen) in map.Targets)
        {
            targets[name] = chosen;
        }

        // A note that a name is not bound is history once the map binds it.
        var bound = map.Targets.Where(t => t.Value.Count > 0).Select(t => t.Key).ToList();
        var unbound = map.Targets.Where(t => t.Value.Count == 0).Select(t => $"{t.Key} is unbound by the map");
        return new WorkflowBinding(new ReadOnlyDictionary<string, IReadOnlyList<InputTarget>>(targets), [.. inferred.Notes.Where(n => !IsAnswered(n, bound)), .. map.Notes, .. unbound]) { Take = map.Take };
    }

    // Notes end in "x is not bound" or "x and y are not bound"; both must be bound to answer the second.
    private static bool IsAnswered(string note, List<string> bound) =>
        bound.Any(name => note.Contains($"{name} is not bound", StringComparison.Ordinal))
        || bound.Any(a => bound.Any(b => note.Contains($"{a} and {b} are not bound", StringComparison.Ordinal)));

    private static IReadOnlyList<InputTarget> One(InputTarget? target) => target is { } found ? [found] : [];
}
