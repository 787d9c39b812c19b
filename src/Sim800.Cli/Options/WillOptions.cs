using System.CommandLine;

namespace Sim800.Cli.Options;

/// <summary>The will: what the broker publishes when the connection is lost.</summary>
internal sealed class WillOptions
{
    private readonly Option<string?> _topic = new("--will-topic") { Description = "Topic of the will.", HelpName = "TOPIC" };

    private readonly Option<string?> _payload = new("--will-payload") { Description = "Payload of the will.", HelpName = "TEXT" };

    private readonly Option<int> _qos = new("--will-qos") { Description = "QoS of the will, 0, 1 or 2.", HelpName = "QOS" };

    private readonly Option<bool> _retain = new("--will-retain") { Description = "The broker keeps the will for later subscribers." };

    internal void AddTo(Command command)
    {
        command.Add(_topic);
        command.Add(_payload);
        command.Add(_qos);
        command.Add(_retain);
    }

    internal WillSettings? Read(ParseResult result)
    {
        var qos = result.GetValue(_qos);
        if (qos is < 0 or > 2)
        {
            throw new UsageException("--will-qos takes 0, 1 or 2.");
        }

        if (result.GetValue(_topic) is { } topic)
        {
            return topic.Length > 0 && !topic.AsSpan().ContainsAny('+', '#')
                ? new WillSettings(topic, result.GetValue(_payload) ?? string.Empty, qos, result.GetValue(_retain))
                : throw new UsageException($"--will-topic '{topic}' is no topic: it has at least one character, and + and # are for subscriptions.");
        }

        return result.GetValue(_payload) is null && !result.GetValue(_retain) ? null : throw new UsageException("A will needs --will-topic.");
    }
}
