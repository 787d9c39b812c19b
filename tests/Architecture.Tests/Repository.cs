namespace Architecture.Tests;

/// <summary>What stands in the checkout.</summary>
internal static class Repository
{
    /// <summary>Every C# file under <c>src</c> that a person wrote.</summary>
    internal static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Checkout.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(Relative(file)))
            .Order(StringComparer.Ordinal);

    internal static string Relative(string file) => Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/');

    private static bool IsBuildOutput(string relative) =>
        relative.Contains("/obj/", StringComparison.Ordinal) || relative.Contains("/bin/", StringComparison.Ordinal);
}
