using Microsoft.Extensions.Logging;
using Sim800.Simulator.Broker;

namespace Sim800.Simulator;

/// <summary>What the simulator logs: the modem from 4000 on (highest used 4003), the loopback broker from 4900 on (4904).</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Debug, "AT{Line}")]
    internal static partial void Command(this ILogger logger, string line);

    [LoggerMessage(4001, LogLevel.Information, "Connecting to {Host}:{Port}")]
    internal static partial void Connecting(this ILogger logger, string host, int port);

    [LoggerMessage(4002, LogLevel.Warning, "The network could not be asked for a name")]
    internal static partial void NameServerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4003, LogLevel.Warning, "The serial device could not come back")]
    internal static partial void DeviceStaysAway(this ILogger logger, Exception exception);

    [LoggerMessage(4900, LogLevel.Debug, "Broker: connection {Number} accepted")]
    internal static partial void BrokerAccepted(this ILogger logger, long number);

    [LoggerMessage(4901, LogLevel.Information, "Broker: connection {Number} refused in the TLS handshake")]
    internal static partial void BrokerRefusedTls(this ILogger logger, long number, Exception reason);

    [LoggerMessage(4902, LogLevel.Information, "Broker: connection {Number} of client '{ClientId}' ended: {End}")]
    internal static partial void BrokerConnectionEnded(this ILogger logger, long number, string? clientId, ConnectionEnd end, Exception? reason);

    [LoggerMessage(4903, LogLevel.Warning, "Broker: accepting a connection failed")]
    internal static partial void BrokerAcceptFailed(this ILogger logger, Exception reason);

    [LoggerMessage(4904, LogLevel.Debug, "Broker: connection {Number} was cut before it could be closed")]
    internal static partial void BrokerCloseFailed(this ILogger logger, long number, Exception reason);
}
