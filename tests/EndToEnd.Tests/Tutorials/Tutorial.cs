using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Tutorials;

/// <summary>The blocks of a page under docs/tutorials that are to be run, in their order: <c>sh</c>, <c>sh server</c>, <c>sh other</c>, and the <c>text</c> that they print.</summary>
internal static partial class Tutorial
{
    internal static IReadOnlyList<(string Kind, string Text)> Read(string name) =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "tutorials", name)))
            .Select(match => (match.Groups["kind"].Value, match.Groups["text"].Value)),
    ];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sim800Mqtt.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout: no Sim800Mqtt.sln above them.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^```(?<kind>sh|sh server|sh other|text|text other)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();
}
