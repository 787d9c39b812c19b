using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Gateway;

/// <summary>What the gateway writes to its log.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Information, "Reading {Run}/{Number} taken")]
    internal static partial void Taken(ILogger log, long run, long number);

    [LoggerMessage(2, LogLevel.Information, "Reading {Number} confirmed")]
    internal static partial void Confirmed(ILogger log, long number);

    [LoggerMessage(3, LogLevel.Error, "Reading {Number} is lost")]
    internal static partial void Lost(ILogger log, long number, Exception reason);

    [LoggerMessage(4, LogLevel.Debug, "Reading {Number} stays in the store")]
    internal static partial void LeftInStore(ILogger log, long number, Exception reason);

    [LoggerMessage(5, LogLevel.Information, "Command {Command}")]
    internal static partial void Obeying(ILogger log, string command);

    [LoggerMessage(6, LogLevel.Warning, "The answer to {Command} is not confirmed")]
    internal static partial void Unanswered(ILogger log, string command, Exception reason);

    [LoggerMessage(7, LogLevel.Information, "{Status}: {Text}")]
    internal static partial void Health(ILogger log, HealthStatus status, string text);

    [LoggerMessage(8, LogLevel.Information, "The broker has {Topic} {Payload}")]
    internal static partial void AtTheBroker(ILogger log, string topic, string payload);

    [LoggerMessage(9, LogLevel.Information, "Demonstration on {Device}: the modem restarts after {Seconds} s, commands come from an operator; Ctrl-C ends it")]
    internal static partial void Demonstrating(ILogger log, string device, int seconds);

    [LoggerMessage(10, LogLevel.Information, "Commands are taken from {Prefix}...")]
    internal static partial void Listening(ILogger log, string prefix);
}
