using System.Text;
using Spectre.Console;

namespace Dailies.Cli.Views;

/// <summary>Standard output as Spectre sees it, with the queue in between: same size, same terminal, but writing never waits.</summary>
internal sealed class QueuedOutput(OutputQueue queue) : IAnsiConsoleOutput
{
    private readonly IAnsiConsole real = AnsiConsole.Console;

    public TextWriter Writer { get; } = new QueueWriter(queue);

    public bool IsTerminal => real.Profile.Out.IsTerminal;

    public int Width => real.Profile.Width;

    public int Height => real.Profile.Height;

    public void SetEncoding(Encoding encoding)
    {
    }

    /// <summary>A console on this output that can do what the real one can.</summary>
    public IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = this,
            Ansi = real.Profile.Capabilities.Ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        var (own, model) = (console.Profile.Capabilities, real.Profile.Capabilities);
        (own.ColorSystem, own.Links, own.Interactive, own.Unicode) = (model.ColorSystem, model.Links, model.Interactive, model.Unicode);
        return console;
    }

    // Gathers until it is flushed.
    private sealed class QueueWriter(OutputQueue queue) : TextWriter
    {
        private readonly StringBuilder text = new();

        public override Encoding Encoding => System.Console.OutputEncoding;

        public override void Write(char value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override void Write(string? value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override void Flush()
        {
            lock (text)
            {
                if (text.Length > 0)
                {
                    queue.Post(text.ToString());
                    text.Clear();
                }
            }
        }
    }
}
