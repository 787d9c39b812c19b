using Sim800.Cli.Timeline;

namespace Sim800.Cli.Tests.Timeline;

/// <summary>What is read of TLS and MQTT, however the bytes are cut.</summary>
public sealed class LayerReaderTests
{
    private static readonly byte[] Handshake = Convert.FromHexString("1603010003010203" + "140303000101" + "1603030004DEADBEEF" + "17030300050102030405" + "15030300020100");

    private static readonly byte[] Session = Convert.FromHexString(
        "100F00044D51545404C2003C0003" + "616263" // CONNECT
        + "3205" + "0001" + "61" + "0007" // PUBLISH of QoS 1, id 7, topic a
        + "3006" + "0003" + "746F70" + "21" // PUBLISH of QoS 0
        + "40020007" + "C000" + "E000");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Records_are_named_by_their_headers(int size)
    {
        var records = new TlsRecords();
        string[] expected =
            ["ClientHello, 3 bytes", "ChangeCipherSpec, 1 bytes", "handshake, encrypted, 4 bytes", "application data, 5 bytes", "alert, encrypted, 2 bytes"];
        Assert.Equal(expected, Handshake.Chunk(size).SelectMany(part => records.Read(part)).Select(record => record.Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Packets_are_named_without_their_topics(int size)
    {
        var packets = new MqttPackets();
        string[] expected =
            ["CONNECT, 17 bytes", "PUBLISH of QoS 1, id 7, 7 bytes", "PUBLISH of QoS 0, 8 bytes", "PUBACK, id 7, 4 bytes", "PINGREQ, 2 bytes", "DISCONNECT, 2 bytes"];
        Assert.Equal(expected, Session.Chunk(size).SelectMany(part => packets.Read(part)).Select(packet => packet.ToString()));
    }
}
