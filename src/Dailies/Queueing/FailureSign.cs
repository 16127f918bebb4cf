using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>Which failure kind the words of a renderer's error are a sign of (contract §5). The only place that reads words, because PyTorch gives nothing else.</summary>
public static class FailureSign
{
    // torch.OutOfMemoryError, torch.cuda.OutOfMemoryError; "CUDA out of memory", "Allocation on device", MPS "out of memory", HIP alike; Python's and numpy's MemoryError; DirectML's "video memory".
    private static readonly string[] OutOfMemory =
        ["OutOfMemory", "out of memory", "Allocation on device", "not enough memory", "not enough GPU video memory", "alloc_failed", "cannot allocate memory", "MemoryError"];

    // After these the process can't render anything until it is restarted. Not "device-side assert" alone: PyTorch's advice behind every CUDA error speaks of "device-side assertions".
    private static readonly string[] DeviceLost =
        ["illegal memory access", "device-side assert triggered", "generate again until", "CUDA error: unspecified launch failure", "device lost", "CUDA-capable device(s) is/are busy", "misaligned address"];

    /// <summary>The kind of an execution error by its type and message.</summary>
    public static string Of(string? type, string? message)
    {
        var words = $"{type} {message}";
        return DeviceLost.Any(Says) ? FailureKind.DeviceLost
            : OutOfMemory.Any(Says) ? FailureKind.OutOfMemory
            : FailureKind.ExecutionError;

        bool Says(string sign) => words.Contains(sign, StringComparison.OrdinalIgnoreCase);
    }
}
