using System.Text;
using CsCheck;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Takes;

namespace Dailies.Tests.Control;

/// <summary>dailies.json, story, workflow and map with something wrong in them, as <c>dailies run</c> meets them: a request, or every fault at once, each clear.</summary>
public class SetupFuzzTests
{
    private static readonly byte[] Settings = """
        {"$schema":"x","comfy":"http://127.0.0.1:8188","workflow":"workflow.json","stations":[{"name":"box","url":"http://box:8188","headers":{"Authorization":"Bearer ${TOKEN}","X":"y"}}],
         "ladder":[{"name":"half","set":{"width":384,"5.height":216}}],"sceneRetryBudget":2,"sceneMaxWaitSeconds":600.5,"fastIteration":true,"set":["steps=3"],"seed":7,"noVideo":true,
         "belowFloor":"warn","llmTemperature":0,"runsDir":"logs","publicDir":"public"}
        """u8.ToArray();

    private static readonly string[] Files = ["dailies.json", "story.json", "workflow.json", "workflow.bindings.json"];

    [Fact]
    public void A_damaged_file_makes_a_request_or_clear_faults()
    {
        using var folder = new TempFolder();
        byte[][] whole =
        [
            Settings, """{"storyId":"s","scenes":[{"prompt":"a","set":{"steps":3}},{"prompt":"b","workflow":"w","keyframePath":"k"}]}"""u8.ToArray(),
            Encoding.UTF8.GetBytes(Tests.Animatic.Graphs.Shot().ToJsonString()), """{"prompt":"6.text","own":"3.steps"}"""u8.ToArray(),
        ];
        foreach (var (name, bytes) in Files.Zip(whole))
        {
            File.WriteAllBytes(Path.Combine(folder.Path, name), bytes);
        }

        Read(folder.Path).ShouldBeNull("whole, it is a request");
        Gen.Int[0, Files.Length - 1].SelectMany(file => JsonDamage.Of([whole[file]]).Select(bytes => (File: file, Bytes: bytes))).Sample(
            sample =>
            {
                var (file, bytes) = sample;
                var path = Path.Combine(folder.Path, Files[file]);
                File.WriteAllBytes(path, bytes);
                try
                {
                    Read(folder.Path);
                }
                finally
                {
                    File.WriteAllBytes(path, whole[file]);
                }
            },
            iter: Fuzz.Times(500), threads: 1, print: sample => $"{Files[sample.File]}: {JsonDamage.Shown(sample.Bytes)}");
    }

    [Theory]
    [InlineData("{\"stations\":[{\"name\":\"\\ud800\",\"url\":\"http://box\"}]}")]
    [InlineData("{\"\\udc80\":1}")]
    [InlineData("{\"runsDir\":\"\\ud83d x\"}")]
    [InlineData("{\"ladder\":[{\"name\":\"half\",\"set\":{\"\\ud800\":1}}]}")]
    [InlineData("{\"comfy\":\"\u00ff\"}")]
    [InlineData("{\"\u00ff\":1}")]
    public void Bug_half_a_letter_in_the_settings_is_a_clear_fault(string settings)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "dailies.json"), Encoding.Latin1.GetBytes(settings));
        folder.Write("story.json", """{"scenes":[{"prompt":"a"}]}""");
        folder.Write("workflow.json", Tests.Animatic.Graphs.Shot().ToJsonString());

        Read(folder.Path).ShouldNotBeNull().ShouldContain(f => f.Contains("dailies.json", StringComparison.Ordinal) && f.Contains("not Unicode", StringComparison.Ordinal));
    }

    // Not every folder holds files: a name may be a folder, a link to nowhere, to itself, or to a device without an end.
    [Theory]
    [InlineData("folder")]
    [InlineData("link to nowhere")]
    [InlineData("link to itself")]
    [InlineData("device")]
    public void What_is_no_file_is_a_clear_fault_or_not_there(string what)
    {
        foreach (var name in Files)
        {
            using var folder = new TempFolder();
            foreach (var (other, bytes) in Files.Zip([Settings, """{"scenes":[{"prompt":"a"}]}"""u8.ToArray(), Encoding.UTF8.GetBytes(Tests.Animatic.Graphs.Shot().ToJsonString()), "{}"u8.ToArray()]))
            {
                if (other != name)
                {
                    File.WriteAllBytes(Path.Combine(folder.Path, other), bytes);
                }
            }

            var path = Path.Combine(folder.Path, name);
            _ = what switch
            {
                "folder" => Directory.CreateDirectory(path),
                "link to nowhere" => File.CreateSymbolicLink(path, Path.Combine(folder.Path, "nowhere")),
                "link to itself" => File.CreateSymbolicLink(path, path),
                _ => File.CreateSymbolicLink(path, OperatingSystem.IsWindows() ? "NUL" : "/dev/zero"),
            };
            Fuzz.Bounded(25 * 1024 * 1024, () => Read(folder.Path), factor: 8);
        }
    }

    // The faults, each judged; null for a request.
    private static IReadOnlyList<string>? Read(string folder)
    {
        var setup = RunSetup.Read(folder, new Dictionary<string, IReadOnlyList<string>>(), name => name == "TOKEN" ? "t" : null, new ProgramRecord("dailies", "0", null), new VideoTools(null, null));
        (setup.Request is null).ShouldBe(setup.Faults.Count > 0);
        foreach (var fault in setup.Faults)
        {
            Fuzz.ShouldBeAClearFault(fault);
        }

        return setup.Request is null ? setup.Faults : null;
    }
}
