using System.CommandLine;
using Dailies.Animatic;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Takes;
using Dailies.Workflows;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies run &lt;story&gt;</c>: reads what was asked, starts the embedded renderer if wanted, renders, shows, ends with the verdict.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var story = new Argument<string>("story") { Description = "A story: a .fountain or story.json file, or a folder that holds one with its dailies.json and workflow" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line, the result last" };
        var settings = new SettingOptions(RunOptions.All);
        var command = new Command("run", "Render a story") { story, json };
        settings.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(story)!, settings.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(string story, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, bool json)
    {
        var setup = RunSetup.Read(story, typed, Environment.GetEnvironmentVariable, ProgramIdentity.Current, VideoTools.Find(), Storyboards);
        if (setup.Request is not { } request)
        {
            foreach (var fault in setup.Faults)
            {
                await Console.Error.WriteLineAsync($"{CommandLine.Program}: {TerminalText.Plain(fault)}");
            }

            return ExitCode.Usage;
        }

        return await new RunShow(request, json, SleepSetting.Allows(request), [.. FirstWords(request)]).ShowAsync((loop, stop) => loop.RunAsync(stop));
    }

    private static readonly StoryboardWorkflow Storyboards = new("the embedded renderer's own workflow", AnimaticWorkflow.Graph, AnimaticWorkflow.Bindings);

    // What was bound and what not, and what else is worth knowing before hours go by.
    private static IEnumerable<string> FirstWords(RunRequest request)
    {
        var workflow = request.WorkflowRecord;
        yield return $"workflow {workflow.File}: {string.Join(" · ", workflow.Bound)}";
        var unbound = WorkflowBinding.SceneNames.Where(n => request.Binding.Of(n).Count == 0).ToList();
        if (unbound.Count > 0)
        {
            yield return $"not bound: {string.Join(", ", unbound)}";
        }

        foreach (var note in workflow.Notes.Concat(request.Warnings))
        {
            yield return $"note: {note}";
        }

        if (RunFinder.Runs(request.RunsDir).LastOrDefault() is { } newest && LatestState.Of(newest) is { } state && state != RunStates.Finished)
        {
            var how = state == RunStates.Running ? "has not ended: its controller still runs or died" : $"has {state} before its end";
            yield return $"note: {newest} {how}; this starts a new run; to go on with that one: {CommandLine.Program} resume {newest}";
        }
    }
}
