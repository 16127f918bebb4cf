using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Dailies.Contract;

/// <summary>How our own JSON is written: UTF-8 without BOM, times in UTC with <c>Z</c> and milliseconds, enum members by name.</summary>
public static class ContractJson
{
    /// <summary>Metadata, latest-run and ledger events: PascalCase, unknown fields ignored.</summary>
    public static JsonSerializerOptions Pascal { get; } = Options(null, indented: true);

    /// <summary>One ledger event a line: PascalCase, not indented.</summary>
    public static JsonSerializerOptions PascalLine { get; } = Options(null, indented: false);

    /// <summary>story.json, dailies.json and <c>--json</c>: camelCase.</summary>
    public static JsonSerializerOptions Camel { get; } = Options(JsonNamingPolicy.CamelCase, indented: true);

    /// <summary>One <c>--json</c> object a line: camelCase, not indented.</summary>
    public static JsonSerializerOptions CamelLine { get; } = Options(JsonNamingPolicy.CamelCase, indented: false);

    private static JsonSerializerOptions Options(JsonNamingPolicy? naming, bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = naming,
            WriteIndented = indented,
            NewLine = "\n",
            // Letters of every script stay readable; < > & ' stay escaped, so a page can't be broken by a title.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new StampConverter(), new JsonStringEnumConverter(naming) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class StampConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Stamp.TryParse(reader.GetString() ?? "", out var stamp) ? stamp : throw new JsonException("not an ISO 8601 time");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Stamp.Text(value));
    }
}

/// <summary>The one form in which a point in time leaves the program: <c>2026-11-23T22:15:07.042Z</c>.</summary>
public static class Stamp
{
    /// <summary>UTC with <c>Z</c> and milliseconds.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads any ISO 8601 time; one without an offset counts as UTC.</summary>
    public static bool TryParse(string text, out DateTimeOffset stamp) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out stamp);

    /// <summary>Now, cut to whole milliseconds, so that what is written reads back as the same value.</summary>
    public static DateTimeOffset Of(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
