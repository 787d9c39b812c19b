namespace TestKit;

/// <summary>Packages of npm that tests use as peers, where continuous integration installs them.</summary>
public static class NodePackage
{
    /// <summary>The folder whose <c>node_modules</c> has them: no part of the work tree, so that several share it.</summary>
    public static string Installation => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "sim800-mqtt",
        "npm");

    /// <summary>Where <paramref name="package"/> is if it is installed.</summary>
    public static string FolderOf(string package) => Path.Combine(Installation, "node_modules", package);

    /// <summary>Skips the calling test when <paramref name="package"/> is not installed, unless the run demands it.</summary>
    public static void Demand(string package) =>
        Tool.Demand(Directory.Exists(FolderOf(package)), package, $"npm install --prefix {Installation} {package}");
}
