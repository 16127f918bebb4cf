namespace Dailies.Validation;

/// <summary>What a JSON value may be.</summary>
internal enum FieldKind
{
    Text,
    Flag,
    Integer,
    Number,
    Time,
    Object,
    List,
    Map,
    Any,
}

/// <summary>One field of a JSON object as the contract has it.</summary>
internal sealed record Field(string Name, FieldKind Kind)
{
    /// <summary>Null is a value.</summary>
    public bool Nullable { get; init; }

    public double Least { get; init; } = double.NegativeInfinity;

    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>The closed set, or null.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Of an object.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>Of a list, or of a map's values.</summary>
    public Field? Item { get; init; }

    /// <summary>Judged by the telemetry's own rules.</summary>
    public bool IsTelemetry { get; init; }

    public static Field Text(string name, params string[] oneOf) => new(name, FieldKind.Text) { OneOf = oneOf.Length == 0 ? null : oneOf };

    public static Field Flag(string name) => new(name, FieldKind.Flag);

    public static Field Time(string name) => new(name, FieldKind.Time);

    public static Field Any(string name) => new(name, FieldKind.Any);

    /// <summary>An int, 0 or more.</summary>
    public static Field Count(string name, double most = int.MaxValue) => new(name, FieldKind.Integer) { Least = 0, Most = most };

    public static Field Integer(string name, double least, double most) => new(name, FieldKind.Integer) { Least = least, Most = most };

    /// <summary>A number, 0 or more unless said otherwise.</summary>
    public static Field Number(string name, double least = 0, double most = double.PositiveInfinity) => new(name, FieldKind.Number) { Least = least, Most = most };

    public static Field Object(string name, params Field[] fields) => new(name, FieldKind.Object) { Fields = fields };

    public static Field List(string name, Field item) => new(name, FieldKind.List) { Item = item };

    public static Field Map(string name, Field value) => new(name, FieldKind.Map) { Item = value };

    public static Field OrNull(Field field) => field with { Nullable = true };
}
