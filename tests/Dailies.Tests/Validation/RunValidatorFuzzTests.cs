using CsCheck;
using Dailies.Contract;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

public class RunValidatorFuzzTests
{
    // Pieces that hurt: braces, escapes, huge numbers, half characters.
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", "\"", "\\", "\\ud800", "\0", "1e999", "-", "null", "NaN", "\n", "\r", " | ", "fallback=", "[Scene ", "[Attempt ", "\u202e", ":", ",", "99999999999999999999", "../"];

    private static readonly string[] Wrong = ["{\"x\":1}", "[[]]", "1e999"];

    private static readonly Gen<byte[]> Piece = Gen.OneOf(
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Select(System.Text.Encoding.UTF8.GetBytes), Gen.Byte.Array[0, 4]);

    private static readonly Gen<(double At, int Cut, byte[] Put)[]> Edits = Gen.Select(Gen.Double.Unit, Gen.Int[0, 8], Piece).Array[1, 4];

    [Fact]
    public void Random_bytes_in_both_files_never_throw()
    {
        using var run = GoodRun.Write();
        var (summary, metadata) = (File.ReadAllBytes(run.At(RunFolder.Summary)), File.ReadAllBytes(run.At(RunFolder.Metadata)));
        Gen.Select(Edits, Edits, Gen.Int[0, 3]).Sample(
            (ofSummary, ofMetadata, which) =>
            {
                run.File(RunFolder.Summary, which == 0 ? summary : Edited(summary, ofSummary));
                run.File(RunFolder.Metadata, which == 1 ? metadata : Edited(metadata, ofMetadata));
                var verdict = RunValidator.Validate(run.Folder);
                VerdictText.Write(verdict).ShouldNotBeEmpty();
                VerdictJson.Write(new VerdictReport([verdict])).ShouldNotBeEmpty();
            },
            iter: 1000, threads: 1);
    }

    [Fact]
    public void A_torn_file_is_never_whole()
    {
        using var run = GoodRun.Write();
        var metadata = File.ReadAllBytes(run.At(RunFolder.Metadata));
        Gen.Int[0, metadata.Length - 3].Sample(
            length =>
            {
                run.File(RunFolder.Metadata, metadata.AsSpan(0, length));
                RunValidator.Validate(run.Folder).ExitCode.ShouldBe(1);
            },
            iter: 100, threads: 1);
    }

    // Every value of the metadata replaced by one of another kind: always told, never thrown.
    [Fact]
    public void A_value_of_another_kind_is_found_wherever_it_stands()
    {
        using var run = GoodRun.Write();
        var metadata = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(run.At(RunFolder.Metadata))).Split('\n');
        var values = Enumerable.Range(0, metadata.Length).Where(i => metadata[i].Contains("\": ", StringComparison.Ordinal) && !metadata[i].EndsWith('{') && !metadata[i].EndsWith('[')).ToArray();
        Gen.Select(Gen.Int[0, values.Length - 1].Select(i => values[i]), Gen.Int[0, Wrong.Length - 1].Select(i => Wrong[i])).Sample(
            (line, value) =>
            {
                var name = metadata[line][..(metadata[line].IndexOf("\": ", StringComparison.Ordinal) + 3)];
                if (name.Contains("\"LLM\"", StringComparison.Ordinal) || name.Contains("\"os\"", StringComparison.Ordinal) || name.Contains("\"Message\"", StringComparison.Ordinal))
                {
                    return; // anybody's own
                }

                if ((name.Contains("\"Before\"", StringComparison.Ordinal) || name.Contains("\"After\"", StringComparison.Ordinal)) && value.StartsWith('{'))
                {
                    return; // the server's own object, whatever is in it
                }

                var text = metadata.ToArray();
                text[line] = name + value + (text[line].EndsWith(',') ? "," : "");
                run.File(RunFolder.Metadata, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', text)));
                RunValidator.Validate(run.Folder).ExitCode.ShouldBe(1, text[line]);
            },
            iter: 300, threads: 1);
    }

    private static byte[] Edited(byte[] bytes, (double At, int Cut, byte[] Put)[] edits)
    {
        foreach (var (where, cut, put) in edits)
        {
            var at = (int)(where * bytes.Length);
            bytes = [.. bytes[..at], .. put, .. bytes[Math.Min(bytes.Length, at + cut)..]];
        }

        return bytes;
    }
}
