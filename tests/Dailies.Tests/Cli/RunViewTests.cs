using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Tests.Ledger;
using Dailies.Validation;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Cli;

/// <summary>Each view before a console that works and before one that stands still.</summary>
public class RunViewTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Views => ["json", "live", "plain"];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_run_before_a_frozen_console_goes_on_to_its_end(string name)
    {
        var clock = new FakeTimeProvider();
        using var frozen = new FrozenWriter();
        using var console = new RunConsole(frozen, frozen, json: name == "json", clock);
        await using var view = View(name, console, clock);

        await ShowAsync(view);

        var written = console.WrittenAsync();
        clock.Advance(Patience);
        await written;
        frozen.Text.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Result_and_notes_are_there_when_the_console_thaws(string name)
    {
        using var frozen = new FrozenWriter();
        using var console = new RunConsole(frozen, frozen, json: name == "json", TimeProvider.System);
        await using var view = View(name, console, TimeProvider.System);

        await ShowAsync(view);
        frozen.Thaw();
        await console.WrittenAsync();

        frozen.Text.ShouldContain("a note that stays");
        frozen.Text.ShouldContain(name == "json" ? "\"kind\":\"Result\"" : "2 of 3 have a take");
    }

    [Fact]
    public void What_is_dropped_of_the_json_is_an_object_too() => JsonRunView.Dropped(12).ShouldBe("""{"kind":"Dropped","count":12}""");

    private static RunView View(string name, RunConsole console, TimeProvider clock) => name switch
    {
        "json" => new JsonRunView(console),
        "live" => new LiveRunView(console, clock),
        _ => new PlainRunView(console),
    };

    private static async Task ShowAsync(RunView view)
    {
        using var folder = new TempFolder();
        using var ledger = RunLedger.Open(Path.Combine(folder.Path, RunFolder.Ledger));
        view.Follow(ledger);
        foreach (var e in SampleRun.Finished)
        {
            ledger.Append(e);
        }

        view.Say("a note that stays");
        await view.FinishAsync(new RunResult(ExitCode.Failed, folder.Path, ledger.State, new Verdict(folder.Path, null, Standings.Kept, [], 3, 4)));
    }
}
