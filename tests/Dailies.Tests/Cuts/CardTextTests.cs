using CsCheck;
using Dailies.Cuts;
using Dailies.Tests.Contract;

namespace Dailies.Tests.Cuts;

/// <summary>Anybody's text on a card; every letter is one wide here.</summary>
public class CardTextTests
{
    private static float Width(string text) => text.EnumerateRunes().Count();

    [Theory]
    [InlineData("a word or two", "a word or two")]
    [InlineData("  a\t\r\n word\u2028or two ", "a word or two")]
    [InlineData("red \u001b[31m bell\a", "red [31m bell")]
    [InlineData("\u202eevil\u202c \u200bzero\ufeff", "evil zero")]
    [InlineData("日本 🎬️", "日本 🎬")]
    [InlineData("\ue000private", "private")]
    [InlineData(null, "")]
    public void Plain_text_draws_only_letters(string? text, string expected) => CardText.Plain(text).ShouldBe(expected);

    [Fact]
    public void Half_a_letter_is_a_mark_of_one() => CardText.Plain("half \ud83d pair").ShouldBe("half \ufffd pair");

    [Theory]
    [InlineData("the quick brown fox", 10, 3, "the quick|brown fox")]
    [InlineData("the quick brown fox", 10, 1, "the quick…")]
    [InlineData("the quick brown fox", 9, 1, "the quic…")]
    [InlineData("the quick brown fox", 12, 1, "the quick b…")]
    [InlineData("the quick brown fox jumps", 10, 2, "the quick|brown fox…")]
    [InlineData("abcdefghijklm", 5, 3, "abcde|fghij|klm")]
    [InlineData("abcdefghijklm", 5, 2, "abcde|fghi…")]
    [InlineData("a abcdefghijklm", 5, 9, "a|abcde|fghij|klm")]
    [InlineData("ab cd", 0.5, 9, "a|b|c|d")]
    [InlineData("fits", 4, 1, "fits")]
    [InlineData("", 4, 2, "")]
    public void Text_is_wrapped_between_words(string text, float room, int most, string expected) =>
        string.Join('|', CardText.Wrap(text, room, most, Width)).ShouldBe(expected);

    [Theory]
    [InlineData("fits", 4, "fits")]
    [InlineData("too long", 6, "too l…")]
    [InlineData("too long", 5, "too…")]
    [InlineData("too long", 0, "…")]
    public void A_line_is_cut_with_a_mark(string text, float room, string expected) => CardText.Line(text, room, Width).ShouldBe(expected);

    [Fact]
    public void No_letter_is_cut_in_two() => CardText.Wrap("e\u0301e\u0301e\u0301e\u0301", 3, 9, Width).ShouldBe(["e\u0301", "e\u0301", "e\u0301", "e\u0301"]);

    [Fact]
    public void Nothing_is_wider_than_its_room_and_nothing_is_lost_before_the_mark() =>
        Gen.Select(Hostile.Text, Gen.Int[2, 40], Gen.Int[1, 6]).Sample((text, room, most) =>
        {
            var lines = CardText.Wrap(text, room, most, Width);

            lines.Count.ShouldBeLessThanOrEqualTo(most);
            lines.ShouldAllBe(l => Width(l) <= room || System.Globalization.StringInfo.ParseCombiningCharacters(l).Length <= 2);
            string.Concat(CardText.Plain(text).Where(c => c != ' ')).ShouldStartWith(string.Concat(string.Concat(lines).Where(c => c != ' ')).TrimEnd('…'));
        }, iter: 2_000);
}
