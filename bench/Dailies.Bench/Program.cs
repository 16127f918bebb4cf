using System.Diagnostics;
using System.Globalization;
using Dailies.Bench;
using Dailies.Validation;

// dotnet run -c Release --project bench/Dailies.Bench              all tables
// dotnet run -c Release --project bench/Dailies.Bench -- scenes 10000 20000
// dotnet run -c Release --project bench/Dailies.Bench -- frames 1000
// Each figure comes from a process of its own, so that its peak memory is its own too.
return args switch
{
    ["one", var how, var folder, var warm] => One(how, folder, warm),
    ["scenes", .. var sizes] => Table("scenes", sizes),
    ["frames", .. var sizes] => Table("frames", sizes),
    [] => Math.Max(Table("scenes", ["10000", "20000"]), Table("frames", ["1000"])),
    _ => 2,
};

static int Table(string what, string[] sizes)
{
    var folder = Directory.CreateTempSubdirectory("dailies-bench-").FullName;
    try
    {
        Func<string, int, string> make = what == "scenes" ? SyntheticRun.OfScenes : SyntheticRun.OfFrames;
        var warm = make(folder, 25);
        Console.WriteLine($"{what,-10}{"judged",-14}{"text+JSON MB",14}{"seconds",10}{"CPU s",10}{"peak MB",10}{"findings",10}{"CPU ratio",11}");
        double? first = null;
        foreach (var size in sizes)
        {
            var run = make(folder, int.Parse(size, CultureInfo.InvariantCulture));
            var bytes = Directory.EnumerateFiles(run).Sum(f => new FileInfo(f).Length) / 1048576.0;
            string[] ways = what == "scenes" ? ["whole"] : ["no deep", "no decoding", "whole"];
            foreach (var how in ways)
            {
                var (seconds, cpu, peak, findings) = Measured(how, run, warm);
                first ??= cpu;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size,-10}{how,-14}{bytes,14:0.0}{seconds,10:0.00}{cpu,10:0.00}{peak,10:0}{findings,10:0}{(what == "scenes" ? cpu / first : null),11:0.00}"));
            }
        }

        return 0;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static (double Seconds, double Cpu, double PeakMB, double Findings) Measured(string how, string run, string warm)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
    string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(SyntheticRun).Assembly.Location] : [];
    foreach (var argument in self.Concat(["one", how, run, warm]))
    {
        start.ArgumentList.Add(argument);
    }

    using var child = Process.Start(start)!;
    var said = child.StandardOutput.ReadToEnd().Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToList();
    child.WaitForExit();
    return (said[0], said[1], said[2], said[3]);
}

// What a process compiles once is compiled on a small run before.
static int One(string how, string folder, string warm)
{
    var options = new ValidationOptions { Deep = how != "no deep", Decode = how != "no decoding" };
    RunValidator.Validate(warm, options);
    using var self = Process.GetCurrentProcess();
    var (begin, cpu) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
    var verdict = RunValidator.Validate(folder, options);
    var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
    self.Refresh();
    Console.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds} {(self.TotalProcessorTime - cpu).TotalSeconds} {self.PeakWorkingSet64 / 1048576.0} {verdict.Findings.Count}"));
    return 0;
}
