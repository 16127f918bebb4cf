using System.Net;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Answers each request by a function, and keeps what was asked.</summary>
internal sealed class CannedHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    public string? LastBody { get; private set; }

    /// <summary>A client on canned answers.</summary>
    public static ComfyClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer) => new CannedHandler(answer).Client();

    /// <summary>A client whose every answer is the same.</summary>
    public static ComfyClient Client(int status, byte[] body) => Client(_ => Reply(status, body));

    public static HttpResponseMessage Reply(int status, byte[] body) => new((HttpStatusCode)status) { Content = new ByteArrayContent(body) };

    public ComfyClient Client()
    {
        var address = StationAddress.Parse("http://station.test:8188", new Dictionary<string, string>(), out _)!;
        return new ComfyClient(new HttpClient(this) { BaseAddress = address.Root }, address, TimeProvider.System);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LastBody = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Asked)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        }

        return answer(request);
    }
}
