using Dailies.Comfy;
using Dailies.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Telemetry;

/// <summary>nvidia-smi as a program: found on the path, asked, bounded. A fake one stands in for it.</summary>
public class NvidiaSmiTests
{
    private static readonly StationDevice Rtx = new("cuda:0 NVIDIA GeForce RTX 4090 : native", "cuda", 0, null, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_asked_for_exactly_what_is_read()
    {
        using var fake = FakeSmi.Prints(FakeSmi.Card);

        (await Of(fake).AskAsync(Rtx, Cancel)).ShouldBe(new SmiCard(0, "GPU-6f1e2d3c-0000-1111-2222-333344445555", "NVIDIA GeForce RTX 4090", 24564L << 20, 10240L << 20));
        fake.Asked.ShouldBe(["--query-gpu=index,uuid,name,memory.total,memory.free,memory.used --format=csv,noheader,nounits"]);
    }

    [Theory]
    [InlineData("exit 9")]
    [InlineData("echo '0, GPU-6f1e2d3c-0000-1111-2222-333344445555, NVIDIA GeForce RTX 4090, 1, 1, 0'; exit 15")]
    [InlineData("echo \"Failed to initialize NVML: Driver/library version mismatch\" >&2; exit 18")]
    [InlineData("echo No devices were found")]
    [InlineData("echo 'Aucun périphérique, trouvé, sur, cette, machine, ici'")]
    [InlineData("head -c 300000 /dev/urandom")]
    [InlineData("kill -9 $$")]
    [InlineData(":")]
    public async Task Whatever_else_it_does_is_no_figure_and_no_fault(string script)
    {
        using var fake = new FakeSmi(script);

        (await Of(fake).AskAsync(Rtx, Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData("exec sleep 600")]
    [InlineData("while :; do echo and so on; done")]
    public async Task One_that_hangs_is_ended_in_five_seconds_and_not_asked_again(string script)
    {
        using var fake = new FakeSmi(script);
        var clock = new FakeTimeProvider();
        var smi = new NvidiaSmi(fake.Folder, () => null, clock);

        var asking = smi.AskAsync(Rtx, Cancel);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        asking.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));

        (await asking).ShouldBeNull();
        var again = smi.AskAsync(Rtx, Cancel);
        again.IsCompleted.ShouldBeTrue();
        (await again).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_is_stopped_does_not_wait_for_it()
    {
        using var fake = new FakeSmi("exec sleep 600");
        using var stop = new CancellationTokenSource();

        var asking = Of(fake).AskAsync(Rtx, stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Where_it_is_not_installed_or_can_t_be_run_there_is_no_figure()
    {
        using var folder = new TempFolder();
        folder.Write("nvidia-smi", "no program");

        foreach (var path in new[] { null, "", Path.Combine(folder.Path, "nowhere"), folder.Path, "." })
        {
            (await new NvidiaSmi(path, () => null, TimeProvider.System).AskAsync(Rtx, Cancel)).ShouldBeNull(path);
        }
    }

    [Theory]
    [InlineData("cuda", true)]
    [InlineData("cpu", false)]
    [InlineData("mps", false)]
    [InlineData("xpu", false)]
    [InlineData("privateuseone", false)]
    [InlineData("unknown", false)]
    public async Task It_is_not_asked_about_what_is_no_card_of_its(string type, bool asked)
    {
        using var fake = FakeSmi.Prints(FakeSmi.Card);

        (await Of(fake).AskAsync(Rtx with { Type = type }, Cancel) is not null).ShouldBe(asked);
        fake.Asked.Length.ShouldBe(asked ? 1 : 0);
    }

    [Fact]
    public async Task A_card_s_UUID_beats_its_name()
    {
        using var fake = FakeSmi.Prints(FakeSmi.Card, FakeSmi.Card.Replace("0, GPU-6f1e", "1, GPU-7777", StringComparison.Ordinal));

        (await Of(fake).AskAsync(Rtx, Cancel)).ShouldBeNull("two of one name");
        (await Of(fake, "GPU-7777").AskAsync(Rtx, Cancel))!.Index.ShouldBe(1);
    }

    [Theory]
    [InlineData("CUDA_VISIBLE_DEVICES=GPU-6f1e2d3c python main.py", null, "GPU-6f1e2d3c")]
    [InlineData("cd comfy && CUDA_VISIBLE_DEVICES='GPU-6f1e,GPU-7777' python main.py", null, "GPU-6f1e")]
    [InlineData("export CUDA_VISIBLE_DEVICES=\"GPU-6f1e\"; python main.py", "GPU-7777", "GPU-6f1e")]
    [InlineData("python main.py", "GPU-7777,GPU-6f1e", "GPU-7777")]
    [InlineData("python main.py", null, null)]
    [InlineData("python main.py", "1", null)]
    [InlineData("CUDA_VISIBLE_DEVICES=0 python main.py", "GPU-7777", null)]
    [InlineData("CUDA_VISIBLE_DEVICES= python main.py", "GPU-7777", null)]
    [InlineData("CUDA_VISIBLE_DEVICES=$CARD python main.py", "GPU-7777", null)]
    [InlineData("CUDA_VISIBLE_DEVICES=MIG-6f1e2d3c python main.py", null, null)]
    [InlineData("NOT_CUDA_VISIBLE_DEVICES=GPU-6f1e python main.py", null, null)]
    public void A_command_or_what_it_inherits_ties_a_station_to_a_card(string command, string? inherited, string? uuid) => NvidiaSmi.TiedTo(command, inherited).ShouldBe(uuid);

    private static NvidiaSmi Of(FakeSmi fake, string? uuid = null) => new(fake.Folder, () => uuid, TimeProvider.System);
}
