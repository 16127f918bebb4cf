using Microsoft.AspNetCore.Http;

namespace Dailies.Animatic.Routes;

/// <summary>Answers that a fault keeps back, and how many they are: whoever waits for them waits for the clock, not for the server.</summary>
internal sealed class HeldAnswers(TimeProvider clock)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public async Task HoldAsync(TimeSpan span, CancellationToken gone)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await Task.Delay(span, clock, gone);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }
}

/// <summary>The request was taken, and nothing more comes: the connection stays open until the other side gives up.</summary>
internal sealed class NoAnswer(HeldAnswers held) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => held.HoldAsync(Timeout.InfiniteTimeSpan, httpContext.RequestAborted);
}
