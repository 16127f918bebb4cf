namespace Dailies.Dashboard.Access;

/// <summary>Where to go after the token was shown: a path of ours, whatever was asked for.</summary>
internal static class LocalPath
{
    private const string Home = "/";

    /// <summary><paramref name="path"/>, or <c>/</c> where a browser could read it as another site's address.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.All(c => c is > ' ' and < '\u007f' and not '\\') ? path : Home;
}
