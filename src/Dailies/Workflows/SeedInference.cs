using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>Which inputs take the seed: those of the samplers and noise nodes that add noise. Pure.</summary>
internal static class SeedInference
{
    public static (IReadOnlyList<InputTarget> Seeds, IReadOnlyList<string> Notes) Infer(WorkflowLinks links)
    {
        List<InputTarget> seeds = [];
        List<string> notes = [];
        foreach (var node in links.Live.Where(MakesNoise))
        {
            if (AddsNone(node))
            {
                notes.Add($"{node.Named()} adds no noise: its seed is left alone");
                continue;
            }

            foreach (var input in (string[])["seed", "noise_seed"])
            {
                if (node.Has(input))
                {
                    var (target, note) = ValueSource.Number(links.Template, node, input);
                    seeds.AddRange(target is { } found ? [found] : []);
                    notes.AddRange(note is null ? [] : [note]);
                }
            }
        }

        if (seeds.Count == 0)
        {
            notes.Add("no sampler or noise node has a seed of its own: seed is not bound, and a second take would be the same picture");
        }

        return (seeds.Distinct().ToList(), notes);
    }

    // Not every seed makes noise: wildcard and language nodes have one too.
    private static bool MakesNoise(WorkflowNode node) => (node.Has("seed") || node.Has("noise_seed"))
        && (node.IsAny("Sampler", "Noise", "Detailer") || node.Has("positive") || node.Has("latent_image") || node.Has("text_embeds"));

    // KSamplerAdvanced says "enable" or "disable", SamplerCustom true or false; a linked switch may say either, so it counts as noise.
    private static bool AddsNone(WorkflowNode node) => node.Text("add_noise") == "disable"
        || (node.Inputs.TryGetValue("add_noise", out var value) && value.ValueKind == JsonValueKind.False);
}
