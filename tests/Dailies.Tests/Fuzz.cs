namespace Dailies.Tests;

/// <summary>How much the fuzzers try, and what bounded means: the one place that tells.</summary>
internal static class Fuzz
{
    /// <summary>1 in the gate, where each fuzzer takes seconds; more where <c>DAILIES_TEST_ALL=1</c> asks for everything.</summary>
    private static int Factor => Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1" ? 20 : 1;

    /// <summary>How many samples, of so many in the gate.</summary>
    public static int Times(int inGate) => inGate * Factor;

    /// <summary>Runs a reader, which may allocate so many bytes for each byte that it is given, and a megabyte besides. No time is measured: allocations are work, and can be counted.</summary>
    public static T Bounded<T>(int inputBytes, Func<T> read, int factor = 200)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = read();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((1L << 20) + ((long)inputBytes * factor), "memory out of all proportion to the input");
        return result;
    }

    /// <summary>A fault or an error as a person meets it: it says something, on one line, and not a page of it.</summary>
    public static void ShouldBeAClearFault(string text)
    {
        text.ShouldNotBeNullOrWhiteSpace();
        Contract.Hostile.ShouldBeOneLine(text);
        text.Length.ShouldBeLessThan(4_000);
    }
}
