namespace Dailies.Animatic;

/// <summary>What a ComfyUI of some version can do, as far as Animatic plays it (contract §9). The recordings are of 0.8.0; older versions differ in this only.</summary>
internal sealed class ServerVersion(string text)
{
    private readonly Version _number = new(text.TrimStart('v'));

    public string Text => text;

    /// <summary>The client's own <c>prompt_id</c> is honoured, <c>progress_state</c> is sent, GET /features answers; before, none of it.</summary>
    public bool IsAsync => _number >= new Version(0, 3, 45);

    /// <summary>POST /interrupt with an id stops only that prompt; before, whatever is running.</summary>
    public bool InterruptsById => _number >= new Version(0, 3, 57);

    /// <summary>GET /history takes an offset; before, it is ignored.</summary>
    public bool HasOffset => _number >= new Version(0, 3, 60);

    /// <summary>Prompts carry their <c>create_time</c>.</summary>
    public bool StampsPrompts => _number >= new Version(0, 3, 69);

    /// <summary>GET /api/jobs answers.</summary>
    public bool HasJobs => _number >= new Version(0, 6, 0);
}
