using Microsoft.Extensions.Logging;

namespace Sim800.Modem;

/// <summary>Every log message of the modem layer. Ids 1000 to 1999; the highest used is 1021, and 1050 to 1051 for what users read.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Debug, "Sending {Command}")]
    internal static partial void Sending(ILogger logger, object command);

    [LoggerMessage(1001, LogLevel.Debug, "Unsolicited {Kind}: {Text} ({Length} bytes)")]
    internal static partial void Unsolicited(ILogger logger, object kind, string text, int length);

    [LoggerMessage(1002, LogLevel.Warning, "A line of more than {Limit} bytes was thrown away")]
    internal static partial void OverlongLine(ILogger logger, int limit);

    [LoggerMessage(1003, LogLevel.Warning, "Back in step with the modem after '{Command}' was not answered, at attempt {Attempt}")]
    internal static partial void Resynchronised(ILogger logger, string command, int attempt);

    [LoggerMessage(1004, LogLevel.Information, "{Stage}: {Kind} {Detail}")]
    internal static partial void Progress(ILogger logger, Sim800Stage stage, Sim800ProgressKind kind, string detail);

    [LoggerMessage(1005, LogLevel.Information, "Connection {Link} to {Host}:{Port} is open")]
    internal static partial void Connected(ILogger logger, int link, string host, int port);

    [LoggerMessage(1006, LogLevel.Information, "Connection {Link} has ended: {Reason}")]
    internal static partial void Disconnected(ILogger logger, int link, string reason);

    [LoggerMessage(1007, LogLevel.Warning, "The modem has restarted: {Sign}")]
    internal static partial void Restarted(ILogger logger, string sign);

    [LoggerMessage(1008, LogLevel.Warning, "The network has taken the PDP context away")]
    internal static partial void ContextDeactivated(ILogger logger);

    [LoggerMessage(1009, LogLevel.Warning, "Supply voltage: {Text}")]
    internal static partial void Voltage(ILogger logger, string text);

    [LoggerMessage(1010, LogLevel.Warning, "Recovery by {Rung}, for the {Count}. time")]
    internal static partial void Recovering(ILogger logger, object rung, int count);

    [LoggerMessage(1014, LogLevel.Information, "{Happened} {WhatFollows}")]
    internal static partial void Pausing(ILogger logger, string happened, string whatFollows);

    [LoggerMessage(1011, LogLevel.Error, "The serial line is dead")]
    internal static partial void LineFault(ILogger logger, Exception reason);

    [LoggerMessage(1012, LogLevel.Information, "The modem was found at {Found} baud and set to {Wanted}")]
    internal static partial void BaudRateFixed(ILogger logger, int found, int wanted);

    [LoggerMessage(1013, LogLevel.Debug, "Connection {Link} is closed with something left: {Reason}")]
    internal static partial void ClosingUnacknowledged(ILogger logger, int link, string reason);

    [LoggerMessage(1015, LogLevel.Information, "The answer to '{Command}' was lost: it is sent once more")]
    internal static partial void Repeating(ILogger logger, object command);

    [LoggerMessage(1016, LogLevel.Information, "No restart, the modem knows its settings: {Sign}")]
    internal static partial void NoRestart(ILogger logger, string sign);

    [LoggerMessage(1017, LogLevel.Information, "The modem is a {Model}, of the family {Family}")]
    internal static partial void Identified(ILogger logger, string model, object family);

    [LoggerMessage(1019, LogLevel.Warning, "The modem does not say its model and is taken for a SIM800; the option Family takes it for another")]
    internal static partial void Unidentified(ILogger logger);

    [LoggerMessage(1018, LogLevel.Information, "The modem is taken for switched off: {Reason}")]
    internal static partial void OffWithoutAnswer(ILogger logger, string reason);

    [LoggerMessage(1050, LogLevel.Warning, "The short message at {Index} cannot be read: {Reason}")]
    internal static partial void MessageUnreadable(ILogger logger, int index, string reason);

    [LoggerMessage(1051, LogLevel.Debug, "The bearer was not closed: {Reason}")]
    internal static partial void BearerNotClosed(ILogger logger, string reason);

    [LoggerMessage(1020, LogLevel.Warning, "'{Path}' is damaged and counts as absent: the modem is asked, and the file written anew")]
    internal static partial void StateDamaged(ILogger logger, string path);

    [LoggerMessage(1021, LogLevel.Warning, "'{Path}' cannot be used: what it would tell is asked at every start")]
    internal static partial void StateUnusable(ILogger logger, string path, Exception reason);
}
