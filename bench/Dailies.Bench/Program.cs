using System.Diagnostics;
using System.Globalization;
using Dailies.Bench;

// dotnet run -c Release --project bench/Dailies.Bench              all tables
// dotnet run -c Release --project bench/Dailies.Bench -- scenes 10000 20000
// dotnet run -c Release --project bench/Dailies.Bench -- frames 1000
// Each figure comes from a process of its own, so that its peak memory is its own too.
return args switch
{
    ["one", var what, var size, var folder] => One(what, Number(size), folder),
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
        Console.WriteLine($"{what,-12}{"judged as",-16}{"seconds",10}{"peak MB",10}{"findings",10}{"ratio",8}");
        double? first = null;
        foreach (var size in sizes)
        {
            var run = what == "scenes" ? SyntheticRun.OfScenes(folder, Number(size)) : SyntheticRun.OfFrames(folder, Number(size));
            foreach (var how in what == "scenes" ? ["whole"] : new[] { "no deep", "no decoding", "whole" })
            {
                var (seconds, peak, findings) = Measured(how, size, run);
                var ratio = what == "scenes" && first is { } f ? (seconds / f).ToString("0.00", CultureInfo.InvariantCulture) : "";
                first ??= seconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size,-12}{how,-16}{seconds,10:0.00}{peak,10:0}{findings,10}{ratio,8}"));
            }
        }

        return 0;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static (double Seconds, double PeakMB, int Findings) Measured(string how, string size, string run)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
    if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
    {
        start.ArgumentList.Add(typeof(SyntheticRun).Assembly.Location);
    }

    foreach (var argument in new[] { "one", how, size, run })
    {
        start.ArgumentList.Add(argument);
    }

    using var child = Process.Start(start)!;
    var said = child.StandardOutput.ReadToEnd().Split(' ');
    child.WaitForExit();
    return (double.Parse(said[0], CultureInfo.InvariantCulture), double.Parse(said[1], CultureInfo.InvariantCulture), Number(said[2]));
}

static int One(string how, int size, string folder)
{
    var options = new Dailies.Validation.ValidationOptions { Deep = how != "no deep", Decode = how != "no decoding" };
    var begin = Stopwatch.GetTimestamp();
    var verdict = Dailies.Validation.RunValidator.Validate(folder, options);
    var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
    using var self = Process.GetCurrentProcess();
    Console.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds} {self.PeakWorkingSet64 / 1048576.0} {verdict.Findings.Count}"));
    return size > 0 ? 0 : 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
