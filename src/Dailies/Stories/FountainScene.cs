namespace Dailies.Stories;

/// <summary>One scene of a screenplay while its lines are gathered.</summary>
internal sealed class FountainScene(FountainHeading? heading, int line)
{
    private readonly List<string> _spoken = [];
    private string? _speaker;
    private readonly List<string> _speech = [];
    private bool _inSection;

    public FountainHeading? Heading => heading;

    /// <summary>The heading's line; of the opening, the first line that shows or says something.</summary>
    public int Line { get; private set; } = line;

    public List<string> Shown { get; } = [];

    public List<string> Synopses { get; } = [];

    public List<FountainNote> Notes { get; } = [];

    public IReadOnlyList<string> Spoken
    {
        get
        {
            EndSpeech();
            return _spoken;
        }
    }

    public void Take(FountainElement element)
    {
        Notes.AddRange(element.Notes);
        var text = StoryText.Collapse(FountainEmphasis.Strip(element.Text));
        switch (element.Kind)
        {
            case FountainKind.Cue:
                EndSpeech();
                _speaker = text.TrimEnd('^').TrimEnd();
                break;
            case FountainKind.Parenthetical or FountainKind.Dialogue:
            case FountainKind.Lyrics when _speaker is not null:
                _speech.Add(text);
                break;
            case FountainKind.Lyrics:
                _spoken.Add(text);
                break;
            case FountainKind.Action:
                EndSpeech();
                Shown.Add(text);
                break;
            case FountainKind.Section:
                _inSection = heading is not null;
                break;
            // A synopsis below a section tells of the section, not of the scene above it.
            case FountainKind.Synopsis when !_inSection && text.Length > 0:
                Synopses.Add(text);
                break;
        }

        if (Line == 0 && element.Kind is FountainKind.Action or FountainKind.Cue)
        {
            Line = element.Line;
        }
    }

    public Scene ToScene(int number, string time, SceneNotes forAll, string style, Remarks remarks)
    {
        var notes = SceneNotes.Read(Notes, remarks).Over(forAll);
        var (composed, cut) = ScenePrompt.Compose(heading!, time, Shown, style);
        if (cut && notes.Prompt is null)
        {
            remarks.Note(Line, FormattableString.Invariant($"the action of {Scene.IdAt(number)} is longer than a prompt of {ScenePrompt.Longest} characters and is cut there"));
        }

        if (Shown.Count == 0 && notes.Prompt is null)
        {
            remarks.Note(Line, $"{Scene.IdAt(number)} has no action: its prompt is its heading alone");
        }

        return new Scene
        {
            Id = Scene.IdAt(number),
            Title = notes.Title ?? heading!.Title,
            Summary = string.Join(' ', Synopses),
            Prompt = notes.Prompt ?? composed,
            NegativePrompt = notes.Negative ?? "",
            Mood = notes.Mood ?? time,
            ExpectedFrames = notes.Frames,
            CameraMovement = notes.Camera ?? "",
            Palette = notes.Palette ?? "",
            KeyframePath = notes.Keyframe,
            Label = notes.Label ?? heading!.Label,
            Seed = notes.Seed,
            Fps = notes.Fps,
            Gate = notes.Gate,
            Workflow = notes.Workflow,
            Set = notes.Set,
            Dialogue = [.. Spoken],
        };
    }

    private void EndSpeech()
    {
        if (_speaker is not null && _speech.Count > 0)
        {
            _spoken.Add($"{_speaker}: {string.Join(' ', _speech)}");
        }

        _speaker = null;
        _speech.Clear();
    }
}
