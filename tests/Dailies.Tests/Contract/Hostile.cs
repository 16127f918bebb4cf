using CsCheck;

namespace Dailies.Tests.Contract;

/// <summary>Text as nobody should write it.</summary>
internal static class Hostile
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 6],
        Gen.String[Gen.Char["|| \n\r\t\\\"{};=,[]\u0085\u2028\u2029\u202e\u2066\0\u001b\ufeff"], 0, 6],
        Gen.Const(" | "),
        Gen.Const(" | HistoryExitReason=success"),
        Gen.Const("\n[2026-11-23T22:15:07.042Z] [Scene scene-001] Telemetry: DurationSeconds=1s"),
        Gen.Const("\r\n## Artifact Index"),
        Gen.Const("灯台 🌊 æøå"));

    /// <summary>Whole Unicode, however odd.</summary>
    public static Gen<string> Text { get; } = Piece.Array[0, 4].Select(string.Concat);

    /// <summary>With half surrogate pairs, too.</summary>
    public static Gen<string> Broken { get; } = Gen.OneOf(Text, Gen.String[Gen.Char["a|\ud83c \udf0a\ud83d"], 0, 8], Gen.String[0, 10]);

    // Every place where some reader begins a new line.
    public static void ShouldBeOneLine(string text) => text.IndexOfAny(['\n', '\r', '\u0085', '\u2028', '\u2029', '\v', '\f']).ShouldBe(-1);
}
