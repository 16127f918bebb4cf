using Dailies.Animatic.Drawing;
using Dailies.Animatic.Queueing;

namespace Dailies.Animatic.Execution;

/// <summary>The nine node classes, as functions from a call to a result.</summary>
internal sealed class Nodes(PromptQueue queue, FaultPlan faults, ImageSaver saver, TimeSpan stepDelay, TimeProvider clock)
{
    private static readonly NodeResult Checkpoint =
        new([new NodeValue.Part("MODEL"), new NodeValue.Part("CLIP"), new NodeValue.Part("VAE")]);

    public Task<NodeResult> RunAsync(string classType, NodeCall call, CancellationToken cancel) => classType switch
    {
        "CheckpointLoaderSimple" => Task.FromResult(Checkpoint),
        "CLIPTextEncode" => Task.FromResult(Of(new NodeValue.Conditioning(call.Text("text")))),
        "EmptyLatentImage" => Task.FromResult(EmptyLatent(call)),
        "KSampler" => SampleAsync(call, cancel),
        "VAEDecode" => Task.FromResult(Decode(call.Value<NodeValue.Latent>("samples"))),
        "EmptyImage" => Task.FromResult(Flat(call)),
        "SaveImage" => Task.FromResult(saver.Save(call, cancel)),
        "DailiesDoneMarker" => Task.FromResult(saver.SaveAndMark(call, cancel)),
        "PreviewImage" => Task.FromResult(saver.Preview(call, cancel)),
        _ => throw new NodeFailure($"no such node: {classType}\n", "KeyError"),
    };

    private static NodeResult Of(NodeValue value) => new([value]);

    // Latents hold an eighth of each side, so sizes are cut to multiples of 8.
    private static NodeResult EmptyLatent(NodeCall call) =>
        Of(new NodeValue.Latent(call.Int("width") / 8 * 8, call.Int("height") / 8 * 8, call.Int("batch_size"), null));

    private static NodeResult Flat(NodeCall call) =>
        Of(new NodeValue.Images(call.Int("width"), call.Int("height"), call.Int("batch_size"), null, (uint)call.Int("color")));

    // An unsampled latent decodes to a dull brown-grey in the real server too.
    private static NodeResult Decode(NodeValue.Latent latent) =>
        Of(new NodeValue.Images(latent.Width, latent.Height, latent.Count, latent.Shot, 0x807468));

    private async Task<NodeResult> SampleAsync(NodeCall call, CancellationToken cancel)
    {
        var latent = call.Value<NodeValue.Latent>("latent_image");
        var steps = call.Int("steps");
        for (var step = 1; step <= steps; step++)
        {
            var plan = faults.AtStep(call.Prompt.Tag, stepDelay, latent.Width);
            if (plan.Delay > TimeSpan.Zero)
            {
                await Task.Delay(plan.Delay, clock, cancel);
            }

            if (plan.Hangs)
            {
                await queue.Interruption.WaitAsync(cancel);
            }

            if (queue.Interrupted)
            {
                throw new NodeInterrupt();
            }

            if (plan.Failure is { } failure)
            {
                throw failure;
            }

            call.Progress(step, steps);
        }

        return Of(latent with { Shot = new ShotSeed(call.Value<NodeValue.Conditioning>("positive").Text, call.Seed("seed")) });
    }
}
