using System.Text;

namespace Dailies.Tests.Cli;

/// <summary>A console that stands still until it is thawed: whoever writes to it waits.</summary>
internal sealed class FrozenWriter : TextWriter
{
    private readonly ManualResetEventSlim thawed = new();
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder text = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Done as soon as somebody waits in here.</summary>
    public Task Entered => entered.Task;

    public string Text
    {
        get
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }

    public void Thaw() => thawed.Set();

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        entered.TrySetResult();
        thawed.Wait(TestContext.Current.CancellationToken);
        lock (text)
        {
            text.Append(value);
        }
    }

    protected override void Dispose(bool disposing)
    {
        Thaw();
        base.Dispose(disposing);
    }
}
