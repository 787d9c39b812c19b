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

        return result.GetValue(_topic) is { } topic
            ? new WillSettings(topic, result.GetValue(_payload) ?? string.Empty, qos, result.GetValue(_retain))
            : result.GetValue(_payload) is null ? null : throw new UsageException("A will needs --will-topic.");
    }
}
