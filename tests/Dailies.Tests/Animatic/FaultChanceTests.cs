using Dailies.Animatic;

namespace Dailies.Tests.Animatic;

/// <summary>How often a fault strikes: by count, by seeded chance, by prompt or by answer.</summary>
public class FaultChanceTests
{
    [Theory]
    [InlineData("500*3", FaultKind.ServerError, null, null, 3, null)]
    [InlineData("reset-on-post%20", FaultKind.ResetOnPost, null, null, null, 20)]
    [InlineData("error@scene-002*2", FaultKind.Error, "scene-002", null, 2, null)]
    [InlineData("error@scene-002:1*2%100", FaultKind.Error, "scene-002", 1, 2, 100)]
    [InlineData("no-socket*2", FaultKind.NoSocket, null, null, 2, null)]
    public void Count_and_chance_are_read_and_written_alike(string text, FaultKind kind, string? scene, int? attempt, int? count, int? percent)
    {
        var fault = Read(text);

        fault.ShouldBe(new Fault(kind, scene, attempt, count, percent));
        fault.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("500*0", "'0' in '500*0' is no count: write '500*3' for the first three times; the order is name@scene-002:1*3%20.")]
    [InlineData("500*", "'' in '500*' is no count: write '500*3' for the first three times; the order is name@scene-002:1*3%20.")]
    [InlineData("500%101", "'101' in '500%101' is no chance from 1 to 100: write '500%20' for 20 times in 100; the order is name@scene-002:1*3%20.")]
    [InlineData("500%20*3", "'20*3' in '500%20*3' is no chance from 1 to 100: write '500%20' for 20 times in 100; the order is name@scene-002:1*3%20.")]
    public void What_is_no_count_or_chance_is_explained(string text, string sentence)
    {
        Fault.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe(sentence);
    }

    [Fact]
    public void A_count_is_of_prompts_and_a_struck_prompt_stays_struck()
    {
        var plan = new FaultPlan([Read("error*2")]);

        Bites(plan, "scene-001", "scene-002", "scene-003", "scene-002", "scene-001").ShouldBe([true, true, false, true, true]);
    }

    [Fact]
    public void A_count_of_a_fault_of_answers_is_of_answers()
    {
        var plan = new FaultPlan([Read("truncated-json@scene-001*2")]);

        Enumerable.Range(0, 4).Select(_ => plan.Bites(FaultKind.TruncatedJson, new PromptTag("scene-001", 1))).ShouldBe([true, true, false, false]);
        plan.Bites(FaultKind.TruncatedJson, new PromptTag("scene-002", 1)).ShouldBeFalse();
    }

    [Fact]
    public void Foreign_prompts_are_told_apart_by_their_ids()
    {
        var plan = new FaultPlan([Read("error*1")]);

        plan.Bites(FaultKind.Error, new PromptTag(null, null, "a")).ShouldBeTrue();
        plan.Bites(FaultKind.Error, new PromptTag(null, null, "b")).ShouldBeFalse();
        plan.Bites(FaultKind.Error, new PromptTag(null, null, "a")).ShouldBeTrue();
    }

    [Fact]
    public void The_same_seed_strikes_the_same_prompts_and_another_seed_others()
    {
        var scenes = Enumerable.Range(1, 200).Select(n => $"scene-{n:000}").ToArray();

        var struck = Bites(new FaultPlan([Read("error%20")], seed: 7), scenes);

        struck.Count(s => s).ShouldBeInRange(25, 55);
        Bites(new FaultPlan([Read("error%20")], seed: 7), [.. scenes.Reverse()]).Reverse().ShouldBe(struck);
        Bites(new FaultPlan([Read("error%20")], seed: 8), scenes).ShouldNotBe(struck);
        Bites(new FaultPlan([Read("error%100")], seed: 7), scenes).ShouldAllBe(s => s);
    }

    [Fact]
    public void A_chance_is_bounded_by_a_count()
    {
        var scenes = Enumerable.Range(1, 200).Select(n => $"scene-{n:000}").ToArray();

        Bites(new FaultPlan([Read("error*5%50")]), scenes).Count(s => s).ShouldBe(5);
    }

    [Fact]
    public void Other_faults_count_from_the_beginning()
    {
        var plan = new FaultPlan([Read("error*1")]);
        Bites(plan, "scene-001", "scene-002").ShouldBe([true, false]);

        plan.Set([Read("error*1")]);

        Bites(plan, "scene-002", "scene-001").ShouldBe([true, false]);
    }

    private static bool[] Bites(FaultPlan plan, params string[] scenes) => [.. scenes.Select(s => plan.Bites(FaultKind.Error, new PromptTag(s, 1)))];

    private static Fault Read(string text)
    {
        Fault.TryParse(text, out var fault, out var error).ShouldBeTrue(error);
        return fault!;
    }
}
