using System.Text;
using System.Text.Json.Nodes;
using Dailies.Animatic;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Animatic;

/// <summary>What the tests of the faults share.</summary>
internal static class FaultProbe
{
    public static Fault At(string name)
    {
        Fault.TryParse(name + "@scene-002:1", out var fault, out var error).ShouldBeTrue(error);
        return fault!;
    }

    public static JsonNode End(JsonNode entry) => entry["status"]!["messages"]!.AsArray()[^1]![1]!;

    // 0 stands for a broken connection.
    public static async Task<(int Status, string Text)> PostAsync(AnimaticRig rig, string id, JsonObject tag, CancellationTokenSource? patience = null)
    {
        var cancel = patience?.Token ?? rig.Cancel;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = rig.Http.BaseAddress };
        var body = new JsonObject
        {
            ["prompt"] = Graphs.Shot(prefix: id),
            ["prompt_id"] = id,
            ["client_id"] = "c",
            ["extra_data"] = new JsonObject { ["extra_pnginfo"] = new JsonObject { ["dailies"] = tag.DeepClone() } },
        };
        try
        {
            using var reply = await http.PostAsync("/prompt", new StringContent(body.ToJsonString(), Encoding.UTF8), cancel);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(cancel));
        }
        catch (HttpRequestException)
        {
            return (0, "");
        }
    }

    public static async Task<(int Status, string Text)> AskAsync(AnimaticRig rig, string path, CancellationTokenSource patience)
    {
        using var reply = await rig.Http.GetAsync(path, patience.Token);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(patience.Token));
    }

    public static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    public static async Task UntilAsync(AnimaticRig rig, Func<JsonNode, bool> fits)
    {
        while (!fits(await rig.GetAsync("/queue")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, rig.Cancel);
        }
    }

    public static async Task<T> PassAsync<T>(FakeTimeProvider clock, Task<T> done)
    {
        while (!done.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return await done;
    }
}
