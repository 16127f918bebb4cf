namespace Dailies.Markers;

/// <summary>When to look, and when at everything. A scan costs a few milliseconds per 1,000 files on a local disk and much more over a network; here is how much of the time it may take. Pure.</summary>
internal static class ScanDecision
{
    // While events come, the scan is a backstop and may take a twentieth of the time; without them it is all there is, and may take a fifth.
    private const int BackstopRest = 20, OnlyRest = 4;

    /// <summary>Whether all folders are to be looked at, <paramref name="sinceFull"/> after the last time, which took <paramref name="cost"/>.</summary>
    public static bool IsFullDue(SentinelPolicy policy, TimeSpan sinceFull, TimeSpan cost, bool events) =>
        sinceFull >= Longer(policy.ScanInterval, cost * (events ? BackstopRest : OnlyRest));

    /// <summary>How long to rest after a look at some folders that took <paramref name="cost"/>, zero after one at everything: the interval, or less where a sequence may be whole in <paramref name="left"/>.</summary>
    public static TimeSpan Pause(SentinelPolicy policy, TimeSpan cost, TimeSpan? left) =>
        Longer(left is { } soon && soon < policy.ScanInterval ? soon : policy.ScanInterval, cost * OnlyRest);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
