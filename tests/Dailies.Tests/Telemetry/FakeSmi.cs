using System.Diagnostics;

namespace Dailies.Tests.Telemetry;

/// <summary>A folder with a program named nvidia-smi that does what a test wants: a shell script.</summary>
internal sealed class FakeSmi : IDisposable
{
    /// <summary>One RTX 4090 with 10240 of 24564 MiB free.</summary>
    public const string Card = "0, GPU-6f1e2d3c-0000-1111-2222-333344445555, NVIDIA GeForce RTX 4090, 24564, 10240, 14324";

    private readonly TempFolder folder = new();

    public FakeSmi(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program of these tests is a script for sh");
        var text = folder.Write("script", $"#!/bin/sh\necho \"$@\" >> \"$(dirname \"$0\")/asked\"\n{script}\n");
        // Another process writes it: a program that is open for writing, if only in a child that somebody else forks just now, can't be run.
        using var copy = Process.Start("/bin/sh", ["-c", "cp \"$1\" \"$2\" && chmod +x \"$2\"", "sh", text, Path.Combine(folder.Path, "nvidia-smi")]);
        copy.WaitForExit();
        copy.ExitCode.ShouldBe(0);
    }

    public string Folder => folder.Path;

    /// <summary>Its arguments, each time it was run.</summary>
    public string[] Asked => File.Exists(Path.Combine(Folder, "asked")) ? File.ReadAllLines(Path.Combine(Folder, "asked")) : [];

    /// <summary>A fake that prints lines.</summary>
    public static FakeSmi Prints(params string[] lines) => new(string.Concat(lines.Select(l => $"echo '{l}'\n")));

    public void Dispose() => folder.Dispose();
}
