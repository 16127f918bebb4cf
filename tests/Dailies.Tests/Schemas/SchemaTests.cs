using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Stories;
using Dailies.Tests.Control;
using Dailies.Tests.Validation;
using Dailies.Workflows;
using NJsonSchema;

namespace Dailies.Tests.Schemas;

/// <summary>The published schemas are what the types say, and accept what we write; `DAILIES_UPDATE_SNAPSHOTS=1` prints them anew. NJsonSchema judges: it knows nothing of our types.</summary>
public sealed class SchemaTests
{
    private static readonly string Published = Path.Combine(Repository.Root, "schemas");
    private static readonly string Kept = Path.Combine(Repository.Root, "tests/Dailies.Tests/Schemas/Samples");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. SchemaFiles.All.Keys];

    /// <summary>version/file of each kept sample.</summary>
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Kept, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Kept, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_is_what_the_types_say(string what)
    {
        var (path, text) = (Path.Combine(Published, SchemaFiles.FileName(what)), SchemaFiles.Text(SchemaFiles.All[what]));
        if (Environment.GetEnvironmentVariable("DAILIES_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Published);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: run with DAILIES_UPDATE_SNAPSHOTS=1 and review it");
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, $"{path} is not what the types say: run with DAILIES_UPDATE_SNAPSHOTS=1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_a_schema_has_a_description(string what) =>
        Fields(SchemaFiles.All[what], "").Where(f => f.Schema["description"]?.GetValue<string>() is not { Length: > 7 } && f.Name is not ("Kind" or "$schema") && !IsWritten(f.Path)).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void The_metadata_s_nulls_are_those_that_the_validator_allows() =>
        (from type in new[] { typeof(ArtifactMetadata), typeof(SceneRecord), typeof(SceneTelemetry), typeof(GpuTelemetry), typeof(VideoRecord), typeof(AttemptRecord), typeof(FrameRecord), typeof(StationRecord), typeof(QueueConfig), typeof(HealthCheckRecord) }
         from field in global::Dailies.Cli.Glossary.ContractField.Of(type, ContractJson.Pascal)
         where !field.LeftOut
         let shape = ShapeOf.Type(type)!.Fields.FirstOrDefault(f => f.Name == field.Name)
         where shape is null || shape.Nullable != field.Nullable
         select $"{type.Name}.{field.Name}").ShouldBeEmpty();

    [Fact]
    public async Task Every_file_of_a_real_run_is_valid()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002:1");
        await run.RunAsync();

        await ShouldBeValidAsync("artifact-metadata", run.RunDir, RunFolder.Metadata);
        await ShouldBeValidAsync("vitest-results", run.RunDir, RunFolder.VitestResults);
        await ShouldBeValidAsync("story", run.RunDir, RunFolder.StoryFile);
        await ShouldBeValidAsync("ledger-event", run.RunDir, RunFolder.LedgerExport);
        (await FaultsAsync("artifact-metadata", File.ReadAllText(Path.Combine(run.Folder, "public", RunFolder.LatestRun)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_validator_prints_is_valid()
    {
        using var run = GoodRun.Write();
        run.Replace("HistoryAttempts=3", "HistoryAttempts=4");
        run.Set("/Scenes/1/FrameFloor", null);
        var outcome = await Cli.CliProcess.RunAsync(Repository.Root, new Dictionary<string, string>(), "validate", run.Folder, "--format", "json");
        outcome.ExitCode.ShouldBe(1);
        (await FaultsAsync("validator-output", outcome.Output)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_examples_are_valid()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.json", SearchOption.AllDirectories))
        {
            var what = Path.GetFileName(file) switch { "story.json" => "story", SettingsFiles.FileName => "dailies", var name when name.EndsWith(".bindings.json", StringComparison.Ordinal) => "bindings", _ => null };
            if (what is not null)
            {
                (await FaultsAsync(what, File.ReadAllText(file))).ShouldBeEmpty(file);
            }
        }
    }

    [Theory]
    [InlineData("artifact-metadata", "/Scenes/0/Telemetry/HistoryExitReason", "\"timeout\"")]
    [InlineData("artifact-metadata", "/Scenes/0/FrameCount", "\"25\"")]
    [InlineData("artifact-metadata", "/QueueConfig/HistoryMaxWaitSeconds", "0")]
    [InlineData("artifact-metadata", "/RunId", "null")]
    public async Task A_value_that_the_contract_forbids_is_found(string what, string place, string value)
    {
        using var run = GoodRun.Write();
        run.Set(place, JsonNode.Parse(value));
        (await FaultsAsync(what, File.ReadAllText(Path.Combine(run.Folder, RunFolder.Metadata)))).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{"scenRetryBudget": 2}""")]
    [InlineData("""{"sceneMaxWaitSeconds": 0}""")]
    [InlineData("""{"belowFloor": "maybe"}""")]
    [InlineData("""{"checks": [{"name": "a b", "command": "x"}]}""")]
    public async Task A_fault_in_dailies_json_is_found(string text) => (await FaultsAsync("dailies", text)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""{"take": "9"}""", true)]
    [InlineData("""{"take": 9, "prompt": ["6.text", "54:62:174.text"], "negative": [], "checkpoint": "4.ckpt_name"}""", true)]
    [InlineData("""{"prompt": "6"}""", false)]
    [InlineData("""{"prompt": 6}""", false)]
    public async Task Bindings_name_inputs_and_the_take_a_node(string text, bool valid) => ((await FaultsAsync("bindings", text)).Count == 0).ShouldBe(valid);

    [Fact]
    public async Task A_field_that_nobody_knows_is_no_fault()
    {
        using var run = GoodRun.Write();
        run.Set("/Scenes/0/SomebodysOwn", 1);
        run.Set("/SomebodysOwn", "x");
        (await FaultsAsync("artifact-metadata", File.ReadAllText(Path.Combine(run.Folder, RunFolder.Metadata)))).ShouldBeEmpty();
        (await FaultsAsync("story", """{"scenes": [{"prompt": "a lighthouse", "own": 1}], "own": {}}""")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_kept_sample_is_valid_by_its_version_s_schema_and_still_loads(string sample)
    {
        var (version, file) = (sample.Split('/')[0], Path.Combine(Kept, sample));
        var text = await File.ReadAllTextAsync(file, Cancel);
        var what = What(Path.GetFileName(file));

        (await FaultsAsync(what, text, version)).ShouldBeEmpty();
        Loads(what, text, file).ShouldBeTrue();
    }

    [Fact]
    public void Each_schema_of_each_version_has_a_kept_sample() =>
        Directory.GetFiles(Published).Select(f => Path.GetFileName(f).Split('.', 2)).Select(p => (What: p[0], Version: p[1].Replace(".schema.json", "", StringComparison.Ordinal)))
            .Where(s => !Directory.Exists(Path.Combine(Kept, s.Version)) || !Directory.GetFiles(Path.Combine(Kept, s.Version)).Any(f => What(Path.GetFileName(f)) == s.What)).ShouldBeEmpty();

    private static string What(string file) => file switch
    {
        RunFolder.LedgerExport => "ledger-event",
        "workflow.bindings.json" => "bindings",
        _ => Path.GetFileNameWithoutExtension(file),
    };

    private static bool Loads(string what, string text, string file) => what switch
    {
        "artifact-metadata" => JsonSerializer.Deserialize<ArtifactMetadata>(text, ContractJson.Pascal)!.Scenes.Count > 0,
        "vitest-results" => JsonSerializer.Deserialize<VitestResults>(text, ContractJson.Camel)!.ComfyExit == 0,
        "story" => StoryJson.Parse(File.ReadAllBytes(file), file).Story!.Scenes.Count > 0,
        "ledger-event" => MetadataProjection.Project(RunState.Fold(LedgerExport.Read(text))).Scenes.All(s => s.Success),
        "dailies" => SettingsFiles.Find(file).Fault is null,
        "bindings" => WorkflowBinding.ReadMap(File.ReadAllBytes(file), file, Template()).Binding is not null,
        "validator-output" => JsonNode.Parse(text) is JsonObject,
        _ => throw new InvalidOperationException($"how does {what} load?"),
    };

    private static WorkflowTemplate Template() => WorkflowTemplate.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "examples/lighthouse/workflow.json")), "workflow.json").Template!;

    private static async Task ShouldBeValidAsync(string what, string folder, string name) =>
        (await FaultsAsync(what, await File.ReadAllTextAsync(Path.Combine(folder, name), Cancel))).ShouldBeEmpty(name);

    // ledger.jsonl is judged line by line; comments of dailies.json are no JSON for others.
    private static async Task<IReadOnlyList<string>> FaultsAsync(string what, string text, string version = ArtifactMetadata.CurrentVersion)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Published, $"{what}.{version}.schema.json"), Cancel);
        var documents = what == "ledger-event" ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [JsonSerializer.Serialize(JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement)];
        return [.. documents.SelectMany(d => schema.Validate(d).Select(e => $"{e.Path}: {e.Kind} in {d[..Math.Min(d.Length, 120)]}"))];
    }

    private static IEnumerable<(string Path, string Name, JsonObject Schema)> Fields(JsonNode? node, string path)
    {
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            if (key == "properties")
            {
                foreach (var (name, schema) in value!.AsObject())
                {
                    yield return ($"{path}/{name}", name, schema!.AsObject());
                }
            }

            foreach (var field in Fields(value, $"{path}/{key}"))
            {
                yield return field;
            }
        }

        foreach (var (index, item) in (node as JsonArray ?? []).Index())
        {
            foreach (var field in Fields(item, $"{path}/{index}"))
            {
                yield return field;
            }
        }
    }

    // Entries of stations, ladder and checks are described as a whole.
    private static bool IsWritten(string path) => path.Contains("/properties/stations/", StringComparison.Ordinal) || path.Contains("/properties/ladder/", StringComparison.Ordinal) || path.Contains("/properties/checks/", StringComparison.Ordinal);
}
