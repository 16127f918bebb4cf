using CsCheck;
using Dailies.Settings;

namespace Dailies.Tests.Settings;

/// <summary>What a mistyped word most likely meant.</summary>
public class NearestTests
{
    private static readonly string[] Known = ["fps", "set", "seed", "name", "sceneRetryBudget", "sceneMaxWaitSeconds", "scanIntervalSeconds"];

    [Theory]
    [InlineData("fsp", "fps")]
    [InlineData("FPS", "fps")]
    [InlineData("sede", "seed")]
    [InlineData("sets", "set")]
    [InlineData("sceneretrybudget", "sceneRetryBudget")]
    [InlineData("retryBudget", "sceneRetryBudget")]
    [InlineData("sceneMaxWait", null)]
    [InlineData("maxWait", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_known_word_is_found_or_none(string word, string? nearest) => Nearest.Of(word, Known).ShouldBe(nearest);

    [Fact]
    public void Of_two_equally_near_words_the_first_by_letters_is_meant() => Nearest.Of("seat", ["seal", "beat", "seas"]).ShouldBe("beat");

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "bac", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("kitten", "sitting", 3)]
    public void Edits_are_inserts_deletes_replacements_and_swaps_of_neighbours(string a, string b, int edits) => Nearest.Edits(a, b).ShouldBe(edits);

    [Fact]
    public void Edits_count_alike_from_both_sides_and_at_most_the_longer_word() => Gen.Select(Word, Word).Sample(
        (a, b) =>
        {
            var edits = Nearest.Edits(a, b);

            edits.ShouldBe(Nearest.Edits(b, a));
            edits.ShouldBeInRange(Math.Abs(a.Length - b.Length), Math.Max(a.Length, b.Length));
            (edits == 0).ShouldBe(a == b);
        },
        iter: 2_000);

    private static readonly Gen<string> Word = Gen.String[Gen.Char['a', 'd'], 0, 8];
}
