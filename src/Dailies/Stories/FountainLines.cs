using System.Globalization;
using System.Text;

namespace Dailies.Stories;

/// <summary>A note <c>[[…]]</c> and the line it began on.</summary>
internal sealed record FountainNote(int Line, string Text);

/// <summary>A line of a screenplay without its boneyards and notes, numbered as in the author's editor.</summary>
internal sealed record FountainLine(int Number, string Text, IReadOnlyList<FountainNote> Notes)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    // A line that held a note and nothing else neither continues nor ends a paragraph.
    public bool IsOnlyNotes => Notes.Count > 0 && IsBlank;
}

/// <summary>Cuts boneyards (<c>/* … */</c>) and notes (<c>[[…]]</c>) out of a screenplay, over line ends too.
/// One pass: each character is looked at twice at most.</summary>
internal sealed class FountainLines
{
    private readonly string _text;
    private readonly StringBuilder _kept = new();
    private readonly List<FountainLine> _lines = [];
    private readonly List<FountainNote> _notes = [];
    private int _line = 1;
    private int _firstKept;
    private bool _boneyardsClose = true;
    private (int Line, int Count) _openNotes;

    private FountainLines(string text) => _text = text;

    /// <summary>The lines of a cleaned text (LF line ends).</summary>
    public static IReadOnlyList<FountainLine> Read(string text, Remarks remarks)
    {
        var reader = new FountainLines(text);
        reader.Read(remarks);
        return reader._lines;
    }

    private void Read(Remarks remarks)
    {
        for (var at = 0; at < _text.Length;)
        {
            at = _text[at] switch
            {
                '\n' => EndLine(at),
                '/' when Starts(at, "/*") && _boneyardsClose => SkipBoneyard(at, remarks),
                '[' when Starts(at, "[[") => TakeNote(at),
                _ => Keep(at, 1),
            };
        }

        EndLine(_text.Length);
        if (_openNotes.Count > 0)
        {
            var more = _openNotes.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {_openNotes.Count - 1} more") : "";
            remarks.Note(_openNotes.Line, $"\"[[\" is not closed within its paragraph and is read as text{more}. A note may hold an empty line only if two spaces stand on it");
        }
    }

    private int Keep(int at, int count)
    {
        if (_firstKept == 0 && !char.IsWhiteSpace(_text[at]))
        {
            _firstKept = _line;
        }

        _kept.Append(_text, at, count);
        return at + count;
    }

    private int EndLine(int at)
    {
        _lines.Add(new FountainLine(_firstKept == 0 ? _line : _firstKept, _kept.ToString(), _notes.Count == 0 ? [] : _notes.ToArray()));
        _kept.Clear();
        _notes.Clear();
        _firstKept = 0;
        _line++;
        return at + 1;
    }

    private int SkipBoneyard(int at, Remarks remarks)
    {
        var end = _text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            _boneyardsClose = false; // none closes from here on, so none is looked for again
            remarks.Note(_line, "\"/*\" is never closed and is read as text. Close the part to leave out with \"*/\"");
            return Keep(at, 2);
        }

        _line += _text.AsSpan(at, end - at).Count('\n');
        return end + 2;
    }

    private int TakeNote(int at)
    {
        var end = NoteEnd(at + 2);
        if (end < 0)
        {
            _openNotes = (_openNotes.Count == 0 ? _line : _openNotes.Line, _openNotes.Count + 1);
            return Keep(at, 2);
        }

        var note = _text[(at + 2)..end];
        _notes.Add(new FountainNote(_line, note));
        _line += note.AsSpan().Count('\n');
        return end + 2;
    }

    // Up to "]]", unless an empty line or another "[[" comes first.
    private int NoteEnd(int at)
    {
        for (; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case ']' when Starts(at, "]]"):
                    return at;
                case '[' when Starts(at, "[["):
                    return -1;
                case '\n' when BlankLineAt(at + 1):
                    return -1;
            }
        }

        return -1;
    }

    private bool BlankLineAt(int at)
    {
        var spaces = 0;
        while (at + spaces < _text.Length && spaces < 2 && _text[at + spaces] is (' ' or '\t'))
        {
            spaces++;
        }

        return spaces < 2 && (at + spaces == _text.Length || _text[at + spaces] == '\n');
    }

    private bool Starts(int at, string mark) => string.CompareOrdinal(_text, at, mark, 0, mark.Length) == 0;
}
