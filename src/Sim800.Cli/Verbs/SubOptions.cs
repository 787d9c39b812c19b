using System.CommandLine;
using Sim800.Cli.Options;
using Sim800.Cli.Rendering;

namespace Sim800.Cli.Verbs;

/// <summary>What <c>sub</c> is to wait for and how to print it, spelled as in mosquitto_sub.</summary>
internal sealed class SubOptions
{
    private const int LongestWait = 31_536_000; // a year

    private readonly Option<string[]> _topics = new("--topic", "-t")
    {
        Description = "Topic filter, with + and #; may be given several times.",
        HelpName = "FILTER",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int> _qos = new("--qos", "-q") { Description = "QoS 0, 1 or 2.", HelpName = "QOS" };

    private readonly Option<int?> _count = new("-C") { Description = "End after so many messages.", HelpName = "COUNT" };

    private readonly Option<double?> _wait = new("-W")
    {
        Description = "End after so many seconds, with exit code 27.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Print the topic before the payload." };

    private readonly Option<string?> _format = new("-F")
    {
        Description = "Print by a format: %t topic, %p payload, %x hex, %l length, %q QoS, %r retained, %I time, %U Unix time, %j JSON.",
        HelpName = "FORMAT",
    };

    private readonly Option<bool> _noNewLine = new("-N") { Description = "No new line after a message." };

    private readonly Option<bool> _noRetained = new("-R") { Description = "Leave out retained messages." };

    internal void AddTo(Command command)
    {
        Option[] all = [_topics, _qos, _count, _wait, _verbose, _format, _noNewLine, _noRetained];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">There is no topic, or a value cannot be meant.</exception>
    internal SubRequest Read(ParseResult result, string? topicOfUrl)
    {
        var given = result.GetValue(_topics) ?? [];
        var filters = topicOfUrl is null ? given : [topicOfUrl, .. given];
        var qos = result.GetValue(_qos);
        if (qos is < 0 or > 2)
        {
            throw new UsageException("-q takes 0, 1 or 2.");
        }

        if (result.GetValue(_count) is < 1)
        {
            throw new UsageException("-C takes 1 or more.");
        }

        return new SubRequest
        {
            Filters = filters.Length > 0 ? filters : throw new UsageException("No topic is given: give -t FILTER."),
            QoS = qos,
            Count = result.GetValue(_count),
            Wait = result.Seconds(_wait, most: LongestWait),
            Format = Format(result),
            SkipsRetained = result.GetValue(_noRetained),
        };
    }

    private MessageFormat Format(ParseResult result)
    {
        var format = result.GetValue(_format) ?? (result.GetValue(_verbose) ? "%t %p" : "%p");
        return MessageFormat.Parse(result.GetValue(_noNewLine) ? format : format + "\\n");
    }
}
