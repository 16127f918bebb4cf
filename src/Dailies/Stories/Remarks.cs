using System.Globalization;

namespace Dailies.Stories;

/// <summary>Gathers what a reader has to say about one file. Bounded, so that a hostile file can't flood the screen.</summary>
internal sealed class Remarks(string file)
{
    private const int Most = 50;

    private readonly List<StoryFault> _faults = [];
    private readonly List<string> _notes = [];
    private int _unsaidFaults;
    private int _unsaidNotes;

    /// <summary>Whether another note would be shown; guessing at a slip in a name is worth its time only then.</summary>
    public bool HasRoom => _notes.Count < Most;

    public void Fault(int? line, string message, string fix)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new StoryFault(file, line, message, fix));
        }
        else
        {
            _unsaidFaults++;
        }
    }

    public void Note(int? line, string text)
    {
        if (_notes.Count < Most)
        {
            _notes.Add(line is { } number ? string.Create(CultureInfo.InvariantCulture, $"line {number}: {text}") : text);
        }
        else
        {
            _unsaidNotes++;
        }
    }

    /// <summary>The story, unless there are faults. Faults stand in the order of their lines.</summary>
    public StoryReading Close(Story? story)
    {
        var faults = _faults.OrderBy(fault => fault.Line ?? 0).ToList();
        if (_unsaidFaults > 0)
        {
            faults.Add(new StoryFault(file, null, Invariant($"{_unsaidFaults} more faults"), "Mend these first"));
        }

        if (_unsaidNotes > 0)
        {
            _notes.Add(Invariant($"{_unsaidNotes} more notes"));
        }

        return new StoryReading(faults.Count == 0 ? story : null, faults, [.. _notes]);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
