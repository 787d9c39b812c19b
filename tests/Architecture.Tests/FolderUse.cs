using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>
/// Which folder of a project uses which: a file uses a folder when a word of its code is the name of a type that is declared there. Words
/// in comments and strings do not count; a member with the name of a type does, which errs on the strict side.
/// </summary>
internal static partial class FolderUse
{
    /// <summary>The pairs of folders that use each other, each with a word that shows it. The project's own folder counts as one.</summary>
    /// <param name="project">Path of the project in the repository, with a slash at its end.</param>
    internal static IReadOnlyList<string> MutualPairs(string project)
    {
        var files = Repository.SourceFiles()
            .Where(file => Repository.Relative(file).StartsWith(project, StringComparison.Ordinal))
            .Select(file => (Folder: Folder(Repository.Relative(file)[project.Length..]), Code: CommentOrString().Replace(File.ReadAllText(file), "")))
            .ToList();
        var homes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (folder, code) in files)
        {
            foreach (Match type in Declaration().Matches(code))
            {
                homes[type.Groups["name"].Value] = folder;
            }
        }

        var uses = new Dictionary<(string From, string To), string>();
        foreach (var (folder, code) in files)
        {
            foreach (Match word in Word().Matches(code))
            {
                if (homes.TryGetValue(word.Value, out var home) && home != folder)
                {
                    uses.TryAdd((folder, home), word.Value);
                }
            }
        }

        return
        [
            .. uses.Where(use => string.CompareOrdinal(use.Key.From, use.Key.To) < 0 && uses.ContainsKey((use.Key.To, use.Key.From)))
                .Select(use => $"{use.Key.From} uses {use.Value} of {use.Key.To}, which uses {uses[(use.Key.To, use.Key.From)]}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Folder(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : ".";

    [GeneratedRegex("//.*|\"(\\\\.|[^\"\\\\\\n])*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommentOrString();

    [GeneratedRegex(
        @"^(public|internal)[^\n;{(=]*?\b(class|struct|interface|enum|record|delegate \w+(<[^>]*>)?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+\b", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
