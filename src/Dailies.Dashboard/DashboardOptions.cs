namespace Dailies.Dashboard;

/// <summary>How a dashboard is set up.</summary>
public sealed record DashboardOptions
{
    /// <summary>Where it listens.</summary>
    public string Url { get; init; } = "http://localhost:3000";

    /// <summary>The folder of runs.</summary>
    public required string RunsDir { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
