using Dailies.Animatic.Drawing;
using Dailies.Animatic.Files;

namespace Dailies.Animatic.Execution;

/// <summary>The fault <c>late-files</c>: a node that announces nothing and writes its frames when the prompt has long succeeded. Slowly, in any order, some of them half at first.</summary>
internal sealed class LateFiles(TimeProvider clock, CancellationToken stopping)
{
    private const int TornEvery = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Begins to write; the artist is disposed when it is done. A server that stops leaves what is written, torn or not.</summary>
    public void Begin(ImagePlace place, int count, IFrameArtist artist, IReadOnlyList<KeyValuePair<string, string>> texts, int seed) => _ = Task.Run(async () =>
    {
        using (artist)
        {
            var order = Enumerable.Range(0, count).ToArray();
            new Random(seed).Shuffle(order);
            try
            {
                foreach (var i in order)
                {
                    await Task.Delay(Pause, clock, stopping);
                    await WriteAsync(Path.Combine(place.Folder, place.FileName(i)), artist.Draw(i), texts, i % TornEvery == 0);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The server is gone, or its output folder is.
            }
        }
    }, CancellationToken.None);

    private async Task WriteAsync(string path, byte[] png, IReadOnlyList<KeyValuePair<string, string>> texts, bool torn)
    {
        using var whole = new MemoryStream();
        PngText.Write(whole, png, texts);
        var bytes = whole.ToArray();
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var first = torn ? bytes.Length / 2 : bytes.Length;
        await file.WriteAsync(bytes.AsMemory(0, first), stopping);
        if (torn)
        {
            await Task.Delay(4 * Pause, clock, stopping);
            await file.WriteAsync(bytes.AsMemory(first), stopping);
        }
    }
}
