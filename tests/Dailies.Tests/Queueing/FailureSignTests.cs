using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>What real renderers say when they fail, and what it is a sign of.</summary>
public class FailureSignTests
{
    // PyTorch hangs this on every "CUDA error", whatever it was.
    private const string Advice =
        "\nCUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect."
        + "\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1\nCompile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.\n";

    [Theory]
    [InlineData("torch.OutOfMemoryError", "Allocation on device 0 would exceed allowed memory. (out of memory)\nCurrently allocated     : 21.32 GiB", "outOfMemory")]
    [InlineData("torch.cuda.OutOfMemoryError", "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.99 GiB of which 0 bytes is free.", "outOfMemory")]
    [InlineData("torch.OutOfMemoryError", "Allocation on device \nThis error means you ran out of memory on your GPU.", "outOfMemory")]
    [InlineData("torch.OutOfMemoryError", "HIP out of memory. Tried to allocate 512.00 MiB. GPU 0 has a total capacity of 15.98 GiB", "outOfMemory")]
    [InlineData("RuntimeError", "MPS backend out of memory (MPS allocated: 18.05 GB, other allocations: 96.00 MB, max allowed: 18.13 GB).", "outOfMemory")]
    [InlineData("RuntimeError", "XPU out of memory, please use `empty_cache` to release all unoccupied cached memory.", "outOfMemory")]
    [InlineData("RuntimeError", "CUDA driver error: out of memory", "outOfMemory")]
    [InlineData("RuntimeError", "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", "outOfMemory")]
    [InlineData("RuntimeError", "[enforce fail at alloc_cpu.cpp:114] data. DefaultCPUAllocator: not enough memory: you tried to allocate 536870912 bytes.", "outOfMemory")]
    [InlineData("OSError", "[Errno 12] Cannot allocate memory", "outOfMemory")]
    [InlineData("torch.AcceleratorError", "CUDA error: an illegal memory access was encountered" + Advice, "deviceLost")]
    [InlineData("RuntimeError", "CUDA error: device-side assert triggered" + Advice, "deviceLost")]
    [InlineData("RuntimeError", "CUDA error: misaligned address" + Advice, "deviceLost")]
    [InlineData("RuntimeError", "CUDA error: unspecified launch failure" + Advice, "deviceLost")]
    [InlineData("RuntimeError", "HIP error: an illegal memory access was encountered", "deviceLost")]
    [InlineData("RuntimeError", "The GPU is in a bad state: cannot generate again until restart", "deviceLost")]
    [InlineData("torch.OutOfMemoryError", "out of memory after CUDA error: an illegal memory access was encountered", "deviceLost")]
    [InlineData("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (77x768 and 4096x320)", "executionError")]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: 'lora.safetensors'", "executionError")]
    [InlineData(null, null, "executionError")]
    [InlineData("", "", "executionError")]
    public void Its_words_tell_the_kind(string? type, string? message, string kind) => FailureSign.Of(type, message).ShouldBe(kind);

    // Bug: "device-side assert" was found in PyTorch's advice, so every CUDA error took the station out of service.
    [Theory]
    [InlineData("CUDA error: out of memory", "outOfMemory")]
    [InlineData("CUDA error: invalid argument", "executionError")]
    [InlineData("CUDA error: no kernel image is available for execution on the device", "executionError")]
    public void The_advice_that_follows_every_cuda_error_is_no_sign(string message, string kind) => FailureSign.Of("RuntimeError", message + Advice).ShouldBe(kind);

    // Bug: these say that memory ran out, and went for ordinary errors.
    [Theory]
    [InlineData("MemoryError", "")]
    [InlineData("numpy._core._exceptions._ArrayMemoryError", "Unable to allocate 5.93 GiB for an array with shape (81, 2160, 3840, 3) and data type float32")]
    [InlineData("RuntimeError", "Could not allocate tensor with 2147483648 bytes. There is not enough GPU video memory available!")]
    public void Memory_that_python_or_directml_lacks_is_out_of_memory_too(string type, string message) => FailureSign.Of(type, message).ShouldBe("outOfMemory");
}
