using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Dailies.Comfy;

/// <summary>The HTTP client of one station.</summary>
internal static class StationHttp
{
    /// <summary>A client whose small GETs are tried again on a broken connection or 5xx. POST never is, and /view has its own rules in the collector.</summary>
    public static HttpClient Create(StationAddress address, TimeProvider clock)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // headers with credentials must not follow a redirect
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            UseCookies = false,
            UseProxy = !address.Root.IsLoopback,
        };
        var http = new HttpClient(new ResilienceHandler(Pipeline(clock)) { InnerHandler = sockets })
        {
            BaseAddress = address.Root,
            Timeout = Timeout.InfiniteTimeSpan, // each call has its own patience, by the clock
            MaxResponseContentBufferSize = 512L * 1024 * 1024,
        };
        foreach (var (name, value) in address.Headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return http;
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(150),
                ShouldHandle = arguments => ValueTask.FromResult(
                    IsSmallGet(arguments.Context) && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
            })
            .Build();

    private static bool IsSmallGet(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Method == HttpMethod.Get
        && !request.RequestUri!.AbsolutePath.EndsWith('/' + ComfyWire.View, StringComparison.Ordinal);
}
