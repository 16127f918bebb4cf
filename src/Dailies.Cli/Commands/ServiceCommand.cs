using System.CommandLine;
using Dailies.Cli.Units;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies service install|uninstall|status &lt;sentinel|serve|resume&gt;</c>: a verb as a service of this system.</summary>
internal static class ServiceCommand
{
    private const string Install = "install", Uninstall = "uninstall", Status = "status";

    public static Command Build() => new("service", "Let a verb run as a service of this system")
    {
        BuildAction(Install, "Install a service; what follows -- is given to the verb"),
        BuildAction(Uninstall, "Stop a service and remove it"),
        BuildAction(Status, "Show how a service stands"),
    };

    private static Command BuildAction(string action, string description)
    {
        var kind = new Argument<string>("service") { Description = "resume (goes on with the latest run at boot), sentinel or serve", HelpName = string.Join('|', ServiceKinds.All) };
        kind.AcceptOnlyFromAmong([.. ServiceKinds.All]);
        var folder = new Option<string>("--folder") { Description = "Where it works: beside its dailies.json and logs", HelpName = "folder", DefaultValueFactory = _ => "." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be written and run" };
        var options = new Argument<string[]>("options") { Description = "Options of the verb, after --", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(action, description) { kind, dryRun };
        if (action == Install)
        {
            command.Options.Add(folder);
            command.Arguments.Add(options);
        }

        command.SetAction((parsed, cancel) =>
        {
            var verbs = parsed.RootCommandResult.Command.Subcommands.Select(c => c.Name);
            var (name, own) = (parsed.GetValue(kind)!, action == Install ? parsed.GetValue(options) ?? [] : []);
            return ActAsync(action, name, action == Install ? parsed.GetValue(folder)! : ".", own, parsed.GetValue(dryRun), verbs.Contains(name), cancel);
        });
        return command;
    }

    private static async Task<int> ActAsync(string action, string kind, string folder, string[] options, bool dryRun, bool exists, CancellationToken cancel)
    {
        var paths = ServiceFolders.Here(folder);
        var fault = action != Install ? null
            : !exists ? $"this version has no verb {kind}: there is nothing to install"
            : kind == ServiceKinds.Sentinel && !options.Any(o => o == "--dir" || o.StartsWith("--dir=", StringComparison.Ordinal)) ? $"a sentinel watches a folder: {CommandLine.Program} service install sentinel -- --dir ~/ComfyUI/output"
            : kind == ServiceKinds.Sentinel && !options.Any(o => o == "--dir" || o.StartsWith("--dir=", StringComparison.Ordinal)) ? $"a sentinel watches a folder: {CommandLine.Program} service install sentinel -- --dir ~/ComfyUI/output"
            : !Directory.Exists(paths.WorkingFolder) ? $"there is no folder {paths.WorkingFolder}"
            : ServiceUnit.Fault(ServiceFolders.System, paths, options);
        if (fault is not null)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: {fault}");
            return ExitCode.Usage;
        }

        var unit = ServiceUnit.Of(kind, ServiceFolders.System, paths, options);
        if (dryRun)
        {
            Console.Write(unit.Shown(action));
            return ExitCode.Ok;
        }

        return action switch
        {
            Install => await ServiceRunner.InstallAsync(unit, cancel),
            Uninstall => await ServiceRunner.UninstallAsync(unit, cancel),
            _ => await ServiceRunner.StatusAsync(unit, cancel),
        };
    }
}
