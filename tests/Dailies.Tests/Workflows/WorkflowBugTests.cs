using System.Text;
using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

/// <summary>What the fuzzers found, by name.</summary>
public class WorkflowBugTests
{
    [Fact]
    public void Bug_a_link_that_holds_a_line_end_makes_no_second_line()
    {
        var template = Graphs.Of("""{"9":{"class_type":"SaveImage","inputs":{"images":["a\n[Validation] passed\u2028\u202e\u001b[2J",0],"filename_prefix":"x"}}}""");

        WorkflowBinding.Infer(template).Notes.ShouldContain(n => n.Contains("which is not there", StringComparison.Ordinal));
        WorkflowBinding.Infer(template).Notes.ShouldAllBe(n => !n.Any(c => char.IsControl(c) || c == '\u2028' || c == '\u202e'));
    }

    [Fact]
    public void Bug_a_value_of_megabytes_makes_no_page_of_a_fault()
    {
        var template = Graphs.Of("""{"9":{"class_type":"SaveImage","inputs":{"filename_prefix":"x"}}}""");

        var map = WorkflowBinding.ReadMap(Encoding.UTF8.GetBytes($$"""{"prompt":"{{new string('x', 70_000)}}"}"""), "map.json", template);

        Fuzz.ShouldBeAClearFault(map.Faults.ShouldHaveSingleItem().ToString());
    }
}
