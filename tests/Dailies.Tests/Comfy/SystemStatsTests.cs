using System.Globalization;
using System.Text;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>/system_stats of every build that we know of, and of none: which device is the one, and what of its figures is believed.</summary>
public class SystemStatsTests
{
    private const string Numbers = "\"vram_total\":25757220864,\"vram_free\":10737418240";

    [Theory]
    [InlineData("system_stats.json", "0.8.0", "cpu (cpu 0): 24059047936 of 25276514304")]
    [InlineData("older.v0.3.40.system_stats.json", "0.3.40", "cpu (cpu 0): 23262904320 of 25276514304")]
    [InlineData("older.v0.2.7.system_stats.json", "v0.2.7", "cpu (cpu 0): 22579511296 of 25276514304")]
    public void A_recorded_server_tells_version_and_device(string body, string version, string device)
    {
        var stats = SystemStats.Read(Recordings.Body(body));

        (stats.Version, Words(stats.Device)).ShouldBe((version, device));
        stats.System.ContainsKey("argv").ShouldBeFalse();
    }

    public static TheoryData<string, string, string> Builds => new()
    {
        // build, devices, the device
        { "NVIDIA", $$"""[{"name":"cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync","type":"cuda","index":0,{{Numbers}},"torch_vram_total":1,"torch_vram_free":0}]""", "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync (cuda 0): 10737418240 of 25757220864" },
        { "NVIDIA, the other allocator", $$"""[{"name":"cuda:0 NVIDIA GeForce RTX 3090 : native","type":"cuda","index":0,{{Numbers}}}]""", "cuda:0 NVIDIA GeForce RTX 3090 : native (cuda 0): 10737418240 of 25757220864" },
        { "AMD, ROCm", $$"""[{"name":"cuda:0 AMD Radeon RX 7900 XTX : native","type":"cuda","index":0,{{Numbers}}}]""", "cuda:0 AMD Radeon RX 7900 XTX : native (cuda 0): 10737418240 of 25757220864" },
        { "Apple", $$"""[{"name":"mps","type":"mps","index":null,{{Numbers}}}]""", "mps (mps 0): 10737418240 of 25757220864" },
        { "DirectML", """[{"name":"privateuseone","type":"privateuseone","index":0,"vram_total":1073741824,"vram_free":1073741824}]""", "privateuseone (privateuseone 0): 1073741824 of 1073741824" },
        { "Intel", $$"""[{"name":"xpu:0 Intel(R) Arc(TM) A770 Graphics","type":"xpu","index":0,{{Numbers}}}]""", "xpu:0 Intel(R) Arc(TM) A770 Graphics (xpu 0): 10737418240 of 25757220864" },
        { "the first of two", $$"""[{"name":"cuda:1 B","type":"cuda","index":1,{{Numbers}}},{"name":"cuda:0 A","type":"cuda","index":0,{{Numbers}}}]""", "cuda:1 B (cuda 1): 10737418240 of 25757220864" },
        { "the card behind the CPU", $$"""[{"name":"cpu","type":"cpu","index":null,"vram_total":1,"vram_free":1},{"name":"cuda:0 A","type":"cuda","index":0,{{Numbers}}}]""", "cuda:0 A (cuda 0): 10737418240 of 25757220864" },
        { "only CPUs", $$"""[{"name":"cpu","type":"CPU","index":null,{{Numbers}}},{"name":"cpu","type":"cpu","index":null,{{Numbers}}}]""", "cpu (CPU 0): 10737418240 of 25757220864" },
        { "none", "[]", "none" },
        { "null", "null", "none" },
        { "no list", """{"name":"cuda:0"}""", "none" },
        { "no objects", """[null,7,"cuda:0",[]]""", "none" },
        { "among others that are none", $$"""[null,{"name":"cuda:0 A","type":"cuda","index":null,{{Numbers}}}]""", "cuda:0 A (cuda 1): 10737418240 of 25757220864" },
        { "nothing said", "[{}]", "? (unknown 0): ? of ?" },
        { "names of other kinds", """[{"name":7,"type":["cuda"],"index":"0"}]""", "? (unknown 0): ? of ?" },
        { "blank names", """[{"name":" ","type":"","index":0}]""", "? (unknown 0): ? of ?" },
        { "an index below", """[{"name":"A","type":"cuda","index":-1}]""", "A (cuda 0): ? of ?" },
        { "an index beyond", """[{"name":"A","type":"cuda","index":4294967297}]""", "A (cuda 0): ? of ?" },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public void The_device_is_the_first_that_is_no_cpu(string build, string devices, string device) => Words(Read(devices).Device).ShouldBe(device, build);

    [Theory]
    [InlineData("8", "4", "4 of 8")]
    [InlineData("8", "0", "0 of 8")]
    [InlineData("8.0", "4.7e0", "4 of 8")]
    [InlineData("25757220864.0", "1.073741824e10", "10737418240 of 25757220864")]
    [InlineData("\"8\"", "\"4\"", "? of ?")]
    [InlineData("null", "null", "? of ?")]
    [InlineData("null", "4", "4 of ?")]
    [InlineData("8", "null", "? of 8")]
    [InlineData("8", "-1", "? of 8")]
    [InlineData("8", "9", "? of 8")]
    [InlineData("-8", "4", "? of ?")]
    [InlineData("0", "0", "? of ?")]
    [InlineData("NaN", "Infinity", "? of ?")]
    [InlineData("true", "[4]", "? of ?")]
    [InlineData("1125899906842624", "1125899906842624", "1125899906842624 of 1125899906842624")]
    [InlineData("1125899906842625", "4", "? of ?")]
    [InlineData("9223372036854775808", "1e308", "? of ?")]
    [InlineData("99999999999999999999999999", "4", "? of ?")]
    public void A_figure_that_no_memory_can_have_is_not_known(string total, string free, string memory) =>
        Words(Read($$"""[{"name":"A","type":"cuda","index":0,"vram_total":{{total}},"vram_free":{{free}}}]""").Device).ShouldBe($"A (cuda 0): {memory}");

    private static SystemStats Read(string devices) => SystemStats.Read(Encoding.UTF8.GetBytes($$"""{"system":{"comfyui_version":"0.8.0"},"devices":{{devices}}}"""));

    private static string Words(StationDevice? d) => d is null ? "none" : string.Create(
        CultureInfo.InvariantCulture, $"{d.Name ?? "?"} ({d.Type} {d.Index}): {Known(d.VramFree)} of {Known(d.VramTotal)}");

    private static string Known(long? bytes) => bytes?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
