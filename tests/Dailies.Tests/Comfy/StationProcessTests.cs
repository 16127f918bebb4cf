using System.Net.Sockets;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Starting a real child: whose process it is, where its words go, how its end is known.</summary>
public class StationProcessTests
{
    [Fact]
    public async Task The_process_that_we_hold_is_the_program_itself_in_a_session_of_its_own()
    {
        await using var rig = new StationRig();

        using var station = rig.Start("""python3 -c 'import os; print("pid", os.getpid(), flush=True); print("session", os.getsid(0), flush=True); input()'""");

        (await rig.SaysNumberAsync(station, "pid")).ShouldBe(station.Child.Pid);
        (await rig.SaysNumberAsync(station, "session")).ShouldBe(station.Child.Pid);
        await StationRig.EndedAsync(station); // input() finds nothing: standard input is nobody's
        station.ExitCode.ShouldBe(1);
        station.Log.Tail().ShouldContain("EOFError");
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("true", 0)]
    [InlineData("cd / && sh -c 'exit 3'", 3)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("cd / && sh -c 'kill -9 $$'", 137)]
    [InlineData("python3 -c 'import os; os.abort()'", 134)]
    public async Task Its_exit_code_is_ours_to_know(string command, int code)
    {
        await using var rig = new StationRig();

        using var station = rig.Start(command);
        await StationRig.EndedAsync(station);

        (station.HasExited, station.ExitCode).ShouldBe((true, code));
    }

    [Fact]
    public async Task There_is_no_exit_code_while_it_runs()
    {
        await using var rig = new StationRig();

        using var station = rig.Start("echo up; exec sleep 1000");
        await rig.SaysAsync(station, "up");

        (station.HasExited, station.ExitCode).ShouldBe((false, null));
    }

    [Fact]
    public async Task A_command_is_read_as_it_was_typed()
    {
        await using var rig = new StationRig("it's a \"log\" $(touch injected) `x`; exit.log");
        Directory.CreateDirectory(Path.Combine(rig.Folder, "Comfy UI's"));

        using var station = rig.Start($$"""cd "{{rig.Folder}}/Comfy UI's" && printf 'arg<%s>\n' "two words" 'a"b' "c'd" $((1+1)) '$HOME' ~ && pwd && echo to stderr >&2""");
        await StationRig.EndedAsync(station);

        station.ExitCode.ShouldBe(0);
        station.Log.Tail(since: station.Begin).Split('\n').ShouldBe(
        [
            "arg<two words>", "arg<a\"b>", "arg<c'd>", "arg<2>", "arg<$HOME>", $"arg<{Environment.GetEnvironmentVariable("HOME")}>", $"{rig.Folder}/Comfy UI's", "to stderr",
        ]);
        Directory.EnumerateFiles(Directory.GetCurrentDirectory(), "injected").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_is_not_there_ends_with_the_shell_s_words()
    {
        await using var rig = new StationRig();

        using var station = rig.Start("pythn-that-is-not-there main.py --port 8188");
        await StationRig.EndedAsync(station);

        StationExit.Words(station.ExitCode, station.Log.Tail(since: station.Begin))
            .ShouldMatch("^ended with exit code 127 \\(the shell did not find that program\\); its last words: .*pythn-that-is-not-there: (command )?not found$");
    }

    [Fact]
    public async Task Nothing_of_ours_is_open_in_the_child()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells what is open");
        await using var rig = new StationRig();
        using var file = File.OpenWrite(Path.Combine(rig.Folder, "ours"));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        string[] ours = [Target($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}"), Target($"/proc/self/fd/{socket.Handle}")];

        using var station = rig.Start("echo up; exec sleep 1000");
        await rig.SaysAsync(station, "up");
        var open = Directory.EnumerateFiles($"/proc/{station.Child.Pid}/fd").ToDictionary(f => Path.GetFileName(f), Target);

        (open["0"], open["1"], open["2"]).ShouldBe(("/dev/null", rig.LogPath, rig.LogPath)); // no pipe that breaks when we are killed
        open.Values.Intersect(ours).ShouldBeEmpty(); // and no lock, socket or ledger that outlives us

        static string Target(string link) => new FileInfo(link).LinkTarget!;
    }

    [Fact]
    public async Task What_is_ours_to_know_is_not_handed_on()
    {
        await using var rig = new StationRig();
        Environment.SetEnvironmentVariable("DAILIES_STATION_TEST", "s3cr3t");

        using var station = rig.Start("env | grep DAILIES_; env | grep ^PYTHONUNBUFFERED");
        await StationRig.EndedAsync(station);

        station.Log.Tail(since: station.Begin).ShouldBe("PYTHONUNBUFFERED=1");
    }

    [Fact]
    public async Task Where_there_is_no_setsid_the_keyboard_s_signals_are_ignored()
    {
        await using var rig = new StationRig();
        var start = StationCommand.StartInfo("kill -INT $$; kill -QUIT $$; kill -HUP $$; echo survived", rig.LogPath);
        start.Environment["PATH"] = rig.Folder;

        using var process = System.Diagnostics.Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        (process.ExitCode, File.ReadAllText(rig.LogPath)).ShouldBe((0, "survived\n"));
    }

    [Fact]
    public async Task A_log_that_can_t_be_written_is_said_before_anything_starts()
    {
        await using var rig = new StationRig("no/such/folder.log");

        Should.Throw<IOException>(() => rig.Start("touch started"));
    }

    [Fact]
    public void On_Windows_the_log_is_named_by_a_variable_and_the_command_stays_as_typed()
    {
        var start = StationCommand.OnWindows("cd /d \"C:\\Comfy UI\" && python main.py --port 8188", "C:\\runs\\a & b\\station.log");

        (start.FileName, start.CreateNoWindow).ShouldBe(("cmd.exe", true));
        start.Arguments.ShouldBe("/d /s /c \"(cd /d \"C:\\Comfy UI\" && python main.py --port 8188) <nul >>\"%DAILIES_STATION_LOG%\" 2>&1\"");
        start.Environment["DAILIES_STATION_LOG"].ShouldBe("C:\\runs\\a & b\\station.log");
    }
}
