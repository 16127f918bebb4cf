namespace Dailies.EndToEnd;

public class ProgramTests
{
    [Fact]
    public void Runs() => Environment.Version.Major.ShouldBe(10);
}
