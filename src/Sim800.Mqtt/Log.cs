using Microsoft.Extensions.Logging;
using Sim800.Modem;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt;

/// <summary>What the assembly logs: ids 3000 to 3049 the client and its session, 3050 to 3099 the composition (highest used: 3061).</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "MQTT connected; the session is {Resumption}")]
    internal static partial void Connected(ILogger logger, MqttSessionResumption resumption);

    [LoggerMessage(3001, LogLevel.Information, "MQTT connection ended: {Reason}")]
    internal static partial void ConnectionEnded(ILogger logger, string reason);

    [LoggerMessage(3002, LogLevel.Warning, "Session states of server and client do not meet: {Resumption}")]
    internal static partial void SessionMismatch(ILogger logger, MqttSessionResumption resumption);

    [LoggerMessage(3003, LogLevel.Warning, "The server refuses the subscription to {Filter}")]
    internal static partial void SubscriptionRefused(ILogger logger, string filter);

    [LoggerMessage(3004, LogLevel.Debug, "{PacketType} for a packet identifier that is not open, the {Count}. of its kind")]
    internal static partial void UnknownAcknowledgement(ILogger logger, PacketType packetType, long count);

    [LoggerMessage(3005, LogLevel.Warning, "Message {Sequence} was dropped from the full session store")]
    internal static partial void MessageDropped(ILogger logger, long sequence);

    [LoggerMessage(3006, LogLevel.Error, "The handler of subscription {Filter} failed")]
    internal static partial void HandlerFailed(ILogger logger, string filter, Exception exception);

    [LoggerMessage(3008, LogLevel.Warning, "{Count} messages of the stored session were given up: no subscription asked for them")]
    internal static partial void UnclaimedGivenUp(ILogger logger, int count);

    [LoggerMessage(3007, LogLevel.Debug, "Closing the transport failed")]
    internal static partial void CloseFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        3009,
        LogLevel.Warning,
        "{Count} received messages wait for the application's acknowledgement, and none was acknowledged for {Seconds} s: the server "
        + "may send no more of QoS 1 and 2 before that or a new connection")]
    internal static partial void HeldBack(ILogger logger, int count, double seconds);

    [LoggerMessage(
        3010,
        LogLevel.Warning,
        "A message of {QoS} on {Topic} fits no subscription; where the filter has a word of the server in front, MqttSubscribeOptions.Topics "
        + "says which topics it stands for. Others of this connection are counted only")]
    internal static partial void Unmatched(ILogger logger, string topic, MqttQoS qoS);

    [LoggerMessage(
        3011,
        LogLevel.Warning,
        "The server has forgotten messages in the middle of their exchange, as after a restore of an older state; they are forgotten here too")]
    internal static partial void ForgottenByServer(ILogger logger);

    [LoggerMessage(
        3012,
        LogLevel.Warning,
        "The session store could not forget a delivered message, which may be delivered once more after a restart: {Reason}")]
    internal static partial void ForgetFailed(ILogger logger, string reason);

    [LoggerMessage(3013, LogLevel.Warning, "The server claims a stored session although a clean one was asked for; it is taken for clean")]
    internal static partial void SessionNotClean(ILogger logger);

    [LoggerMessage(3014, LogLevel.Warning, "A message of {Length} bytes with the invalid topic \"{Topic}\" was passed over")]
    internal static partial void PassedOver(ILogger logger, string topic, long length);

    [LoggerMessage(3015, LogLevel.Error, "{Happened}")]
    internal static partial void PoisonMessage(ILogger logger, string happened);

    [LoggerMessage(3060, LogLevel.Warning, "The data budget of {Bytes} bytes a day is used up until {Until:u}: {Policy}")]
    internal static partial void BudgetSpent(ILogger logger, long bytes, DateTimeOffset until, Sim800DataBudgetPolicy policy);

    [LoggerMessage(3061, LogLevel.Debug, "Signal and supply could not be read: {Reason}")]
    internal static partial void MeasuringFailed(ILogger logger, string reason);

    [LoggerMessage(3050, LogLevel.Debug, "{Stage} {Kind} after {Milliseconds} ms {Detail}")]
    internal static partial void Stage(
        ILogger logger, Sim800Stage stage, Sim800ProgressKind kind, double milliseconds, string detail);

    [LoggerMessage(3051, LogLevel.Warning, "Not connected, stage {Stage}, failure {Failures} in a row: {Reason} {WhatFollows}")]
    internal static partial void Reconnecting(ILogger logger, Sim800Stage stage, int failures, string reason, string whatFollows);

    [LoggerMessage(3052, LogLevel.Debug, "Not connected as before, stage {Stage}, failure {Failures} in a row: {Reason} {WhatFollows}")]
    internal static partial void ReconnectingAsBefore(ILogger logger, Sim800Stage stage, int failures, string reason, string whatFollows);

    [LoggerMessage(3053, LogLevel.Warning, "The session of client {ClientId} is left on the server until it expires there: {Reason}")]
    internal static partial void SessionLeft(ILogger logger, string clientId, string reason);
}
