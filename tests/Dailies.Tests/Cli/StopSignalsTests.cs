using Dailies.Cli;

namespace Dailies.Tests.Cli;

/// <summary>What the first, the second and every further signal does.</summary>
public class StopSignalsTests
{
    [Theory]
    [InlineData(1, true, "Gently")]
    [InlineData(2, true, "Hurry")]
    [InlineData(3, true, "Leave")]
    [InlineData(4, true, "Leave")]
    [InlineData(1, false, "Gently")]
    [InlineData(2, false, "Leave")]
    public void Each_signal_has_its_step(int number, bool hurries, string step) => StopSignals.Step(number, hurries).ToString().ShouldBe(step);
}
