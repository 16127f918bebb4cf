using System.Text;
using Dailies.Contract;

namespace Dailies.Checks;

/// <summary>What one suite says: a line for each thing that it looked at.</summary>
internal sealed class CheckLog
{
    private readonly StringBuilder text = new();
    private int passed, failed;

    /// <summary>0 while nothing has failed.</summary>
    public int ExitCode => failed == 0 ? 0 : 1;

    /// <summary>The log with its count.</summary>
    public string Text => $"{text}{SummaryNumber.Text(passed)} passed, {SummaryNumber.Text(failed)} failed\n";

    /// <summary>It is as it should be.</summary>
    public void Pass(string what) => Say("ok    ", what, ref passed);

    /// <summary>It is not, and why.</summary>
    public void Fail(string what, string why) => Say("FAIL  ", $"{what}: {why}", ref failed);

    /// <summary>It was not looked at, and why.</summary>
    public void Skip(string what, string why) => text.Append(SummaryEscape.Escape($"skip  {what}: {why}")).Append('\n');

    /// <summary>One or the other: <paramref name="fault"/> is null where all is well.</summary>
    public void Add(string what, string? fault)
    {
        if (fault is null)
        {
            Pass(what);
        }
        else
        {
            Fail(what, fault);
        }
    }

    private void Say(string mark, string what, ref int tally)
    {
        tally++;
        text.Append(mark).Append(SummaryEscape.Escape(what)).Append('\n');
    }
}
