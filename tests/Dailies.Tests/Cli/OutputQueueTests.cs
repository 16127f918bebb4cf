using System.Text;
using Dailies.Cli.Views;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Cli;

/// <summary>Whoever posts never waits, and what could not be written is counted.</summary>
public class OutputQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Ever = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task What_is_posted_is_written_in_order()
    {
        var writer = new StringWriter();
        using var queue = new OutputQueue(writer, n => $"dropped {n}");
        foreach (var n in Enumerable.Range(1, 1000))
        {
            queue.PostLine($"{n}");
        }

        (await queue.WrittenAsync(Ever, TimeProvider.System)).ShouldBeTrue();
        writer.ToString().ShouldBe(string.Concat(Enumerable.Range(1, 1000).Select(n => $"{n}\n")));
    }

    [Fact]
    public async Task A_frozen_console_holds_nobody_up_and_the_oldest_lines_are_dropped_and_counted()
    {
        using var writer = new FrozenWriter();
        using var queue = new OutputQueue(writer, n => $"dropped {n}", mostLines: 3);
        queue.PostLine("on its way");
        await writer.Entered;
        foreach (var n in Enumerable.Range(1, 10))
        {
            queue.PostLine($"{n}");
        }

        writer.Thaw();
        (await queue.WrittenAsync(Ever, TimeProvider.System)).ShouldBeTrue();
        writer.Text.ShouldBe("on its way\ndropped 7\n8\n9\n10\n");
    }

    [Fact]
    public async Task A_text_of_several_lines_counts_as_them_and_goes_whole()
    {
        using var writer = new FrozenWriter();
        using var queue = new OutputQueue(writer, n => $"dropped {n}", mostLines: 4);
        queue.PostLine("on its way");
        await writer.Entered;
        queue.Post("a\nb\nc\n");
        queue.Post("d\ne\n");

        writer.Thaw();
        (await queue.WrittenAsync(Ever, TimeProvider.System)).ShouldBeTrue();
        writer.Text.ShouldBe("on its way\ndropped 3\nd\ne\n");
    }

    [Fact]
    public async Task Characters_are_bounded_too_but_the_newest_text_is_kept_whatever_its_length()
    {
        using var writer = new FrozenWriter();
        using var queue = new OutputQueue(writer, n => $"dropped {n}");
        queue.PostLine("on its way");
        await writer.Entered;
        queue.PostLine("lost");
        var long_ = new string('x', OutputQueue.MostCharacters + 1);
        queue.PostLine(long_);

        writer.Thaw();
        (await queue.WrittenAsync(Ever, TimeProvider.System)).ShouldBeTrue();
        writer.Text.ShouldBe($"on its way\ndropped 1\n{long_}\n");
    }

    [Fact]
    public async Task The_wait_for_a_frozen_console_is_bounded()
    {
        var clock = new FakeTimeProvider();
        using var writer = new FrozenWriter();
        using var queue = new OutputQueue(writer, n => $"dropped {n}");
        queue.PostLine("never read");

        var written = queue.WrittenAsync(Patience, clock);
        clock.Advance(Patience - TimeSpan.FromTicks(1));
        written.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromTicks(1));

        (await written).ShouldBeFalse();
        queue.Idle.ShouldBeFalse();
    }

    [Fact]
    public async Task A_console_that_is_gone_swallows_everything()
    {
        using var queue = new OutputQueue(new GoneWriter(), n => $"dropped {n}");
        queue.PostLine("first");
        (await queue.WrittenAsync(Ever, TimeProvider.System)).ShouldBeTrue();
        queue.PostLine("second");
        queue.Idle.ShouldBeTrue();
    }

    private sealed class GoneWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value) => throw new IOException("Broken pipe");
    }
}
