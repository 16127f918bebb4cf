using System.Globalization;
using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>One time at which the server is killed, and how long it then stays down.</summary>
internal sealed record ScheduledKill(TimeSpan At, TimeSpan Down)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"kill at {At.TotalSeconds:0.0} s for {Down.TotalSeconds:0.0} s");
}

/// <summary>Several faults at once, all drawn from one seed.</summary>
internal sealed record FaultSchedule(int Seed, string Faults, IReadOnlyList<ScheduledKill> Kills)
{
    /// <summary>Scenes of the story.</summary>
    public const int Scenes = 3;

    /// <summary>Limits short enough that what never ends is given up in a minute.</summary>
    public static readonly IReadOnlyList<string> Knobs =
        ["sceneMaxWaitSeconds=30", "stallTimeoutSeconds=30", "sceneQueueWaitSeconds=60", "scenePostExecutionTimeoutSeconds=5"];

    private static readonly string[] Blinding = ["history-evicted", "truncated-json", "half-open-history"];
    private const int LatestKill = 40, LongestDown = 30;

    /// <summary>A fault can keep the history from us, so that a prompt ends between two looks and nobody ever tells.</summary>
    public bool IsBlind => Blinding.Any(name => Faults.Contains(name, StringComparison.Ordinal));

    /// <summary>Two to four faults, each for a scene, an attempt, a count or a chance; in half of the schedules a kill or two.</summary>
    public static FaultSchedule Of(int seed)
    {
        var dice = new Random(seed);
        var rows = FaultTable.Rows.DistinctBy(r => r.Name).ToList();
        var faults = Enumerable.Range(0, dice.Next(2, 5)).Select(_ => Draw(rows[dice.Next(rows.Count)], dice)).ToList();
        var kills = Enumerable.Range(0, Math.Max(0, dice.Next(-1, 3))).Select(_ => new ScheduledKill(Span(dice, LatestKill), Span(dice, LongestDown))).ToList();
        return new FaultSchedule(seed, string.Join(',', faults), kills);
    }

    public override string ToString() => $"seed {Seed}: {Faults}{string.Concat(Kills.Select(k => $"; {k}"))}";

    private static string Draw(FaultRow row, Random dice)
    {
        var scene = row.Hit == Hit.Both ? "" : "@" + RunFolder.SceneId(dice.Next(1, Scenes + 1));
        return row.Name + dice.Next(5) switch
        {
            0 => scene,
            1 when scene.Length > 0 => $"{scene}:{dice.Next(1, 3)}",
            2 => $"*{dice.Next(1, 4)}",
            3 => $"%{dice.Next(1, 10) * 10}",
            _ => $"{scene}*{dice.Next(1, 3)}",
        };
    }

    private static TimeSpan Span(Random dice, int most) => TimeSpan.FromSeconds(dice.Next(1, most * 10) / 10.0);
}
