using Dailies.Settings;

namespace Dailies.Workflows;

/// <summary>Why a workflow or a binding map can't be used, and what to do about it.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Line">The line, counted from 1; null when the whole file is meant.</param>
/// <param name="Message">What is wrong, without a full stop.</param>
/// <param name="Fix">What to do, a whole sentence.</param>
public sealed record WorkflowFault(string File, int? Line, string Message, string Fix)
{
    /// <summary>What is wrong, without a full stop, on one line.</summary>
    public string Message { get; init; } = OneLine.Of(Message);

    /// <summary>What to do, a whole sentence, on one line.</summary>
    public string Fix { get; init; } = OneLine.Of(Fix);

    /// <inheritdoc/>
    public override string ToString() => $"{File}{(Line is { } line ? $":{line}" : "")}: {Message}. {Fix}";
}

/// <summary>What came of reading a workflow: a template, or the faults that prevent one.</summary>
/// <param name="Template">The template; null when there are faults.</param>
/// <param name="Faults">All faults found; empty when there is a template.</param>
public sealed record WorkflowReading(WorkflowTemplate? Template, IReadOnlyList<WorkflowFault> Faults);

/// <summary>What came of reading a binding map.</summary>
/// <param name="Binding">The map as written; null when there are faults.</param>
/// <param name="Faults">All faults found; empty when there is a binding.</param>
public sealed record BindingReading(WorkflowBinding? Binding, IReadOnlyList<WorkflowFault> Faults);
