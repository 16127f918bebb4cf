using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Dailies.Notices;

/// <summary>Posts a notice, once. What is said of a failure never holds the address.</summary>
internal static class NoticePost
{
    /// <summary>How long the other side has to answer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Why it did not arrive; null when it did.</summary>
    public static async Task<string?> SendAsync(NoticeTarget target, RunNotice notice, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var http = Client(target);
        try
        {
            using var request = Request(target, notice);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)answer.StatusCode switch
            {
                >= 200 and < 300 => null,
                >= 300 and < 400 and var code => $"it answered {code}, and redirects are not followed",
                var code => $"it answered {code}",
            };
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "its name can't be resolved",
                HttpRequestError.ConnectionError => "it can't be reached",
                HttpRequestError.SecureConnectionError => "its certificate, or TLS with it, failed",
                var error => $"the request failed ({error})",
            };
        }
        catch (OperationCanceledException)
        {
            return cancel.IsCancellationRequested ? "the operator would not wait" : $"no answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s";
        }
    }

    private static HttpClient Client(NoticeTarget target) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // what opens this address must not go to another
        UseCookies = false,
        UseProxy = !target.Url.IsLoopback,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // by the clock
    };

    private static HttpRequestMessage Request(NoticeTarget target, RunNotice notice)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url);
        request.Headers.Authorization = target.Authorization;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("dailies", null));
        if (!target.IsNtfy)
        {
            request.Content = new ByteArrayContent(notice.ToJson()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
            return request;
        }

        request.Content = new StringContent(notice.Summary, Encoding.UTF8, "text/plain");
        request.Headers.Add("Title", notice.Title);
        request.Headers.Add("Priority", notice.Priority.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Tags", notice.Tag);
        return request;
    }
}
