using System.Buffers;
using Sim800.Tls.Records;

namespace Sim800.Tls.Tests.Records;

public sealed class AlertRecordTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Level_and_description_are_read(byte level, bool isWarning)
    {
        var alert = AlertRecord.Read([level, 40]);
        Assert.Equal((isWarning, TlsAlert.HandshakeFailure), (alert.IsWarning, alert.Description));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 1, 0, 1 })]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 3, 0 })]
    public void What_is_not_one_whole_alert_is_refused(byte[] content) =>
        Assert.Equal(TlsViolation.Malformed, Assert.Throws<TlsProtocolException>(() => AlertRecord.Read(content)).Violation);

    [Fact]
    public void Before_the_first_key_it_travels_in_the_clear()
    {
        var output = new ArrayBufferWriter<byte>();
        new AlertRecord(AlertLevel.Fatal, TlsAlert.HandshakeFailure).Write(output);
        Assert.Equal("15030300020228", Convert.ToHexString(output.WrittenSpan));
    }
}
