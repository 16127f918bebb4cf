using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>The graphs that the tests post.</summary>
internal static class Graphs
{
    /// <summary>The recordings' own: EmptyImage into SaveImage.</summary>
    public static JsonObject Flat(int batch = 1, int colour = 14877397, string prefix = "lab") => Parse($$$"""
        {
          "1": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64, "batch_size": {{{batch}}}, "color": {{{colour}}}}},
          "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "{{{prefix}}}"}}
        }
        """);

    /// <summary>The default text-to-image graph, with ComfyUI's usual ids.</summary>
    public static JsonObject Shot(ulong seed = 42, int frames = 2, int steps = 3, string prefix = "shots/scene-001", int width = 64, int height = 64, string prompt = "a lighthouse at night") => Parse($$$"""
        {
          "3": {"class_type": "KSampler", "inputs": {"model": ["4", 0], "seed": {{{seed}}}, "steps": {{{steps}}}, "cfg": 7, "sampler_name": "euler",
                "scheduler": "normal", "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0], "denoise": 1.0}},
          "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "animatic-storyboard-v1.safetensors"}},
          "5": {"class_type": "EmptyLatentImage", "inputs": {"width": {{{width}}}, "height": {{{height}}}, "batch_size": {{{frames}}}}},
          "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "{{{prompt}}}", "clip": ["4", 1]}},
          "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
          "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
          "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "{{{prefix}}}"}}
        }
        """);

    public static JsonObject Scene(string scene, int attempt) => new() { ["scene"] = scene, ["attempt"] = attempt, ["title"] = "A story" };

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
