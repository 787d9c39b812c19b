using System.CommandLine;
using Sim800.Cli.Options;
using Sim800.Cli.Rendering;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>What <c>sub</c> is to wait for and how to print it, spelled as in mosquitto_sub.</summary>
internal sealed class SubOptions
{
    private const int LongestWait = 31_536_000; // a year

    private readonly Option<string[]> _topics = Several("--topic", "-t", "Topic filter, with + and #; may be given several times.");

    private readonly Option<string[]> _unwanted = Several("--filter-out", "-T", "Topics that are not printed; may be given several times.");

    private readonly Option<string[]> _forgotten = Several("--unsubscribe", "-U", "Filter that the broker is to forget, of a session that it keeps; may be given several times.");

    private readonly Option<string[]> _standsFor = Several(
        "--stands-for", null, "Topics that the broker sends for -t, where its first level is a word of the broker that is not known; may be given several times.");

    private readonly Option<int> _qos = new("--qos", "-q") { Description = "QoS 0, 1 or 2.", HelpName = "QOS" };

    private readonly Option<int?> _count = new("-C") { Description = "End after so many messages.", HelpName = "COUNT" };

    private readonly Option<double?> _wait = new("-W")
    {
        Description = "End after so many seconds, with exit code 27.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _granted = new("-E") { Description = "End when the broker has granted the subscription." };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Print the topic before the payload." };

    private readonly Option<string?> _format = new("-F")
    {
        Description = "Print by a format: %t topic, %p payload, %x hex, %l length, %q QoS, %r retained, %m packet id, %I time, %U Unix time, "
            + "%j and %J JSON, @H and other letters of strftime, \\n and other escapes; widths as in %-20t.",
        HelpName = "FORMAT",
    };

    private readonly Option<bool> _noNewLine = new("-N") { Description = "No new line after a message." };

    private readonly Option<bool> _pretty = new("--pretty") { Description = "JSON of -F over several lines." };

    private readonly Option<double?> _chance = new("--random-filter")
    {
        Description = "Print so many of a hundred messages, 0.1 to 100, by chance.",
        HelpName = "PERCENT",
    };

    private readonly Option<bool> _noRetained = new("-R") { Description = "Leave out retained messages." };

    private readonly Option<bool> _retainedOnly = new("--retained-only") { Description = "End with the first message that was not retained." };

    private readonly Option<bool> _clearsRetained = new("--remove-retained")
    {
        Description = "The broker forgets the retained messages that come and are not left out with -T.",
    };

    private readonly Option<bool> _asPublished = new("--retain-as-published") { Description = "No effect, as in mosquitto with MQTT 3.1.1." };

    private readonly Option<bool> _catchAll = new("--catch-all") { Description = "Print also messages that fit no -t, which brokers of their own mind send." };

    internal SubOptions() => _qos.CompletionSources.Add("0", "1", "2");

    internal void AddTo(Command command)
    {
        Option[] all =
        [
            _topics, _qos, _count, _wait, _granted, _verbose, _format, _noNewLine, _pretty, _chance, _noRetained, _retainedOnly, _clearsRetained,
            _asPublished, _unwanted, _forgotten, _catchAll, _standsFor,
        ];
        Array.ForEach(all, command.Add);
    }

    /// <exception cref="UsageException">There is no topic, or a value cannot be meant.</exception>
    internal SubRequest Read(ParseResult result, string? topicOfUrl, bool allowsControlCharacters = false)
    {
        var given = Filters(result, _topics, allowsControlCharacters);
        var filters = topicOfUrl is null ? given : [Topics.Filter("-L", topicOfUrl, allowsControlCharacters), .. given];
        Check(result);
        return new SubRequest
        {
            Filters = filters.Length > 0 ? filters : throw new UsageException("No topic is given: give -t FILTER."),
            QoS = result.GetValue(_qos),
            Count = result.GetValue(_count),
            Wait = result.Seconds(_wait, most: LongestWait),
            Format = Format(result),
            Unwanted = [.. Filters(result, _unwanted, allowsControlCharacters: true).Select(filter => new MqttTopicFilter(filter))],
            Forgotten = Filters(result, _forgotten, allowsControlCharacters),
            SkipsRetained = result.GetValue(_noRetained),
            IsRetainedOnly = result.GetValue(_retainedOnly),
            ClearsRetained = result.GetValue(_clearsRetained),
            EndsWithGrant = result.GetValue(_granted),
            PrintedPerMille = (int)(10 * (result.GetValue(_chance) ?? 100)),
            TakesUnmatched = result.GetValue(_catchAll),
            StandsFor = Filters(result, _standsFor, allowsControlCharacters: true),
        };
    }

    private static Option<string[]> Several(string name, string? alias, string description) => new(name, alias is null ? [] : [alias])
    {
        Description = description,
        HelpName = "FILTER",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static string[] Filters(ParseResult result, Option<string[]> option, bool allowsControlCharacters) =>
        Array.ConvertAll(result.GetValue(option) ?? [], filter => Topics.Filter(option.Aliases.FirstOrDefault() ?? option.Name, filter, allowsControlCharacters));

    private void Check(ParseResult result)
    {
        if (result.GetValue(_qos) is < 0 or > 2)
        {
            throw new UsageException("-q takes 0, 1 or 2.");
        }

        if (result.GetValue(_count) is < 1)
        {
            throw new UsageException("-C takes 1 or more.");
        }

        if (result.GetValue(_chance) is { } chance && chance is not (>= 0.1 and <= 100))
        {
            throw new UsageException("--random-filter takes 0.1 to 100 percent.");
        }

        if (result.GetValue(_noRetained) && result.GetValue(_retainedOnly))
        {
            throw new UsageException("-R and --retained-only exclude each other.");
        }
    }

    private MessageFormat Format(ParseResult result)
    {
        var endsLine = !result.GetValue(_noNewLine);
        return result.GetValue(_format) is { } format
            ? MessageFormat.Parse(format, result.GetValue(_pretty), endsLine)
            : MessageFormat.Plain(result.GetValue(_verbose), endsLine);
    }
}

/// <summary>Topics and filters are looked at before the connection, which costs money, is opened for nothing.</summary>
internal static class Topics
{
    /// <exception cref="UsageException">It is no topic filter.</exception>
    internal static string Filter(string option, string filter, bool allowsControlCharacters)
    {
        if (!new MqttTopicFilter(filter).IsValid)
        {
            throw new UsageException(
                $"{option} '{filter}' is no topic filter: it has at least one character, + and # stand alone in their level, and # in the last one.");
        }

        return Checked(option, filter, allowsControlCharacters);
    }

    /// <exception cref="UsageException">It is no topic.</exception>
    internal static string Name(string option, string? topic, bool allowsControlCharacters) => topic switch
    {
        null => throw new UsageException("No topic is given: give -t TOPIC."),
        "" => throw new UsageException($"{option} takes a topic of at least one character."),
        _ when topic.AsSpan().ContainsAny('+', '#') => throw new UsageException($"{option} '{topic}' is no topic: + and # are for subscriptions."),
        _ when !new MqttTopicFilter(topic).IsValid => throw new UsageException($"{option} takes at most 65535 bytes of text."),
        _ => Checked(option, topic, allowsControlCharacters),
    };

    private static string Checked(string option, string text, bool allowsControlCharacters) => allowsControlCharacters || !text.Any(char.IsControl)
        ? text
        : throw new UsageException($"{option} '{text}' has a control character in it, on which brokers hang up; --control-characters sends it all the same.");
}
