using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Dailies.EndToEnd;

/// <summary>One of our scripts, executed by the engine of PowerShell in this process: no pwsh is needed, and only the core cmdlets exist.</summary>
internal sealed record ScriptRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Beside the repository's <c>run</c>.</summary>
    public static string Folder { get; } = Path.Combine(DailiesProgram.Repository, "scripts");

    public string All => Output + "\n" + Errors;

    /// <summary>Runs <paramref name="line"/>, a command line as people type it, that stands in <paramref name="folder"/> and calls a script by its full path.</summary>
    public static async Task<ScriptRun> OfAsync(string folder, string line, params (string Name, string? Value)[] variables)
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var host = new ScriptHost();
        // On its own thread: what a script waits for may be answered by the test.
        return await Task.Run(() =>
        {
            using var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
            runspace.Open();
            runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(folder));
            // DAILIES_… and LOCAL_… are read with $env:, which is this process's own: the collection of these tests runs alone.
            var before = variables.Select(v => (v.Name, Value: Environment.GetEnvironmentVariable(v.Name))).ToList();
            try
            {
                foreach (var (name, value) in variables)
                {
                    Environment.SetEnvironmentVariable(name, value);
                }

                using var shell = PowerShell.Create(runspace);
                var output = shell.AddScript($"{line}\n$succeeded = $?").Invoke();
                var code = Convert.ToInt32(runspace.SessionStateProxy.GetVariable("LASTEXITCODE"), CultureInfo.InvariantCulture);
                // $LASTEXITCODE is the last program's; $? is false only where the script itself ended with exit and that code.
                runspace.SessionStateProxy.GetVariable("succeeded").ShouldBe(code == 0, $"the script does not end with its code {code}");
                return new ScriptRun(code, string.Join('\n', output), string.Join('\n', [.. shell.Streams.Error.Select(e => e.ToString()), host.Errors]).Trim());
            }
            finally
            {
                before.ForEach(b => Environment.SetEnvironmentVariable(b.Name, b.Value));
            }
        });
    }

    /// <summary>The call operator and a script's path, quoted.</summary>
    public static string Call(string script) => $"& '{Path.Combine(Folder, script).Replace("'", "''", StringComparison.Ordinal)}.ps1'";
}

/// <summary>The engine reads variables of this process, so these tests run alone, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ScriptsRunAlone
{
    public const string Name = "scripts run alone";
}
