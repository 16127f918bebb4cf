using Dailies.Cli.Sleep;

namespace Dailies.Tests.Cli;

/// <summary>Which system is kept awake, and how.</summary>
public class SleepDecisionTests
{
    private static readonly SleepFacts Linux = new(Allowed: false, SleepSystem.Linux, Systemd: true, Pid: 42, RunId: "20261123-221507");

    [Fact]
    public void Linux_is_kept_awake_by_systemd_as_long_as_our_pipe_is_open() => Of(Linux).ShouldBe(
        "setsid systemd-inhibit --what=sleep:idle --who=Dailies --why=run 20261123-221507 --mode=block cat; ends with its input");

    [Fact]
    public void A_Mac_is_kept_awake_by_caffeinate_as_long_as_we_live() => Of(Linux with { System = SleepSystem.Mac, Systemd = false }).ShouldBe("caffeinate -i -w 42");

    [Fact]
    public void Windows_is_kept_awake_by_a_thread() => Of(Linux with { System = SleepSystem.Windows, Systemd = false }).ShouldBe("thread");

    [Fact]
    public void Where_nothing_puts_the_machine_to_sleep_nothing_is_done()
    {
        Of(Linux with { Systemd = false }).ShouldBe("nothing");
        Of(Linux with { System = SleepSystem.Other }).ShouldBe("nothing");
    }

    [Fact]
    public void Whoever_allows_sleep_gets_it_on_every_system() =>
        Enum.GetValues<SleepSystem>().Select(s => Of(Linux with { Allowed = true, System = s })).ShouldAllBe(s => s == "nothing");

    private static string Of(SleepFacts facts) => SleepDecision.Of(facts) switch
    {
        SleepStep.Program p => $"{p.File} {string.Join(' ', p.Arguments)}{(p.EndsWithInput ? "; ends with its input" : "")}",
        SleepStep.Thread => "thread",
        _ => "nothing",
    };
}
