using System.Net.Sockets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests;

public sealed class MqttLinkExceptionTests
{
    [Fact]
    public void Who_has_closed_the_connection_is_told_from_what_ended_it()
    {
        var ends = new (MqttLinkFailure Failure, Exception? Inner, ConnectionEndCause Cause)[]
        {
            (MqttLinkFailure.ClosedByPeer, null, ConnectionEndCause.Server),
            (MqttLinkFailure.ClosedBeforeConnAck, null, ConnectionEndCause.Server),
            (MqttLinkFailure.KeepAliveExpired, null, ConnectionEndCause.Other),
            (MqttLinkFailure.KeepAliveExpired, new SocketException((int)SocketError.ConnectionReset), ConnectionEndCause.Other),
            (MqttLinkFailure.TransportFailed, null, ConnectionEndCause.Other),
            (MqttLinkFailure.TransportFailed, new SocketException((int)SocketError.ConnectionReset), ConnectionEndCause.Server),
            (MqttLinkFailure.TransportFailed, new SocketException((int)SocketError.Shutdown), ConnectionEndCause.Server),
            (MqttLinkFailure.TransportFailed, new SocketException((int)SocketError.NetworkUnreachable), ConnectionEndCause.Other),
            (MqttLinkFailure.TransportFailed, new IOException("", new SocketException((int)SocketError.ConnectionReset)), ConnectionEndCause.Server),
            (MqttLinkFailure.TransportFailed, new IOException("", new SocketException((int)SocketError.TimedOut)), ConnectionEndCause.Other),
            (MqttLinkFailure.TransportFailed, new IOException(""), ConnectionEndCause.Other),
        };
        Assert.All(ends, end => Assert.Equal(end.Cause, new MqttLinkException(end.Failure, "", default, end.Inner).Cause));
    }
}
