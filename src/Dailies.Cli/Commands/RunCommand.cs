using System.CommandLine;
using Dailies.Animatic;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Takes;

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
        var setup = RunSetup.Read(story, typed, Environment.GetEnvironmentVariable, ProgramIdentity.Current, VideoTools.Find());
        if (setup.Request is not { } request)
        {
            foreach (var fault in setup.Faults)
            {
                await Console.Error.WriteLineAsync($"{CommandLine.Program}: {SummaryEscape.Escape(fault)}");
            }

            return ExitCode.Usage;
        }

        var view = RunView.Choose(json, TimeProvider.System);
        await SayFirstAsync(request);
        using var signals = new StopSignals(view.Say);
        try
        {
            await using var animatic = request.Animatic ? await StartAnimaticAsync(signals.Token) : null;
            var loop = new RunLoop(animatic is null ? request : request with { Station = StationAddress.Parse(animatic.Server.Url, NoHeaders, out _) }, TimeProvider.System);
            loop.Opened += (ledger, _) => view.Follow(ledger);
            var result = await loop.RunAsync(signals.Token);
            await view.FinishAsync(result);
            return result.ExitCode == ExitCode.Interrupted ? signals.Code ?? result.ExitCode : result.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: {SummaryEscape.Escape(e.Message)}. Nothing was rendered; give another --runs-dir or --public-dir");
            return ExitCode.Station;
        }
    }

    private static readonly Dictionary<string, string> NoHeaders = [];

    // What was bound and what not, and what else is worth knowing before hours go by. On standard error: standard output is the run's.
    private static async Task SayFirstAsync(RunRequest request)
    {
        var workflow = request.WorkflowRecord;
        await Console.Error.WriteLineAsync($"workflow {SummaryEscape.Escape(workflow.File)}: {SummaryEscape.Escape(string.Join(" · ", workflow.Bound))}");
        foreach (var note in workflow.Notes.Concat(request.Warnings))
        {
            await Console.Error.WriteLineAsync($"note: {SummaryEscape.Escape(note)}");
        }

        if (RunFinder.Runs(request.RunsDir).LastOrDefault() is { } unfinished && LatestState.Of(unfinished) == RunStates.Running)
        {
            await Console.Error.WriteLineAsync($"note: {unfinished} has not ended: its controller still runs or died; this starts a new run");
        }
    }

    private static async Task<OwnAnimatic> StartAnimaticAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("dailies-animatic-");
        return new OwnAnimatic(await AnimaticServer.StartAsync(new AnimaticOptions { OutputFolder = folder.FullName }, cancel), folder);
    }

    // The storyboards lie in the run folder by the time it ends; the renderer's own copies go with it.
    private sealed record OwnAnimatic(AnimaticServer Server, DirectoryInfo Folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
