using System.CommandLine;
using Dailies.Contract;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary>How verbs name a run: a folder, a run id, or <c>latest</c>.</summary>
internal static class RunArgument
{
    /// <summary>One run, the newest by default.</summary>
    public static Argument<string> Optional() => new("run")
    {
        Description = "A run folder, a run id, or latest",
        DefaultValueFactory = _ => RunFolder.Latest,
    };

    /// <summary>Where run folders are.</summary>
    public static Option<string> RunsDir() => new(RunOptions.RunsDir.Option)
    {
        Description = "Where run folders are",
        HelpName = RunOptions.RunsDir.Placeholder,
        DefaultValueFactory = _ => RunOptions.RunsDir.Default!,
    };
}
