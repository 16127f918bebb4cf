using Dailies.Cli;

return await CommandLine.RunAsync(args);
