namespace Architecture.Tests;

/// <summary>The checkout that the tests run from.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>Every C# file under <c>src</c> that a person wrote.</summary>
    internal static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(Relative(file)))
            .Order(StringComparer.Ordinal);

    internal static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static bool IsBuildOutput(string relative) =>
        relative.Contains("/obj/", StringComparison.Ordinal) || relative.Contains("/bin/", StringComparison.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sim800Mqtt.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout: no Sim800Mqtt.sln above them.");
    }
}
