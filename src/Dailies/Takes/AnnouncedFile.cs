namespace Dailies.Takes;

/// <summary>One file that ComfyUI announced, as its history names it. Nothing in it is trusted: see <see cref="WireFileName"/>.</summary>
public sealed record AnnouncedFile(string Node, string List, string FileName, string Subfolder, string Type, bool Animated);

/// <summary>Which announced files are the take, and what they are.</summary>
/// <param name="Source">One of <see cref="Contract.FrameSource"/>.</param>
/// <param name="Files">In announced order; all of one node.</param>
public sealed record TakeOutput(string Source, IReadOnlyList<AnnouncedFile> Files)
{
    /// <summary>The node that saved it.</summary>
    public string Node => Files[0].Node;

    /// <summary>Who else saved files; they are not the take.</summary>
    public IReadOnlyList<OtherSaver> Others { get; init; } = [];
}

/// <summary>A node that saved files which are not the take.</summary>
public sealed record OtherSaver(string Node, int Files);
