using Dailies.Dashboard.Access;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>Beyond loopback nothing is served without a token.</summary>
public class ServePlanTests
{
    private const string Long = "a-token-of-twenty-five-x";

    [Theory]
    [InlineData("http://localhost:3000", null, false)]
    [InlineData("http://localhost:3000", "", false)]
    [InlineData("http://localhost:3000;http://[::1]:3001", null, false)]
    [InlineData("http://localhost:3000", Long, true)]
    [InlineData("http://0.0.0.0:3000", Long, true)]
    public void A_token_is_asked_for_where_one_was_given(string urls, string? token, bool asked)
    {
        var (plan, fault) = ServePlan.Of([urls], token, [], terminal: true);
        fault.ShouldBeNull();
        (plan!.Token is not null, plan.Generated).ShouldBe((asked, false));
        plan.WithToken("http://x").ShouldBe(asked ? $"http://x/?token={Long}" : "http://x");
    }

    [Theory]
    [InlineData("http://0.0.0.0:3000")]
    [InlineData("http://*:3000")]
    [InlineData("http://[::]:3000")]
    [InlineData("http://192.168.1.5:3000")]
    [InlineData("http://nas.local:3000")]
    [InlineData("http://localhost:3000;http://192.168.1.5:3000")]
    public void Beyond_this_machine_one_is_made_up_and_only_for_a_person(string urls)
    {
        var (plan, _) = ServePlan.Of([urls], null, [], terminal: true);
        plan!.Generated.ShouldBeTrue();
        plan.Token!.Value.Length.ShouldBe(43, "256 bits in base64url");
        ServePlan.Of([urls], null, [], terminal: true).Plan!.Token!.Value.ShouldNotBe(plan.Token.Value);

        var (none, fault) = ServePlan.Of([urls], null, [], terminal: false);
        none.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(ServePlan.TokenVariable);
    }

    [Fact]
    public void Whoever_is_reached_through_a_proxy_is_beyond_this_machine() =>
        ServePlan.Of(["http://localhost:3000"], null, ["dailies.example"], terminal: true).Plan!.Generated.ShouldBeTrue();

    [Theory]
    [InlineData("short")]
    [InlineData("sixteen letters and spaces")]
    [InlineData("sechzehn-buchstäben")]
    [InlineData("sixteen-letters\nx")]
    public void A_weak_token_or_one_that_no_header_can_hold_is_refused(string token)
    {
        var fault = ServePlan.Of(["http://localhost:3000"], token, [], terminal: true).Fault.ShouldNotBeNull();
        fault.ShouldNotContain(token);
    }

    [Theory]
    [InlineData("https://dailies.example")]
    [InlineData("dailies.example/x")]
    [InlineData("dailies example")]
    [InlineData("")]
    public void A_host_is_a_name(string host) => ServePlan.Of(["http://localhost:3000"], Long, [host], terminal: true).Fault.ShouldNotBeNull().ShouldContain("host is");

    [Fact]
    public void A_token_is_printed_by_nobody_by_accident()
    {
        var plan = ServePlan.Of(["http://0.0.0.0:3000"], Long, [], terminal: true).Plan!;
        $"{plan} {plan.Token}".ShouldNotContain(Long);
        plan.Token!.Cookie.ShouldNotContain(Long);
    }
}
