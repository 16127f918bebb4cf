using System.Globalization;
using System.Text;
using Dailies.Checks;
using Dailies.Contract;

namespace Dailies.Notices;

/// <summary>Tells others that a run has ended, when everything else is done: the post, then the command. Nothing in here can fail the run or hold it up for ever.</summary>
/// <param name="settings">Who is told.</param>
/// <param name="folder">The run folder. Its evidence is sealed: only run.log gets another line.</param>
/// <param name="clock">Bounds both.</param>
/// <param name="say">Gets a line for people.</param>
public sealed class NoticeRunner(NoticeSettings settings, RunFolder folder, TimeProvider clock, Action<string> say)
{
    private const int MostLines = 100;

    /// <summary>How long the command may take.</summary>
    public static TimeSpan CommandLimit { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Tells them. Cancelling gives up what is under way and what is to come.</summary>
    public async Task TellAsync(RunNotice notice, CancellationToken cancel)
    {
        await TryAsync(NoticeOptions.Notify.Option, settings.Target is not { } target ? null : async () =>
            await NoticePost.SendAsync(target, notice, clock, cancel) is { } why ? $"was not delivered: {why}" : null);
        await TryAsync(NoticeOptions.OnFinish.Option, settings.Command is not { } line ? null : () => RunAsync(line, notice, cancel));
    }

    private async Task<string?> RunAsync(string line, RunNotice notice, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            return "was not run: the operator would not wait";
        }

        var command = new CheckCommand("on-finish", line, CommandLimit)
        {
            Variables = new Dictionary<string, string>
            {
                [RunNotice.RunIdVariable] = notice.RunId,
                [RunNotice.StateVariable] = notice.State,
                [RunNotice.ExitCodeVariable] = notice.ExitCode.ToString(CultureInfo.InvariantCulture),
            },
        };
        var (code, output) = await command.RunAsync(folder, clock, cancel);
        foreach (var text in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(MostLines))
        {
            say(text); // the terminal's only: what a command says can hold secrets
        }

        return code switch
        {
            0 => null,
            CheckRecord.TimedOut => $"ended with exit code {code}, or was killed after {CommandLimit.TotalMinutes} minutes",
            _ => $"ended with exit code {code}",
        };
    }

    // The last border of all: whatever goes wrong here, the run has ended as it has.
    private async Task TryAsync(string what, Func<Task<string?>>? tell)
    {
        if (tell is null)
        {
            return;
        }

        string? fault;
        try
        {
            fault = await tell();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            fault = $"failed ({e.GetType().Name})"; // the words of an exception can hold an address
        }

        if (fault is not null)
        {
            say($"{what} {fault}");
        }

        Log($"{what} {fault ?? "done"}");
    }

    private void Log(string line)
    {
        try
        {
            File.AppendAllText(folder.At(RunFolder.Log), $"{Stamp.Text(clock.GetUtcNow())} {line}\n", new UTF8Encoding(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was said already.
        }
    }
}
