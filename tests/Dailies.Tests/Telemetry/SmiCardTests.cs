using System.Globalization;
using Dailies.Telemetry;

namespace Dailies.Tests.Telemetry;

/// <summary>What nvidia-smi prints, and which of its cards is a station's.</summary>
public class SmiCardTests
{
    private const string A = "GPU-6f1e2d3c-0000-1111-2222-333344445555", B = "GPU-99999999-0000-1111-2222-333344445555";

    public static TheoryData<string, string, string> Outputs => new()
    {
        // moment, output, cards
        { "one card", $"0, {A}, NVIDIA GeForce RTX 4090, 24564, 23910, 312\n", $"0 {A} NVIDIA GeForce RTX 4090: 23910 of 24564" },
        { "two, Windows line ends", $"0, {A}, NVIDIA GeForce RTX 4090, 24564, 23910, 312\r\n1, {B}, NVIDIA T4, 15360, 100, 15000\r\n", $"0 {A} NVIDIA GeForce RTX 4090: 23910 of 24564; 1 {B} NVIDIA T4: 100 of 15360" },
        { "a comma in the name", $"0, {A}, Card, the big one, 100, 60, 40", $"0 {A} Card, the big one: 60 of 100" },
        { "free not known: what is not used", $"0, {A}, X, 100, [N/A], 40", $"0 {A} X: 60 of 100" },
        { "no memory", $"0, {A}, NVIDIA GB10, [N/A], [N/A], [N/A]", $"0 {A} NVIDIA GB10: ? of ?" },
        { "not supported", $"0, {A}, X, [Not Supported], [Unknown Error], [GPU requires reset]", $"0 {A} X: ? of ?" },
        { "zero is no memory", $"0, {A}, X, 0, 0, 0", $"0 {A} X: 0 of ?" },
        { "more free than there is", $"0, {A}, X, 100, 101, 0", $"0 {A} X: ? of 100" },
        { "more used than there is", $"0, {A}, X, 100, [N/A], 101", $"0 {A} X: ? of 100" },
        { "a decimal comma", $"0, {A}, X, 100, 60,5, 40", $"0 {A} X: 60 of 100" },
        { "negative, huge, with units", $"0, {A}, X, -100, 99999999999999999999, 40 MiB", $"0 {A} X: ? of ?" },
        { "beyond any memory", $"0, {A}, X, 1073741825, 1073741824, 0", $"0 {A} X: 1073741824 of ?" },
        { "an error in words", "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver, make sure, that, it, is, installed.", "" },
        { "in other words", "Kein Gerät gefunden, bitte, prüfen, Sie, den, Treiber", "" },
        { "a header", "index, uuid, name, memory.total [MiB], memory.free [MiB], memory.used [MiB]", "" },
        { "too few", $"0, {A}, X, 100, 60", "" },
        { "no name", $"0, {A}, , 100, 60, 40", "" },
        { "no index", $"[N/A], {A}, X, 100, 60, 40", "" },
        { "no UUID", "0, 6f1e, X, 100, 60, 40", "" },
        { "nothing", "", "" },
        { "noise around", $"Warning, infoROM, is, corrupted, at, gpu\n\n0, {A}, X, 100, 60, 40\n\0\u0001,,,,,,,\n", $"0 {A} X: 60 of 100" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_line_is_a_card_or_nothing(string moment, string output, string cards) => string.Join("; ", SmiCard.Read(output).Select(Words)).ShouldBe(cards, moment);

    private static readonly SmiCard Big = new(0, A, "NVIDIA GeForce RTX 4090", 1, 1), Small = new(1, B, "Tesla T4", 1, 1), Twin = new(2, "GPU-77777777", "NVIDIA GeForce RTX 4090", 1, 1);

    public static TheoryData<string, int[], string?, string?, int?> Choices => new()
    {
        // moment, cards, name, UUID → index
        { "the only one, and nobody named it", [0], null, null, 0 },
        { "two, and nobody named it", [0, 1], null, null, null },
        { "none", [], null, null, null },
        { "by name", [0, 1], "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync", null, 0 },
        { "by name, whatever the station counts", [0, 1], "cuda:0 Tesla T4 : native", null, 1 },
        { "the only one, under another name", [0], "cuda:0 NVIDIA GeForce RTX 3060 : native", null, null },
        { "an AMD card beside it", [0], "cuda:0 AMD Radeon RX 7900 XTX : native", null, null },
        { "a name within another's", [0, 1], "cuda:0 NVIDIA GeForce RTX 4090 Ti : native", null, null },
        { "two of one name", [0, 1, 2], "cuda:1 NVIDIA GeForce RTX 4090 : native", null, null },
        { "two of one name, by UUID", [0, 1, 2], "cuda:0 NVIDIA GeForce RTX 4090 : native", "GPU-77777777", 2 },
        { "by the beginning of a UUID", [0, 1], null, "gpu-6f1e", 0 },
        { "by a beginning of all", [0, 1], null, "GPU-", null },
        { "by a UUID that is not here", [0], "cuda:0 NVIDIA GeForce RTX 4090 : native", "GPU-12345678", null },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_station_s_card_is_surely_its_or_none(string moment, int[] cards, string? name, string? uuid, int? index) =>
        (SmiCard.Choose([.. cards.Select(c => new[] { Big, Small, Twin }[c])], name, uuid)?.Index).ShouldBe(index, moment);

    [Theory]
    [InlineData("cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync", "GEFORCERTX4090")]
    [InlineData("cuda:0 NVIDIA GeForce RTX 4090 : native", "GEFORCERTX4090")]
    [InlineData("cuda:12 GeForce RTX  2080 Ti : ", "GEFORCERTX2080TI")]
    [InlineData("CUDA 0: Tesla T4", "TESLAT4")]
    [InlineData("CUDA cuda:0: Tesla T4", "TESLAT4")]
    [InlineData("NVIDIA GeForce RTX 4090", "GEFORCERTX4090")]
    [InlineData("NVIDIA H100 80GB HBM3", "H10080GBHBM3")]
    [InlineData("cuda:0 AMD Radeon RX 7900 XTX : native", "AMDRADEONRX7900XTX")]
    [InlineData("xpu:0 Intel(R) Arc(TM) A770 Graphics", "INTEL(R)ARC(TM)A770GRAPHICS")]
    [InlineData("mps", "MPS")]
    [InlineData("", "")]
    public void A_name_is_compared_without_what_stands_around_it(string name, string plain) => SmiCard.Plain(name).ShouldBe(plain);

    private static string Words(SmiCard c) => string.Create(CultureInfo.InvariantCulture, $"{c.Index} {c.Uuid} {c.Name}: {MiB(c.Free)} of {MiB(c.Total)}");

    private static string MiB(long? bytes) => bytes is { } b ? (b / 1048576).ToString(CultureInfo.InvariantCulture) : "?";
}
