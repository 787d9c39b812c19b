using System.Text;
using System.Text.RegularExpressions;
using TestKit;

namespace Sim800.Cli.Tests;

/// <summary>Every command line of the tool in the pages is one that it understands.</summary>
public sealed partial class PagesTests
{
    /// <summary>Page and command line; in a page those that an error's description shows as refused are no blocks of code.</summary>
    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            var pages = Directory.EnumerateFiles(Checkout.PathOf("docs"), "*.md", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Checkout.PathOf("src"), "README.md", SearchOption.AllDirectories))
                .Append(Checkout.PathOf("README.md"));
            foreach (var page in pages.Order(StringComparer.Ordinal))
            {
                foreach (Match block in Block().Matches(File.ReadAllText(page)))
                {
                    var lines = block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
                    foreach (var line in lines.Where(static line => Command().IsMatch(line)))
                    {
                        commands.Add(Path.GetRelativePath(Checkout.Root, page), line.Trim());
                    }
                }
            }

            return commands;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_is_understood(string page, string command)
    {
        Assert.NotEmpty(page);
        var words = Words(Command().Match(command).Groups["words"].Value).ToArray();
        Assert.Null(Application.Complaint(words, new TestHost().Host));
    }

    /// <summary>As a shell reads them, up to what joins this command to another one.</summary>
    private static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        for (var index = 0; index < line.Length; index++)
        {
            var sign = line[index];
            if (quote != '\0')
            {
                quote = sign == quote ? '\0' : quote;
                word.Append(quote == '\0' ? "" : sign.ToString());
            }
            else if (sign is '\'' or '"')
            {
                (quote, isWord) = (sign, true);
            }
            else if (sign is '|' or '>' or '<' or '&' or ';' || (sign == '#' && !isWord))
            {
                break;
            }
            else if (sign == ' ')
            {
                if (isWord)
                {
                    yield return word.ToString();
                }

                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(sign == '\\' && index + 1 < line.Length ? line[++index] : sign);
                isWord = true;
            }
        }

        Assert.Equal('\0', quote);
        if (isWord)
        {
            yield return word.ToString();
        }
    }

    [GeneratedRegex("^```(sh[a-z ]*|)\n(?<text>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    /// <summary>At the beginning of a line, behind a prompt, in a pipe.</summary>
    [GeneratedRegex(@"^(\$ )?([^'""#]*\| *|(printf|echo) [^|]*\| *|sudo )?sim800 (?<words>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Command();
}
