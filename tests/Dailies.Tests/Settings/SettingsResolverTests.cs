using System.Text.Json;
using Dailies.Settings;

namespace Dailies.Tests.Settings;

/// <summary>Who wins when several places say something, and what is said about what is wrong.</summary>
public class SettingsResolverTests
{
    private static readonly Setting Wait = new("maxWait", SettingKind.Number, "") { Variable = "MAX_WAIT", Default = "600", Fast = "60", Min = 0, AboveMin = true, Max = 86400 };
    private static readonly Setting Tries = new("retryBudget", SettingKind.Whole, "") { Variable = "RETRIES", Default = "1", Min = 0, Max = 10 };
    private static readonly Setting Floor = new("belowFloor", SettingKind.Choice, "") { Default = "retry", Choices = ["warn", "retry", "fail"] };
    private static readonly Setting Sets = new("set", SettingKind.List, "");
    private static readonly Setting Name = new("name", SettingKind.Text, "") { CommandLineOnly = true };
    private static readonly Setting Fast = new("fastIteration", SettingKind.Flag, "") { Variable = "FAST", Default = "false" };
    private static readonly Setting[] All = [Wait, Tries, Floor, Sets, Name, Fast];

    [Theory]
    [InlineData("1", "2", "3", "yes", "1", "cli")]
    [InlineData(null, "2", "3", "yes", "2", "env")]
    [InlineData(null, "", "3", "yes", "3", "file")]
    [InlineData(null, null, "3", "yes", "3", "file")]
    [InlineData(null, null, null, "yes", "60", "fast")]
    [InlineData(null, null, null, "no", "600", "default")]
    [InlineData(null, null, null, null, "600", "default")]
    public void The_strongest_place_wins_and_is_recorded(string? cli, string? env, string? file, string? fast, string text, string origin)
    {
        var values = Whole(Resolve(cli is null ? [] : [("maxWait", [cli])], [("MAX_WAIT", env), ("FAST", fast)], file is null ? null : $$"""{ "maxWait": {{file}} }"""));

        (values.Text(Wait), values.Origin(Wait)).ShouldBe((text, origin));
    }

    [Theory]
    [InlineData("cli")]
    [InlineData("env")]
    [InlineData("file")]
    public void Fast_iteration_may_be_asked_for_anywhere_and_changes_defaults_only(string where)
    {
        var values = Whole(Resolve(
            where == "cli" ? [("fastIteration", ["true"])] : [],
            [("RETRIES", "4"), ("FAST", where == "env" ? "1" : null)],
            where == "file" ? """{ "fastIteration": true, "belowFloor": "warn" }""" : """{ "belowFloor": "warn" }"""));

        values.All.Values.Select(v => $"{v.Setting.Key}={v.Text} ({v.Origin})")
            .ShouldBe(["maxWait=60 (fast)", "retryBudget=4 (env)", "belowFloor=warn (file)", "set= (default)", "name= (default)", $"fastIteration={(where == "env" ? "1" : "true")} ({where})"]);
    }

    [Fact]
    public void All_faults_are_named_at_once_each_with_key_value_place_and_range() => Faults(Resolve(
            [("maxWait", ["soon"]), ("belowFloor", ["Warn"]), ("name", ["kept"])],
            [("RETRIES", "11"), ("FAST", "maybe")],
            """{ "maxWiat": 3, "set": [1, "a=b"], "name": "no", "comfyx": {}, "$schema": "x", "station": [] }"""))
        .ShouldBe(
        [
            "maxWait is 'soon' (--max-wait); allowed: a number, above 0, at most 86400",
            "retryBudget is '11' (environment RETRIES); allowed: a whole number, at least 0, at most 10",
            "belowFloor is 'Warn' (--below-floor); allowed: warn, retry, fail",
            "fastIteration is 'maybe' (environment FAST); allowed: true or false",
            "maxWiat is not a setting (dailies.json); allowed: maxWait, if that was meant",
            "name is not read from a file (dailies.json); allowed: --name on the command line",
            "comfyx is not a setting (dailies.json); allowed: the options of dailies run, in camelCase",
            "station is not a setting (dailies.json); allowed: stations, if that was meant",
        ]);

    [Theory]
    [InlineData("0", "a number, above 0, at most 86400")]
    [InlineData("-1", "a number, above 0, at most 86400")]
    [InlineData("86400.5", "a number, above 0, at most 86400")]
    [InlineData("1,5", "a number, above 0, at most 86400")]
    [InlineData("NaN", "a number, above 0, at most 86400")]
    [InlineData("Infinity", "a number, above 0, at most 86400")]
    [InlineData("10s", "a number, above 0, at most 86400")]
    [InlineData("", "a number, above 0, at most 86400")]
    [InlineData("86400", null)]
    [InlineData("0.001", null)]
    [InlineData("1e3", null)]
    public void A_number_is_invariant_finite_and_in_range(string text, string? allowed) =>
        Resolve([("maxWait", [text])], [], null).Faults.Select(f => f.Allowed).SingleOrDefault().ShouldBe(allowed);

    [Theory]
    [InlineData("0", true)]
    [InlineData("10", true)]
    [InlineData("11", false)]
    [InlineData("-1", false)]
    [InlineData("1.0", false)]
    [InlineData("99999999999", false)]
    public void A_whole_number_is_whole_and_in_range(string text, bool fits) => Resolve([("retryBudget", [text])], [], null).Faults.Count.ShouldBe(fits ? 0 : 1);

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData(" on ", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("No", false)]
    [InlineData("off", false)]
    [InlineData("2", null)]
    [InlineData("y", null)]
    [InlineData("", null)]
    public void A_flag_is_read_in_all_its_spellings(string text, bool? value) => SettingsResolver.ParseFlag(text).ShouldBe(value);

    [Fact]
    public void A_list_keeps_all_and_a_single_value_its_last()
    {
        var values = Whole(Resolve([("set", ["a=1", "b=2"]), ("maxWait", ["1", "2"])], [], null));

        values.List(Sets).ShouldBe(["a=1", "b=2"]);
        values.Number(Wait).ShouldBe(2);
    }

    [Theory]
    [InlineData("""["a=1", "b=2"]""", "a=1 b=2")]
    [InlineData("""["a=1", 2, true]""", "a=1 2 true")]
    [InlineData("\"a=1\"", "a=1")]
    [InlineData("[]", "")]
    public void A_list_in_the_file_is_an_array_or_one_text(string json, string texts)
    {
        var values = Whole(Resolve([], [], $$"""{ "set": {{json}} }"""));

        string.Join(' ', values.List(Sets)).ShouldBe(texts);
        values.Origin(Sets).ShouldBe("file");
    }

    // Bug: these passed as values without a fault and threw where they were used.
    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void A_file_that_names_a_setting_without_a_value_leaves_the_default(string json)
    {
        var values = Whole(Resolve([], [], $$"""{ "maxWait": {{json}}, "retryBudget": {{json}}, "belowFloor": {{json}}, "fastIteration": {{json}} }"""));

        (values.Number(Wait), values.Whole(Tries), values.Text(Floor), values.Flag(Fast)).ShouldBe((600, 1, "retry", false));
        values.All.Values.Select(v => v.Origin).Distinct().ShouldBe(["default"]);
    }

    [Fact]
    public void A_long_value_is_shown_cut() =>
        Faults(Resolve([("maxWait", [new string('x', 200)])], [], null)).ShouldBe([$"maxWait is '{new string('x', 80)}…' (--max-wait); allowed: a number, above 0, at most 86400"]);

    [Fact]
    public void The_typed_readers_read()
    {
        var values = Whole(Resolve([("maxWait", ["1.5"]), ("fastIteration", ["on"])], [], null));

        (values.Number(Wait), values.Seconds(Wait), values.Whole(Tries), values.Flag(Fast)).ShouldBe((1.5, TimeSpan.FromSeconds(1.5), 1, true));
        (values.Text(Sets), values.Text(Name)).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("fps", "--fps")]
    [InlineData("sceneRetryBudget", "--scene-retry-budget")]
    [InlineData("llmTimeoutMs", "--llm-timeout-ms")]
    public void The_option_is_the_key_in_kebab_case(string key, string option) => new Setting(key, SettingKind.Text, "").Option.ShouldBe(option);

    private static (SettingValues Values, IReadOnlyList<SettingFault> Faults) Resolve(
        (string Key, string[] Texts)[] cli, (string Name, string? Text)[] environment, string? file) => SettingsResolver.Resolve(
        All,
        Fast,
        new SettingSources(
            cli.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)c.Texts),
            name => environment.FirstOrDefault(e => e.Name == name).Text,
            file is null ? null : new SettingsFile("dailies.json", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(file)!)),
        ["stations"]);

    private static SettingValues Whole((SettingValues Values, IReadOnlyList<SettingFault> Faults) resolved)
    {
        resolved.Faults.ShouldBeEmpty();
        return resolved.Values;
    }

    private static IEnumerable<string> Faults((SettingValues Values, IReadOnlyList<SettingFault> Faults) resolved) => resolved.Faults.Select(f => f.ToString());
}
