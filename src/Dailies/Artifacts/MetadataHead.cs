using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Artifacts;

/// <summary>What a list of runs needs of artifact-metadata.json; the rest of the file is passed over.</summary>
internal sealed record MetadataHead(string? RunId, string? Name, string? State, DateTimeOffset? Timestamp, DateTimeOffset? EndedAt, MetadataHead.StoryHead? Story, IReadOnlyList<MetadataHead.SceneHead?>? Scenes)
{
    private const long Most = 512 * 1024 * 1024;

    /// <summary>The head of the file, or null where there is none that can be read.</summary>
    public static MetadataHead? Read(string path) => Load<MetadataHead>(path, Most);

    /// <summary>What <typeparamref name="T"/> asks of the file, or null where there is none that can be read, or it has more bytes.</summary>
    public static T? Load<T>(string path, long most)
        where T : class
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and var bytes } || bytes > most)
            {
                return null;
            }

            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, ContractJson.Pascal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    internal sealed record StoryHead(string? Id);

    internal sealed record SceneHead(bool Success, int FrameCount);
}
