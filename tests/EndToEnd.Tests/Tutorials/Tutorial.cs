using System.Text.RegularExpressions;
using TestKit;

namespace EndToEnd.Tests.Tutorials;

/// <summary>The blocks of a page under docs/tutorials that are to be run, in their order: <c>sh</c>, <c>sh server</c>, <c>sh other</c>, and the <c>text</c> that they print.</summary>
internal static partial class Tutorial
{
    internal static IReadOnlyList<(string Kind, string Text)> Read(string name) =>
    [
        .. Block().Matches(File.ReadAllText(Checkout.PathOf("docs", "tutorials", name)))
            .Select(match => (match.Groups["kind"].Value, match.Groups["text"].Value)),
    ];

    [GeneratedRegex(@"^```(?<kind>sh|sh server|sh other|text|text other)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();
}
