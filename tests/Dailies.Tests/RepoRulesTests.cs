namespace Dailies.Tests;

public class RepoRulesTests
{
    [Fact]
    public void Runs() => Environment.Version.Major.ShouldBe(10);
}
