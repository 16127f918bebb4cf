using System.Runtime.InteropServices;
using System.Text;

namespace Dailies.Cli.Views;

/// <summary>Standard output or error of a Unix process, by write(2). .NET's console takes one lock for both streams and for the window's size, so that whoever
/// asks waits behind a write that blocks; a FileStream keeps a position of its own, so that two writers of one file overwrite each other.</summary>
internal sealed class StandardStream : Stream
{
    private const int Interrupted = 4; // EINTR
    private const int AgainOnLinux = 11; // EAGAIN
    private const int AgainOnMac = 35;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly ManualResetEventSlim never = new();
    private readonly int descriptor;

    private StandardStream(int descriptor) => this.descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output.</summary>
    public static TextWriter Output() => Open(1, Console.OpenStandardOutput);

    /// <summary>Standard error.</summary>
    public static TextWriter Error() => Open(2, Console.OpenStandardError);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = (int)write(descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case AgainOnLinux or AgainOnMac:
                    never.Wait(Pause); // somebody who shares the stream has made it one that does not block
                    break;
                case var error:
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        never.Dispose();
        base.Dispose(disposing);
    }

    private static StreamWriter Open(int descriptor, Func<Stream> console) => OperatingSystem.IsWindows()
        ? new StreamWriter(console(), Console.OutputEncoding is UTF8Encoding ? new UTF8Encoding(false) : Console.OutputEncoding)
        : new StreamWriter(new StandardStream(descriptor), new UTF8Encoding(false));

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, in byte bytes, nint count);
}
