using Dailies.Comfy;

namespace Dailies.Checks;

/// <summary>The suite <c>comfyUI</c>: each route that a run needs, against what the recordings show.</summary>
internal static class StationSuite
{
    /// <summary>Asks them one after the other. A station that does not answer fails the rest without being asked again.</summary>
    public static async Task<CheckLog> RunAsync(string station, ComfyClient comfy, CancellationToken cancel)
    {
        var log = new CheckLog();
        string? silent = null;
        foreach (var route in StationProbe.Routes)
        {
            try
            {
                log.Add($"{station} GET /{route.Path}", silent ?? await comfy.ProbeAsync(route, cancel));
            }
            catch (StationException e)
            {
                silent = e.Message;
                log.Fail($"{station} GET /{route.Path}", silent);
            }
        }

        return log;
    }

    /// <summary>What is said of a station that could not be asked at all.</summary>
    public static CheckLog NotAsked(string station, string why)
    {
        var log = new CheckLog();
        log.Fail(station, why);
        return log;
    }
}
