using Dailies.Contract;
using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>What a take shows, and what follows from it.</summary>
public class ContentGateTests
{
    private static readonly TakeContent Good = new(80, 900, 60, 100, 0.1, AllBlack: false);

    // content, mode, frames, verdict
    public static TheoryData<string, TakeContent?, GateMode, int, string> Table => new()
    {
        { "a picture", Good, GateMode.Warn, 25, "Pass" },
        { "not decodable here", null, GateMode.Retry, 25, "Pass" },
        { "all black", Good with { AllBlack = true, LumaMean = 0 }, GateMode.Warn, 25, "Bad" },
        { "all black, and the gate is off", Good with { AllBlack = true, LumaMean = 0 }, GateMode.Off, 25, "Pass" },
        { "dark", Good with { LumaMean = 4 }, GateMode.Warn, 25, "Doubt" },
        { "just not dark", Good with { LumaMean = 4.1 }, GateMode.Warn, 25, "Pass" },
        { "dark, and the gate is off", Good with { LumaMean = 1 }, GateMode.Off, 25, "Pass" },
        { "dark, another attempt wanted", Good with { LumaMean = 1 }, GateMode.Retry, 25, "Doubt, retry" },
        { "flat", Good with { LumaVariance = 1 }, GateMode.Warn, 25, "Doubt" },
        { "frozen", Good with { EqualShare = 1 }, GateMode.Warn, 25, "Doubt" },
        { "nearly frozen", Good with { EqualShare = 0.999 }, GateMode.Warn, 25, "Pass" },
        { "two equal frames are no proof", Good with { EqualShare = 1 }, GateMode.Warn, 2, "Pass" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_first_rule_that_holds_wins(string why, TakeContent? content, GateMode mode, int frames, string verdict) =>
        Name(ContentGate.Judge(new GatePolicy { Mode = mode }, content, frames)).ShouldBe(verdict, why);

    private static string Name(GateVerdict verdict) => verdict is GateVerdict.Doubt { Retry: true } ? "Doubt, retry" : verdict.GetType().Name;
}
