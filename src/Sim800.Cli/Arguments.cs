using System.CommandLine;
using Sim800.Cli.Options;
using Sim800.Files;
using Sim800.Wording;

namespace Sim800.Cli;

/// <summary>
/// Takes the words of a command line as mosquitto_pub and mosquitto_sub take theirs, before the parser sees them: the word after an option is
/// its value whatever it looks like, of an option that is given twice the last one counts, and defaults come from a file.
/// </summary>
internal sealed class Arguments
{
    private const int LargestFile = 64 * 1024;

    private readonly Command _verb;
    private readonly Dictionary<string, Option> _options = new(StringComparer.Ordinal);
    private readonly List<(Option? Option, string[] Words)> _given = [];

    private Arguments(Command verb)
    {
        _verb = verb;
        foreach (var option in verb.Options)
        {
            foreach (var name in option.Aliases.Prepend(option.Name))
            {
                _options[name] = option;
            }
        }
    }

    /// <returns>The words that the parser is to get.</returns>
    /// <exception cref="UsageException">An option is known and refused, or the file of defaults cannot be read.</exception>
    internal static string[] ForParser(RootCommand root, string[] words, CliHost host)
    {
        if (words.Length == 0 || root.Subcommands.FirstOrDefault(command => command.Name.Equals(words[0], StringComparison.Ordinal)) is not { } verb)
        {
            return words;
        }

        var arguments = new Arguments(verb);
        arguments.Take(words.AsSpan(1));
        if (verb.Options.OfType<DefaultsOption>().FirstOrDefault() is { } defaults && defaults.FileOf(verb, arguments.ValueOf(defaults), host) is { } file)
        {
            arguments._given.Clear();
            arguments.TakeFile(file);
            arguments.Take(words.AsSpan(1)); // behind the defaults, so that it wins
        }

        return [words[0], .. arguments._given.SelectMany(given => given.Words)];
    }

    private string? ValueOf(Option option) => _given.Find(given => ReferenceEquals(given.Option, option)).Words switch
    {
        [var word] when word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at => word[(at + 1)..],
        _ => null,
    };

    private void Take(ReadOnlySpan<string> words)
    {
        while (!words.IsEmpty)
        {
            if (words[0] is "--")
            {
                if (_verb.Arguments.Count == 0)
                {
                    throw new UsageException($"'--' is no option or value of sim800 {_verb.Name}: what stands behind an option is its value, whatever it begins with.");
                }

                _given.Add((null, words.ToArray()));
                return;
            }

            words = words[TakeOne(words)..];
        }
    }

    /// <returns>How many words that were.</returns>
    private int TakeOne(ReadOnlySpan<string> words)
    {
        var (word, joined) = (words[0], words[0].IndexOf('=', StringComparison.Ordinal));
        if (!_options.TryGetValue(word, out var option) && (joined < 0 || !_options.TryGetValue(word[..joined], out option)))
        {
            _given.Add((null, [word]));
            return 1;
        }

        if (option is RefusedOption refused)
        {
            throw new UsageException($"{(joined < 0 ? word : word[..joined])} is refused: {refused.Reason}");
        }

        var takesNext = option.Arity.MinimumNumberOfValues == 1 && words.Length > 1 && _options.ContainsKey(word);
        if (option.Arity.MaximumNumberOfValues <= 1)
        {
            _given.RemoveAll(given => ReferenceEquals(given.Option, option));
        }

        _given.Add((option, takesNext && words[1].Length > 0 ? [$"{word}={words[1]}"] : words[..(takesNext ? 2 : 1)].ToArray()));
        return takesNext ? 2 : 1;
    }

    /// <summary>One option a line, its value behind the first space; a line that begins with <c>#</c> says nothing.</summary>
    private void TakeFile(string path)
    {
        var text = BoundedInput.TryReadText(path, LargestFile)
            ?? throw new UsageException($"{path} is larger than {LargestFile / 1024} KB: it holds one option a line.");
        foreach (var line in text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None).Where(line => line.Trim().Length > 0 && line[0] != '#'))
        {
            var words = line.TrimStart(' ').Split(' ', 2);
            if (!_options.TryGetValue(words[0], out var option) || option is DefaultsOption)
            {
                throw new UsageException($"{path}: '{words[0]}' is no option of sim800 {_verb.Name}.{Spelling.Hint(words[0], _options.Keys)}");
            }

            Take(words);
        }
    }
}

/// <summary>Where <c>pub</c> and <c>sub</c> find their defaults; read before the command line is parsed.</summary>
internal sealed class DefaultsOption : Option<string?>
{
    internal DefaultsOption(string verb)
        : base("-o")
    {
        Description = $"File of defaults, one option a line; otherwise $XDG_CONFIG_HOME/sim800_{verb} or ~/.config/sim800_{verb}, if it is there.";
        HelpName = "FILE";
    }

    /// <param name="verb">The verb.</param>
    /// <param name="named">The file that was named.</param>
    /// <param name="host">Where the usual file is.</param>
    /// <exception cref="UsageException">A file was named and is not there.</exception>
    internal string? FileOf(Command verb, string? named, CliHost host)
    {
        if (named is not null)
        {
            return File.Exists(named) ? named : throw new UsageException($"{Name}: there is no file {named}.");
        }

        var folder = host.Variable("XDG_CONFIG_HOME") is { Length: > 0 } given
            ? given
            : host.Variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".config") : null;
        return folder is not null && Path.Combine(folder, $"sim800_{verb.Name}") is var usual && File.Exists(usual) ? usual : null;
    }
}
