using System.Diagnostics;
using System.Globalization;

/// <summary>Ends the program that it is loaded into with SIGKILL at one boundary of one side effect: before it, or after it. .NET looks for this name.</summary>
/// <remarks>Each boundary is written to the file of <see cref="LogVariable"/> as one line before anything else happens, so that the last line says where the program ended.
/// A line is <c>before|after</c>, the span's name, its tags but for prompt ids (they differ from run to run), and <c>#2</c> … where the same was met before.</remarks>
internal static class StartupHook
{
    private const string LogVariable = "DAILIES_KILLER_LOG";
    private const string AtVariable = "DAILIES_KILLER_AT";
    private const string SourceName = "Dailies";
    private const string PromptTag = "dailies.prompt_id";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, int> Met = [];
    private static readonly string? Log = Environment.GetEnvironmentVariable(LogVariable);
    private static readonly string? At = Environment.GetEnvironmentVariable(AtVariable);

    /// <summary>Called by .NET before the program's own Main.</summary>
    public static void Initialize()
    {
        if (Log is null)
        {
            return;
        }

        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span => Meet("before", span),
            ActivityStopped = span => Meet("after", span),
        });
    }

    // Under one lock: while one thread writes and kills, no other gets past its own boundary.
    private static void Meet(string side, Activity span)
    {
        var boundary = string.Join(' ', [side, span.OperationName, .. span.TagObjects.Where(t => t.Key != PromptTag).Select(t => Convert.ToString(t.Value, CultureInfo.InvariantCulture))]);
        lock (Gate)
        {
            var times = Met[boundary] = Met.GetValueOrDefault(boundary) + 1;
            boundary = times == 1 ? boundary : string.Create(CultureInfo.InvariantCulture, $"{boundary} #{times}");
            File.AppendAllText(Log!, boundary + '\n');
            if (boundary == At)
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();
            }
        }
    }
}
