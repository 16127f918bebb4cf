using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Tests.Cli;
using Dailies.Tests.Comfy;
using Microsoft.AspNetCore.Http;

namespace Dailies.Tests.Control;

/// <summary>Stations that say our own credentials back to us, wherever they have words: they reach no file, no log, no ledger and no terminal, plain or encoded.</summary>
public class EchoTests
{
    private const string Secret = "s3cr3t/Value+1";
    private const string Pair = "ann:" + Secret;

    private static readonly string[] Forms =
    [
        Secret, Uri.EscapeDataString(Secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(Pair)), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), JsonEncodedText.Encode(Secret).ToString(),
        Secret.Replace("/", "\\/", StringComparison.Ordinal), Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(Pair))),
    ];

    public static TheoryData<string> Places =>
        ["rejection", "page 401", "page 200", "not JSON", "error", "stats", "file name", "subfolder", "prompt id", "node errors of an accepted prompt", "redirect", "server error"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_station_that_echoes_our_credentials_reaches_no_file(string place)
    {
        await using var station = await CannedStation.StartAsync();
        var heard = "";
        Echo(station, place, words => heard = words);
        await using var run = SmallRun.Without(scenes: 1, frames: 1).Set("noVideo", "true").Set("sceneRetryBudget", "0").Set("scenePostExecutionTimeoutSeconds", "1").Set("sceneMaxWaitSeconds", "20").Set("sceneQueueWaitSeconds", "5");
        run.Clock = new HurriedClock(60);
        Open(run, station.Url);

        await run.RunAsync();

        heard.ShouldContain(Secret, customMessage: "the station said it");
        run.Result.Verdict.Findings.ShouldBeEmpty();
        run.FilesWith("scene-001").ShouldNotBeEmpty("the search itself works");
        foreach (var form in Forms)
        {
            run.FilesWith(form).ShouldBeEmpty(form);
        }

        Directory.EnumerateFileSystemEntries(run.Folder, "*", SearchOption.AllDirectories).Where(f => f.Contains("s3cr3t", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Garbage {0} and more\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK {0}\r\n{0} is no header\r\n\r\n")]
    [InlineData("HTTP/1.1 {0}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: {0}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{0}\r\n")]
    public async Task A_station_that_speaks_no_HTTP_is_not_quoted(string answer)
    {
        await using var station = new WireServer(request => Encoding.ASCII.GetBytes(answer.Replace("{0}", $"{Secret} {request.Headers["Authorization"]}", StringComparison.Ordinal)));
        await using var run = SmallRun.Without(scenes: 1, frames: 1);
        Open(run, station.Url);

        await run.RunAsync();

        run.Result.ExitCode.ShouldBe(3);
        foreach (var form in Forms)
        {
            run.FilesWith(form).ShouldBeEmpty(form);
        }
    }

    [Theory]
    [InlineData("rejection")]
    [InlineData("error")]
    [InlineData("stats")]
    [InlineData("page 401")]
    public async Task The_terminal_of_the_program_never_shows_them(string place)
    {
        await using var station = await CannedStation.StartAsync();
        Echo(station, place, _ => { });
        await using var run = SmallRun.Without(scenes: 1, frames: 1);
        run.Variables["DAILIES_STATION_HEADERS"] = $"X-Key: {Secret}";
        var url = station.Url.Replace("http://", $"http://ann:{Uri.EscapeDataString(Secret)}@", StringComparison.Ordinal);

        foreach (var json in new[] { false, true })
        {
            string[] arguments = ["run", "story", "--comfy", url, "--no-video", "--scene-retry-budget", "0", .. json ? new[] { "--json" } : []];
            var said = await CliProcess.RunAsync(run.Folder, run.Variables, arguments);

            said.All.ShouldNotBeNullOrWhiteSpace();
            foreach (var form in Forms)
            {
                said.All.ShouldNotContain(form, Case.Sensitive);
                run.FilesWith(form).ShouldBeEmpty(form);
            }
        }
    }

    // A header that is no secret, and a word of the protocol: what the station says is read as it is.
    [Theory]
    [InlineData("true")]
    [InlineData("success")]
    [InlineData("images")]
    [InlineData("execution_success")]
    public async Task A_header_that_is_a_word_of_the_protocol_breaks_nothing(string word)
    {
        await using var station = await CannedStation.StartAsync();
        await using var run = SmallRun.Without(frames: 1).On(station.Url).Set("noVideo", "true");
        run.Variables["DAILIES_STATION_HEADERS"] = $"X-Mode: {word}";

        (await run.RunAsync()).ExitCode.ShouldBe(0);
    }

    private static void Open(SmallRun run, string url)
    {
        run.Variables["DAILIES_STATION_HEADERS"] = $"X-Key: {Secret}";
        run.On(url.Replace("http://", $"http://ann:{Uri.EscapeDataString(Secret)}@", StringComparison.Ordinal));
    }

    private static void Echo(CannedStation station, string place, Action<string> heard)
    {
        string Words(HttpRequest request)
        {
            var words = $"you sent {request.Headers.Authorization} ({Pair}), {request.Headers["X-Key"]}, {Uri.EscapeDataString(Secret)}";
            heard(words);
            return words;
        }

        station.Answer = request => (place, request.Path.Value) switch
        {
            ("rejection", "/prompt") => (400, Rejection(Words(request))),
            ("node errors of an accepted prompt", "/prompt") => (200, new JsonObject { ["prompt_id"] = "p", ["number"] = 1, ["node_errors"] = JsonNode.Parse(Rejection(Words(request)))!["node_errors"]!.DeepClone() }.ToJsonString()),
            ("prompt id", "/prompt") => (200, new JsonObject { ["prompt_id"] = Words(request), ["number"] = 1 }.ToJsonString()),
            ("server error", "/prompt") => (500, Words(request)),
            ("redirect", "/prompt") => (302, Words(request)),
            ("page 401", _) => (401, Words(request)),
            ("page 200", _) => (200, $"<html>{Words(request)}</html>"),
            ("not JSON", "/queue") => (200, $"n{Secret}{Words(request)}"),
            ("stats", "/system_stats") => (200, Stats(Words(request))),
            (_, "/prompt") => Kept(Words(request)),
            _ => null,
        };
        station.Entry = (_, entry) =>
        {
            if (place == "error")
            {
                CannedStation.Fail(entry, $"Basic {Forms[2]} {Pair} {Forms[1]}", Secret, Secret, Secret);
            }
        };
        station.Files = _ => place switch
        {
            "file name" => [new CannedFile("a.png"), new CannedFile($"{Forms[2]}.png"), new CannedFile("s3cr3t%2FValue%2B1.png")],
            "subfolder" => [new CannedFile("a.png", Secret)],
            _ => [new CannedFile("a.png")],
        };

        (int, string)? Kept(string _) => null;
    }

    private static string Rejection(string words) => new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = words, ["message"] = words, ["details"] = words },
        ["node_errors"] = new JsonObject
        {
            [words] = new JsonObject
            {
                ["class_type"] = words,
                ["errors"] = new JsonArray(new JsonObject
                {
                    ["message"] = words,
                    ["details"] = words,
                    ["extra_info"] = new JsonObject { ["received_value"] = Secret + "x", ["input_config"] = new JsonArray(new JsonArray(Secret, words), new JsonObject()) },
                }),
            },
        },
    }.ToJsonString();

    private static string Stats(string words) => new JsonObject
    {
        ["system"] = new JsonObject { ["os"] = words, ["comfyui_version"] = words, ["x"] = new JsonArray(words, new JsonObject { [words] = words }) },
        ["devices"] = new JsonArray(new JsonObject { ["name"] = words, ["type"] = words, ["index"] = 0, ["vram_total"] = 1000, ["vram_free"] = 900 }),
    }.ToJsonString();
}
