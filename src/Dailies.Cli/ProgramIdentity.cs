using System.Reflection;
using Dailies.Contract;

namespace Dailies.Cli;

/// <summary>Name, version and commit of this program.</summary>
internal static class ProgramIdentity
{
    /// <summary>From the assembly: <c>0.1.0+&lt;commit&gt;</c> where it was built in a clone.</summary>
    public static ProgramRecord Current { get; } = Read();

    private static ProgramRecord Read()
    {
        var parts = (typeof(ProgramIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+', 2);
        return new ProgramRecord(CommandLine.Program, parts[0], parts.Length > 1 ? parts[1] : null);
    }
}
