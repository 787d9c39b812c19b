using System.CommandLine;

namespace Sim800.Cli.Verbs;

/// <summary>What <c>pub</c> is to publish, spelled as in mosquitto_pub.</summary>
internal sealed class PubOptions
{
    private readonly Option<string?> _topic = new("--topic", "-t") { Description = "Topic to publish to.", HelpName = "TOPIC" };

    private readonly Option<string[]> _message = new("--message", "-m")
    {
        Description = "The payload.",
        HelpName = "TEXT",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _file = new("--file", "-f")
    {
        Description = "A file is the payload.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _lines = new("--stdin-line", "-l") { Description = "Each line of standard input is a payload." };

    private readonly Option<bool> _whole = new("--stdin-file", "-s") { Description = "All of standard input is one payload." };

    private readonly Option<bool> _empty = new("--null-message", "-n") { Description = "An empty payload; with -r it clears." };

    private readonly Option<int> _qos = new("--qos", "-q") { Description = "QoS 0, 1 or 2.", HelpName = "QOS" };

    private readonly Option<bool> _retain = new("--retain", "-r") { Description = "The broker keeps the message for later subscribers." };

    private readonly Option<int?> _repeat = new("--repeat") { Description = "Publish so many times.", HelpName = "COUNT" };

    private readonly Option<double?> _repeatDelay = new("--repeat-delay")
    {
        Description = "Seconds between two of them.",
        HelpName = "SECONDS",
    };

    internal PubOptions() => _qos.CompletionSources.Add("0", "1", "2");

    internal void AddTo(Command command)
    {
        Option[] all = [_topic, _message, _file, _lines, _whole, _empty, _qos, _retain, _repeat, _repeatDelay];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">There is no topic, or not exactly one payload.</exception>
    internal PubRequest Read(ParseResult result, string? topicOfUrl, bool allowsControlCharacters = false)
    {
        var qos = result.GetValue(_qos);
        var repeat = result.GetValue(_repeat) ?? 1;
        var delay = result.GetValue(_repeatDelay) ?? 0;
        if (qos is < 0 or > 2)
        {
            throw new UsageException("-q takes 0, 1 or 2.");
        }

        if (repeat < 1 || delay is not (>= 0 and < 86_400))
        {
            throw new UsageException("--repeat takes 1 or more, --repeat-delay 0 to 86399 seconds.");
        }

        return new PubRequest
        {
            Topic = Topics.Name(result.GetValue(_topic) is null ? "-L" : "-t", result.GetValue(_topic) ?? topicOfUrl, allowsControlCharacters),
            Source = Source(result),
            Message = result.GetValue(_message)?.LastOrDefault(),
            File = result.GetValue(_file)?.LastOrDefault(),
            QoS = qos,
            Retain = result.GetValue(_retain),
            Repeat = repeat,
            RepeatDelay = TimeSpan.FromSeconds(delay),
        };
    }

    private PubSource Source(ParseResult result)
    {
        (bool IsGiven, PubSource Source)[] all =
        [
            .. (result.GetValue(_message) ?? []).Select(_ => (true, PubSource.Message)),
            .. (result.GetValue(_file) ?? []).Select(_ => (true, PubSource.File)),
            (result.GetValue(_lines), PubSource.Lines),
            (result.GetValue(_whole), PubSource.Whole),
            (result.GetValue(_empty), PubSource.Empty),
        ];
        var given = all.Where(entry => entry.IsGiven).ToArray();
        return given is [var only] ? only.Source : throw new UsageException("Give one payload: -m TEXT, -f FILE, -l, -s or -n.");
    }
}
