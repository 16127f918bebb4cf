using System.Runtime.CompilerServices;
using System.Text;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

/// <summary>Screenplays as people type them, kept byte for byte in Corpus/, and what we make of them. All are our own words.</summary>
public class CorpusTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Corpus");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_read_as_it_always_was(string name)
    {
        var reading = StoryFile.Parse(File.ReadAllBytes(Path.Combine(Folder, name)), name);
        var told = new StringBuilder();
        told.AppendJoin('\n', reading.Faults.Select(fault => $"fault {fault}").Concat(reading.Notes.Select(note => $"note  {note}"))).Append('\n');
        told.Append(reading.Story is { } story ? Encoding.UTF8.GetString(StoryJson.Write(story)) : "no story\n");
        Snapshot.Match(told.ToString(), "Corpus." + name);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
