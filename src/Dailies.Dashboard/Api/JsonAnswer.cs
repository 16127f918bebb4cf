using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dailies.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dailies.Dashboard.Api;

/// <summary>JSON with an ETag of its bytes: whoever has them already gets 304 and no body.</summary>
internal sealed class JsonAnswer(ReadOnlyMemory<byte> json) : IResult
{
    private const int TagBytes = 16;

    /// <summary>In camelCase, as <c>--json</c> prints it.</summary>
    public static JsonAnswer Camel<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, ContractJson.CamelLine));

    /// <summary>Bytes that are JSON already.</summary>
    public static JsonAnswer Of(ReadOnlyMemory<byte> json) => new(json);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json.Span).AsSpan(0, TagBytes))}\"");
        response.GetTypedHeaders().ETag = tag;
        // Kept by the browser, asked for anew each time.
        response.Headers.CacheControl = "private, no-cache";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known == EntityTagHeaderValue.Any || known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = $"{MediaTypeNames.Application.Json}; charset={Encoding.UTF8.WebName}";
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}
