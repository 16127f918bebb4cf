using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Dailies.Cli.Views;

/// <summary>Standard output or error without .NET's console in between: on Unix that takes one lock for both streams and for the window's size, so that
/// whoever asks would wait behind a write that blocks.</summary>
internal sealed class StandardStream : Stream
{
    // POSIX: a pipe that does not block takes so much whole or not at all.
    private const int Piece = 512;
    private const int AgainOnLinux = 11;
    private const int AgainOnMac = 35;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly ManualResetEventSlim never = new();
    private readonly FileStream file;

    private StandardStream(int descriptor) => file = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

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
            var piece = buffer[..Math.Min(Piece, buffer.Length)];
            try
            {
                file.Write(piece);
                buffer = buffer[piece.Length..];
            }
            catch (IOException e) when (e.HResult is AgainOnLinux or AgainOnMac)
            {
                never.Wait(Pause); // somebody who shares the pipe has made it one that does not block
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
        file.Dispose();
        never.Dispose();
        base.Dispose(disposing);
    }

    private static TextWriter Open(int descriptor, Func<Stream> console)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? new StreamWriter(console(), Console.OutputEncoding is UTF8Encoding ? new UTF8Encoding(false) : Console.OutputEncoding)
                : new StreamWriter(new StandardStream(descriptor), new UTF8Encoding(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return TextWriter.Null; // the stream was closed before we began
        }
    }
}
