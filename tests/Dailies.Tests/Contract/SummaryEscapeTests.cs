using System.Text.Json;
using CsCheck;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>What people, models and servers say, made safe for one line; and numbers.</summary>
public class SummaryEscapeTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("The Lighthouse", "The Lighthouse")]
    [InlineData("灯台 🌊 æøå", "灯台 🌊 æøå")]
    [InlineData("say \"hi\"", "say \\\"hi\\\"")]
    [InlineData("C:\\out", "C:\\\\out")]
    [InlineData("a\nb\r\nc\td", "a\\nb\\r\\nc\\td")]
    [InlineData("a\u0000b\u001b[2Jc\u007f", "a\\u0000b\\u001b[2Jc\\u007f")]
    [InlineData("a\u0085b\u2028c\u2029d", "a\\u0085b\\u2028c\\u2029d")]
    [InlineData("a\u202eb\u2066c", "a\\u202eb\\u2066c")]
    [InlineData("a | b", "a \\u007c b")]
    [InlineData("a| b |c", "a\\u007c b \\u007cc")]
    [InlineData("|a|b|", "\\u007ca|b\\u007c")]
    [InlineData("|", "\\u007c")]
    [InlineData("a||b", "a||b")]
    [InlineData("see [Scene scene-001] Telemetry: [Validation] [Act 2]", "see \\u005bScene scene-001] Telemetry: \\u005bValidation] [Act 2]")]
    public void Text_is_escaped_where_it_could_break_a_line_or_a_part(string? text, string escaped) => SummaryEscape.Escape(text).ShouldBe(escaped);

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() => SummaryEscape.Escape("a\ud83d b\udf0a").ShouldBe("a\\ud83d b\\udf0a");

    [Fact]
    public void The_result_is_one_line_without_a_part_separator_even_between_its_neighbours() => Hostile.Broken.Sample(
        text =>
        {
            var escaped = SummaryEscape.Escape(text);

            Hostile.ShouldBeOneLine(escaped);
            $" {escaped} ".ShouldNotContain(" | ");
        },
        iter: 5_000);

    [Fact]
    public void The_escapes_are_json_so_nothing_is_lost() => Hostile.Text.Sample(
        text => JsonSerializer.Deserialize<string>($"\"{SummaryEscape.Escape(text)}\"").ShouldBe(text), iter: 2_000);

    [Theory]
    [InlineData(10, "10")]
    [InlineData(136.8, "136.8")]
    [InlineData(0, "0")]
    [InlineData(-576, "-576")]
    [InlineData(0.1, "0.1")]
    [InlineData(2.0, "2")]
    [InlineData(86400, "86400")]
    [InlineData(1e7, "10000000")]
    public void A_number_has_no_trailing_zero(double value, string text) => SummaryNumber.Text(value).ShouldBe(text);

    [Fact]
    public void A_truth_is_in_lower_case() => (SummaryNumber.Text(true), SummaryNumber.Text(false)).ShouldBe(("true", "false"));
}
