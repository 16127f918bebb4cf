namespace Dailies.Animatic.Drawing;

internal enum Ground { Grass, Sea, Sand, Street, Snow, Room }

internal enum Backdrop { Hills, Mountains, City, Forest, None }

internal enum Weather { Clear, Rain, Snow, Fog }

internal enum Subject { Figure, Couple, Lighthouse, Tower, House, Boat, Door, Tree, Car, Table }

/// <summary>What is to be drawn: the prompt as a storyboard artist would boil it down. Pure.</summary>
internal sealed record Brief(Palette Palette, Ground Ground, Backdrop Backdrop, Weather Weather, IReadOnlyList<Subject> Subjects, CameraMove Camera, bool Night)
{
    private static readonly (string Palette, string[] Words)[] Hours =
    [
        ("neon", ["neon", "cyberpunk", "nightclub", "electric"]),
        ("night", ["night", "midnight", "moonlight", "moonlit", "moon", "dark", "starry", "star", "nocturnal"]),
        ("storm", ["storm", "stormy", "thunder", "tempest", "rain", "rainy", "gale"]),
        ("fog", ["fog", "foggy", "mist", "misty", "haze"]),
        ("dawn", ["dawn", "sunrise", "morning"]),
        ("dusk", ["dusk", "sunset", "twilight", "evening", "golden"]),
        ("winter", ["winter", "snow", "snowy", "ice", "frozen", "cold", "blizzard", "icy"]),
        ("desert", ["desert", "dune", "sand", "arid", "canyon", "savanna"]),
        ("forest", ["forest", "jungle", "wood", "moss", "green", "meadow"]),
        ("lamp", ["candle", "lamp", "lantern", "interior", "room", "kitchen", "cellar", "fireplace"]),
        ("day", ["day", "noon", "sunny", "bright", "summer", "afternoon"]),
    ];

    // Feelings and colours say less about the light than the hour does: asked only where nobody names one.
    private static readonly (string Palette, string[] Words)[] Feelings =
    [
        ("night", ["eerie", "menacing", "haunted", "sinister"]),
        ("storm", ["tense", "ominous", "grim", "dread", "angry", "urgent"]),
        ("fog", ["melancholy", "melancholic", "lonely", "quiet", "somber", "sad", "grey", "gray", "silver"]),
        ("dawn", ["hopeful", "tender", "pastel", "serene", "calm"]),
        ("dusk", ["romantic", "nostalgic", "warm", "amber", "fire", "orange"]),
        ("lamp", ["cosy", "cozy", "intimate"]),
        ("day", ["joyful", "playful", "blue", "happy"]),
    ];

    private static readonly (Ground Ground, string[] Words)[] Grounds =
    [
        (Ground.Room, ["interior", "room", "kitchen", "corridor", "hallway", "office", "indoors", "inside", "cellar", "bedroom", "attic", "stairwell", "bar", "library"]),
        (Ground.Sea, ["sea", "ocean", "wave", "harbour", "harbor", "coast", "shore", "beach", "lake", "pier", "bay", "river", "ship", "sailboat", "boat", "lighthouse", "sail"]),
        (Ground.Street, ["street", "city", "alley", "road", "downtown", "rooftop", "town", "highway", "neon", "skyline"]),
        (Ground.Sand, ["desert", "dune", "sand", "canyon"]),
        (Ground.Snow, ["snow", "winter", "ice", "snowy", "frozen", "blizzard", "glacier"]),
    ];

    private static readonly (Backdrop Backdrop, string[] Words)[] Backdrops =
    [
        (Backdrop.City, ["city", "skyline", "street", "skyscraper", "downtown", "alley", "rooftop", "town", "neon", "building"]),
        (Backdrop.Forest, ["forest", "wood", "jungle", "pine", "tree"]),
        (Backdrop.Mountains, ["mountain", "peak", "cliff", "canyon", "valley", "ridge", "glacier", "rock"]),
        (Backdrop.Hills, ["hill", "field", "meadow", "dune", "desert", "countryside", "plain"]),
    ];

    private static readonly (Weather Weather, string[] Words)[] Weathers =
    [
        (Weather.Rain, ["rain", "rainy", "storm", "stormy", "thunder", "downpour", "tempest", "gale"]),
        (Weather.Snow, ["snowfall", "snowing", "blizzard", "snow", "snowy"]),
        (Weather.Fog, ["fog", "foggy", "mist", "misty", "haze", "smoke"]),
    ];

    private static readonly (Subject Subject, string[] Words)[] Things =
    [
        (Subject.Lighthouse, ["lighthouse", "beacon"]),
        (Subject.Tower, ["tower", "castle", "spire", "church", "monument"]),
        (Subject.Boat, ["boat", "ship", "sailboat", "sail", "vessel", "ferry", "dinghy", "trawler"]),
        (Subject.House, ["house", "cabin", "cottage", "hut", "farm", "barn", "shack"]),
        (Subject.Door, ["door", "doorway", "gate", "entrance", "threshold"]),
        (Subject.Car, ["car", "truck", "taxi", "van", "automobile"]),
        (Subject.Table, ["table", "desk", "letter", "candle", "lamp", "lantern", "book"]),
        (Subject.Tree, ["oak", "willow", "tree", "birch"]),
        (Subject.Couple, ["couple", "two", "they", "people", "crowd", "crew", "brother", "sister", "friend", "lover", "family", "together"]),
        (Subject.Figure,
        [
            "figure", "man", "woman", "girl", "boy", "person", "keeper", "stranger", "she", "he", "sailor", "soldier", "detective", "child", "captain", "hero",
            "traveller", "traveler", "mother", "father", "him", "her", "someone", "wanderer", "pilot", "silhouette", "hand", "face", "astronaut", "robot",
        ]),
    ];

    public static Brief Read(Shot shot, ShotNotes notes, Dice dice)
    {
        var words = Words.Of(shot.Prompt);
        IReadOnlyList<IReadOnlySet<string>> said = [Words.Of(notes.Palette), Words.Of(notes.Mood), words];
        var palette = Named(Hours, said) ?? Named(Feelings, said) ?? dice.Pick(["dawn", "day", "dusk", "fog"]);
        var ground = First(Grounds, words, Ground.Grass);
        var weather = First(Weathers, words, palette == "fog" ? Weather.Fog : Weather.Clear);
        var backdrop = ground == Ground.Room ? Backdrop.None : First(Backdrops, words, ground == Ground.Sea && dice.Next() < 0.5f ? Backdrop.None : Backdrop.Hills);
        var subjects = Things.Where(s => s.Words.Any(words.Contains)).Select(s => s.Subject).Where(s => ground != Ground.Room || FitsIntoRoom(s)).ToList();
        var night = palette is "night" or "neon" || words.Contains("night");
        return new Brief(
            Palette.Named(palette).Turned(dice.Between(-7, 7)), ground, backdrop, weather,
            [.. subjects.Where(s => !IsPartOfAnother(s, subjects)).Take(3)],
            CameraMove.Choose(notes.Camera, shot.Prompt, dice), night);
    }

    // A house has its door, a couple are figures already, and one lamp is enough.
    private static bool IsPartOfAnother(Subject subject, List<Subject> all) => subject switch
    {
        Subject.Door => all.Contains(Subject.House),
        Subject.Figure => all.Contains(Subject.Couple),
        Subject.Tower or Subject.Table => all.Contains(Subject.Lighthouse),
        _ => false,
    };

    private static bool FitsIntoRoom(Subject subject) => subject is Subject.Figure or Subject.Couple or Subject.Door or Subject.Table;

    private static string? Named((string Palette, string[] Words)[] table, IReadOnlyList<IReadOnlySet<string>> said) =>
        said.Select(words => table.FirstOrDefault(m => m.Words.Any(words.Contains)).Palette).FirstOrDefault(p => p is not null);

    private static T First<T>((T Value, string[] Words)[] table, IReadOnlySet<string> words, T otherwise)
    {
        foreach (var (value, these) in table)
        {
            if (these.Any(words.Contains))
            {
                return value;
            }
        }

        return otherwise;
    }
}
