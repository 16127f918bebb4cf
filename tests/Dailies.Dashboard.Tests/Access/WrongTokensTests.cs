using System.Globalization;
using System.Net;
using Dailies.Dashboard.Access;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>Guessing gets slow for whoever guesses, and for nobody else.</summary>
public class WrongTokensTests
{
    private static readonly IPAddress Guesser = IPAddress.Parse("192.0.2.1"), Owner = IPAddress.Parse("192.0.2.2");
    private readonly FakeTimeProvider clock = new();
    private readonly WrongTokens wrong;
    private int looked;

    public WrongTokensTests() => wrong = new WrongTokens(clock);

    [Fact]
    public void After_ten_wrong_ones_even_the_right_one_waits_for_the_minute_to_end()
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        Guess(Guesser, WrongTokens.MostOfOne).ShouldAllBe(v => v == TokenVerdict.Wrong);
        Try(Guesser, "right").ShouldBe((TokenVerdict.TooMany, TimeSpan.FromSeconds(40)));
        looked.ShouldBe(WrongTokens.MostOfOne, "not even looked at");
        Try(Owner, "right").Verdict.ShouldBe(TokenVerdict.Right);

        clock.Advance(TimeSpan.FromSeconds(39));
        Try(Guesser, "right").Verdict.ShouldBe(TokenVerdict.TooMany);
        clock.Advance(TimeSpan.FromSeconds(1));
        Try(Guesser, "right").Verdict.ShouldBe(TokenVerdict.Right);
    }

    [Fact]
    public void The_same_wrong_token_again_is_no_new_guess() =>
        Enumerable.Range(0, 100).Select(_ => Try(Guesser, "an old cookie").Verdict).ShouldAllBe(v => v == TokenVerdict.Wrong);

    [Fact]
    public void Many_addresses_together_get_no_further_and_do_not_hinder_whoever_has_shown_the_token()
    {
        Try(Owner, "right").Verdict.ShouldBe(TokenVerdict.Right);
        for (var n = 0; n < WrongTokens.MostOfAll / 5; n++)
        {
            Guess(new IPAddress([10, 0, 0, (byte)n]), 5).ShouldAllBe(v => v == TokenVerdict.Wrong);
        }

        Try(Guesser, "right").Verdict.ShouldBe(TokenVerdict.TooMany);
        Try(Owner, "right").Verdict.ShouldBe(TokenVerdict.Right);
        clock.Advance(WrongTokens.Window);
        Try(Guesser, "right").Verdict.ShouldBe(TokenVerdict.Right);
    }

    [Fact]
    public void Neighbours_of_one_network_count_as_one()
    {
        for (var n = 1; n <= WrongTokens.MostOfOne; n++)
        {
            Guess(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:2::{n}")), 1, n).ShouldBe([TokenVerdict.Wrong]);
        }

        Try(IPAddress.Parse("2001:db8:1:2:ffff::1"), "right").Verdict.ShouldBe(TokenVerdict.TooMany);
        Try(IPAddress.Parse("2001:db8:1:3::1"), "right").Verdict.ShouldBe(TokenVerdict.Right);
        Guess(IPAddress.Parse("::ffff:192.0.2.1"), WrongTokens.MostOfOne);
        Try(Guesser, "right").Verdict.ShouldBe(TokenVerdict.TooMany);
    }

    [Fact]
    public void What_is_longer_than_any_token_is_not_compared() => Try(Guesser, new string('x', AccessToken.MostLetters + 1)).Verdict.ShouldBe(TokenVerdict.Wrong);

    private List<TokenVerdict> Guess(IPAddress from, int times, int first = 0) => [.. Enumerable.Range(first, times).Select(n => Try(from, $"wrong {n}").Verdict)];

    private (TokenVerdict Verdict, TimeSpan RetryAfter) Try(IPAddress from, string token) => wrong.Judge(from, token, t =>
    {
        looked++;
        return t == "right";
    });
}
