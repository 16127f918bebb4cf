using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Dailies.EndToEnd;

/// <summary>What the scripts are written in: the language of Windows PowerShell 5.1, core cmdlets under their full names, and help that Get-Help finds.</summary>
public class ScriptLanguageTests
{
    private const string Shared = "Dailies.ps1";

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(ScriptRun.Folder, "*.ps1").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Called => [.. Scripts.Select(s => s.Data).Where(s => s != Shared)];

    [Fact]
    public void The_names_are_those_that_people_type() => Directory.EnumerateFiles(ScriptRun.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
    [
        Shared, "generate-done-markers.ps1", "install-sentinel-service.ps1", "queue-real-workflow.ps1", "run-comfyui-e2e.ps1", "run-vitests.ps1",
        "validate-run-summary.ps1", "verify-llm-health.ps1", "verify-telemetry-contract.ps1",
    ]);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void It_says_nothing_that_Windows_PowerShell_does_not_know(string script)
    {
        var tree = Parse(script);
        tree.FindAll(a => a is TernaryExpressionAst or PipelineChainAst, true).Select(Place).ShouldBeEmpty();
        tree.FindAll(a => a is BinaryExpressionAst { Operator: TokenKind.QuestionQuestion } or AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals }
            or MemberExpressionAst { NullConditional: true } or IndexExpressionAst { NullConditional: true }, true).Select(Place).ShouldBeEmpty();

        // Windows PowerShell reads a script without a mark as its own code page.
        File.ReadAllBytes(Path.Combine(ScriptRun.Folder, script)).ShouldAllBe(b => b < 128);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void It_calls_core_cmdlets_and_our_own_functions_only(string script)
    {
        var known = InitialSessionState.CreateDefault2().Commands.OfType<SessionStateCmdletEntry>().Select(c => c.Name)
            .Concat(Parse(Shared).FindAll(a => a is FunctionDefinitionAst, true).Select(a => ((FunctionDefinitionAst)a).Name)).ToList();
        Parse(script).FindAll(a => a is CommandAst { InvocationOperator: TokenKind.Unknown }, true).Select(a => ((CommandAst)a).GetCommandName())
            .Where(n => !known.Contains(n)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Called))]
    public void It_binds_as_a_cmdlet_and_its_help_is_found(string script)
    {
        var tree = Parse(script);
        tree.ParamBlock.Attributes.Select(a => a.TypeName.Name).ShouldContain("CmdletBinding");
        tree.ParamBlock.Parameters.ShouldAllBe(p => p.StaticType != typeof(object) || p.Name.VariablePath.UserPath == "WaitForDoneMarker");

        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        var help = shell.AddCommand("Get-Help").AddParameter("Name", Path.Combine(ScriptRun.Folder, script)).AddParameter("Full").Invoke().ShouldHaveSingleItem();
        ((string)help.Properties["Synopsis"].Value).ShouldNotContain(script); // what Get-Help says where there is none: the syntax
        var described = tree.GetHelpContent();
        described.Description.ShouldContain("xit code");
        described.Examples.ShouldHaveSingleItem().ShouldContain($"./scripts/{script}");
        described.Parameters.Keys.Except(tree.ParamBlock.Parameters.Select(p => p.Name.VariablePath.UserPath), StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
    }

    private static ScriptBlockAst Parse(string script)
    {
        var tree = Parser.ParseFile(Path.Combine(ScriptRun.Folder, script), out _, out var errors);
        errors.ShouldBeEmpty(script);
        return tree;
    }

    private static string Place(Ast part) => $"line {part.Extent.StartLineNumber}: {part.Extent.Text}";
}
