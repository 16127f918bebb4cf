using System.Text.Json.Nodes;

namespace Dailies.Animatic.Queueing;

/// <summary>Pending, running and done prompts. A live prompt is always in exactly one of them: each move is under one lock,
/// and says so to every socket.</summary>
internal sealed class PromptQueue(Action<int> announce) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly PriorityQueue<QueuedPrompt, QueuedPrompt> _pending = new(Comparer<QueuedPrompt>.Create(InOrder));
    private readonly PromptHistory _history = new();
    private QueuedPrompt? _running;
    private TaskCompletionSource _interruption = NoInterruption();
    private long _counter;
    private volatile int _remaining;

    /// <summary>Pending and running. Takes no lock: the sockets ask while they hold theirs.</summary>
    public int Remaining => _remaining;

    /// <summary>The next number; refused prompts count too.</summary>
    public long NextNumber() => Interlocked.Increment(ref _counter) - 1;

    /// <summary>Queues the prompt. False when its number and id equal a waiting one's: the real heap then trips, yet keeps the prompt.</summary>
    public bool Add(QueuedPrompt prompt)
    {
        lock (_gate)
        {
            var clash = _pending.UnorderedItems.Any(i => InOrder(i.Element, prompt) == 0);
            _pending.Enqueue(prompt, prompt);
            if (!clash)
            {
                Announce();
            }
            else
            {
                Count();
            }

            _waiting.Release();
            return !clash;
        }
    }

    /// <summary>Waits for the first prompt and makes it the running one.</summary>
    public async Task<QueuedPrompt> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _waiting.WaitAsync(cancel);
            lock (_gate)
            {
                // A deleted prompt leaves its signal behind.
                if (_pending.TryDequeue(out var prompt, out _))
                {
                    (_running, _interruption) = (prompt, NoInterruption()); // a stale one never hits the next prompt
                    Announce();
                    return prompt;
                }
            }
        }
    }

    /// <summary>Ends the running prompt: into the history first, then the news. Without an entry the history never hears of it.</summary>
    public void Finish(QueuedPrompt prompt, JsonObject? entry)
    {
        lock (_gate)
        {
            _running = null;
            if (entry is not null)
            {
                _history.Add(prompt.Id, entry);
            }

            Announce();
        }
    }

    /// <summary>Asks the running prompt to stop; with an id, only if it is that one.</summary>
    public void Interrupt(string? id)
    {
        lock (_gate)
        {
            if (id is null || _running?.Id == id)
            {
                _interruption.TrySetResult();
            }
        }
    }

    /// <summary>Done once the running prompt is asked to stop.</summary>
    public Task Interruption
    {
        get
        {
            lock (_gate)
            {
                return _interruption.Task;
            }
        }
    }

    public bool Interrupted => Interruption.IsCompleted;

    public void Clear()
    {
        lock (_gate)
        {
            _pending.Clear();
            Announce();
        }
    }

    public void Delete(string id)
    {
        lock (_gate)
        {
            if (_pending.UnorderedItems.FirstOrDefault(i => i.Element.Id == id).Element is { } found && _pending.Remove(found, out _, out _))
            {
                Announce();
            }
        }
    }

    /// <summary>What runs and what waits; the waiting ones in the order of the heap, not of the run.</summary>
    public (IReadOnlyList<QueuedPrompt> Running, IReadOnlyList<QueuedPrompt> Pending) Look()
    {
        lock (_gate)
        {
            return (_running is null ? [] : [_running], [.. _pending.UnorderedItems.Select(i => i.Element)]);
        }
    }

    public T WithHistory<T>(Func<PromptHistory, T> ask)
    {
        lock (_gate)
        {
            return ask(_history);
        }
    }

    public void Dispose() => _waiting.Dispose();

    private static TaskCompletionSource NoInterruption() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Count() => _remaining = _pending.Count + (_running is null ? 0 : 1);

    private void Announce()
    {
        Count();
        announce(_remaining);
    }

    private static int InOrder(QueuedPrompt a, QueuedPrompt b) =>
        a.Number.Value.CompareTo(b.Number.Value) is var byNumber and not 0 ? byNumber : string.CompareOrdinal(a.Id, b.Id);
}
