namespace Dailies.Workflows;

/// <summary>Every name of a ComfyUI node or input that inference knows. Sources: ComfyUI nodes.py and comfy_extras/nodes_*.py;
/// AnimateDiff-Evolved (ADE_*), VideoHelperSuite (VHS_*), WanVideoWrapper (positive_prompt, text_embeds).</summary>
internal static class NodeNames
{
    // CLIPTextEncode, …Flux, …SDXL, …SD3, …HunyuanDiT, …HiDream, …Lumina2, TextEncodeQwenImageEdit, TextEncodeAceStepAudio
    public static readonly string[] Texts =
        ["text", "prompt", "clip_l", "clip_g", "t5xxl", "llama", "text_g", "text_l", "bert", "mt5xl", "user_prompt", "tags", "caption"];

    // Texts of nodes that hold both sides: WanVideoTextEncode, Efficient Loader.
    public static readonly string[] PositiveTexts = ["positive_prompt", "text_positive", "positive"];
    public static readonly string[] NegativeTexts = ["negative_prompt", "text_negative", "negative"];

    // Where a node that only holds a value keeps it: PrimitiveString (value), String Literal (string), easy positive (positive).
    public static readonly string[] TextValues = ["value", "string", "text", "positive", "negative", "prompt", "String", "Text"];
    public static readonly string[] NumberValues = ["value", "int", "Number", "number", "seed", "Value"];

    // Links that never carry a prompt; all others of an unknown node are followed.
    private static readonly string[] Sideways =
    [
        "model", "clip", "vae", "control_net", "controlnet", "image", "images", "mask", "latent", "latent_image", "samples", "pixels",
        "style_model", "noise", "sampler", "sigmas", "guider", "audio", "video", "width", "height", "length", "seed", "noise_seed", "steps", "cfg",
        "batch_size", "boolean", "switch", "select", "index", "strength", "fps", "frame_rate", "init_image", "start_image", "end_image",
    ];

    // Nodes that end nowhere only because their author left them unconnected: no server runs them.
    private static readonly string[] NeverLast =
        ["Loader", "Guider", "Reroute", "Noise", "KSampler", "SamplerCustom", "Primitive", "ToVideo", "Conditioning", "ControlNet", "TextEncode"];

    private static readonly string[] NeverLastStarts = ["Empty", "Load", "VAE", "KSampler", "ADE_"];

    private static readonly string[] ModelSavers = ["CheckpointSave", "ModelSave", "CLIPSave", "VAESave", "LoraSave", "SaveLora"];

    public static bool IsSideways(string input) => Array.IndexOf(Sideways, input) >= 0 || input.StartsWith("clip_vision", StringComparison.Ordinal);

    public static bool IsIdleEnd(WorkflowNode node) => !node.Has("filename_prefix")
        && (node.IsAny(NeverLast) || NeverLastStarts.Any(s => node.ClassType.StartsWith(s, StringComparison.Ordinal)));

    public static bool SavesModel(WorkflowNode node) => node.IsAny(ModelSavers);

    public static bool IsConcatenation(WorkflowNode node) => node.Is("concat") || (node.Has("string_a") && node.Has("string_b"));

    public static bool IsSampler(WorkflowNode node) => node.IsAny("Sampler", "Detailer") || node.Has("seed") || node.Has("noise_seed");

    // AnimateDiff-Evolved names all its nodes ADE_…; its predecessor AnimateDiffLoaderV1.
    public static bool IsAnimateDiff(WorkflowNode node) => node.ClassType.StartsWith("ADE_", StringComparison.Ordinal) || node.Is("AnimateDiff");
}
