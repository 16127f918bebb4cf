using Dailies.Dashboard.Access;

namespace Dailies.Dashboard.Tests.Access;

/// <summary>What an operator may write after <c>--urls</c>, and who can reach it.</summary>
public class ListenAddressTests
{
    [Theory]
    [InlineData("http://localhost:3000", "http://localhost:3000", true, false)]
    [InlineData("HTTP://LocalHost:3000/", "http://localhost:3000", true, false)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0", true, false)]
    [InlineData("http://127.1.2.3:80", "http://127.1.2.3:80", true, false)]
    [InlineData("http://[::1]:3000", "http://[::1]:3000", true, false)]
    [InlineData("http://[::ffff:127.0.0.1]:3000", "http://[::ffff:127.0.0.1]:3000", true, false)]
    [InlineData("http://0.0.0.0:3000", "http://0.0.0.0:3000", false, true)]
    [InlineData("http://[::]:3000", "http://[::]:3000", false, true)]
    [InlineData("http://*:3000", "http://*:3000", false, true)]
    [InlineData("http://+:3000", "http://*:3000", false, true)]
    [InlineData("http://:3000", "http://*:3000", false, true)]
    [InlineData("http://192.168.1.5:3000", "http://192.168.1.5:3000", false, false)]
    [InlineData("http://nas.local:3000", "http://nas.local:3000", false, true)]
    [InlineData("http://localhost.evil.example:3000", "http://localhost.evil.example:3000", false, true)]
    public void An_address_is_read_and_known_for_what_it_reaches(string url, string read, bool loopback, bool every)
    {
        var (address, fault) = ListenAddress.Read(url);
        fault.ShouldBeNull();
        address!.ToString().ShouldBe(read);
        (address.IsLoopback, address.IsEvery).ShouldBe((loopback, every));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("localhost:3000")]
    [InlineData("ftp://localhost:3000")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:")]
    [InlineData("http://localhost:65536")]
    [InlineData("http://localhost:-1")]
    [InlineData("http://localhost:3000/dailies")]
    [InlineData("http://user@localhost:3000")]
    [InlineData("http://local host:3000")]
    [InlineData("http://[localhost]:3000")]
    [InlineData("http://127.1:3000")] // read as 127.0.0.1 by some, as a name by others
    [InlineData("http://2130706433:3000")]
    [InlineData("http://0:3000")]
    public void What_is_no_address_is_refused_with_what_would_be_right(string url) => ListenAddress.Read(url).Fault.ShouldNotBeNull().ShouldContain("allowed: http://<host>:<port>");

    [Fact]
    public void Https_needs_a_proxy() => ListenAddress.Read("https://localhost:3000").Fault.ShouldNotBeNull().ShouldContain("--host");
}
