using Dailies.Contract;
using Dailies.Dashboard.Access;

namespace Dailies.Dashboard;

/// <summary>What the dashboard shows, and where it listens.</summary>
public sealed record DashboardOptions
{
    /// <summary>Where it listens and who gets in.</summary>
    public required ServePlan Serve { get; init; }

    /// <summary>The program, as its metadata names it.</summary>
    public required ProgramRecord Program { get; init; }

    /// <summary>Where run folders are.</summary>
    public string RunsDir { get; init; } = "logs";

    /// <summary>Where <c>artifacts/latest-run.json</c> is.</summary>
    public string PublicDir { get; init; } = "public";

    /// <summary>Where archives are.</summary>
    public string ArchiveDir { get; init; } = "artifacts";

    /// <summary>The clock of heartbeats and limits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
