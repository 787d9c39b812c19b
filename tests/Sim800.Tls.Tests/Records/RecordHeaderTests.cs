using System.Buffers;
using Sim800.Tls.Records;

namespace Sim800.Tls.Tests.Records;

public sealed class RecordHeaderTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("17", false)]
    [InlineData("170303FF", false)]
    [InlineData("1703030002", false)]
    [InlineData("170303000201", false)]
    [InlineData("17030300020102", true)]
    [InlineData("1703030002010217", true)]
    [InlineData("1703030000", true)]
    public void A_record_is_there_once_all_of_it_is(string hex, bool isThere) =>
        Assert.Equal(isThere, RecordHeader.TryRead(Bytes(hex), RecordStage.Open, out _));

    [Theory]
    [InlineData("1403030001", (int)ContentType.ChangeCipherSpec, 1)]
    [InlineData("1703034800", (int)ContentType.ApplicationData, 18_432)]
    public void It_tells_type_and_length(string hex, int type, int length)
    {
        RecordHeader.TryRead(Bytes(hex), RecordStage.Open, out var header);
        Assert.Equal(((ContentType)type, length, null), (header.Type, header.Length, header.OldVersion));
    }

    [Fact]
    public void A_record_longer_than_any_is_refused_by_its_header()
    {
        var failure = Assert.Throws<TlsProtocolException>(() => RecordHeader.TryRead(Bytes("1703034801"), RecordStage.Open, out _));
        Assert.Equal(TlsViolation.RecordTooLong, failure.Violation);
    }

    [Theory]
    [InlineData("1603000000", "SSL 3.0")]
    [InlineData("1603010000", "TLS 1.0")]
    [InlineData("1603020000", "TLS 1.1")]
    [InlineData("1603030000", null)]
    [InlineData("1603040000", null)]
    public void Until_the_versions_are_agreed_an_old_one_is_taken_and_named(string hex, string? version)
    {
        RecordStage[] early = [.. Enum.GetValues<RecordStage>().Where(stage => stage != RecordStage.Open)];
        Assert.NotEmpty(early);
        foreach (var stage in early)
        {
            Assert.True(RecordHeader.TryRead(Bytes(hex), stage, out var header));
            Assert.Equal(version, header.OldVersion);
        }
    }

    [Theory]
    [InlineData("13")]
    [InlineData("18")]
    [InlineData("1602")]
    [InlineData("160305")]
    public void What_cannot_be_TLS_is_refused_at_its_first_wrong_byte_and_told_from_a_damaged_line(string hex)
    {
        foreach (var stage in Enum.GetValues<RecordStage>())
        {
            var failure = Assert.Throws<TlsProtocolException>(() => RecordHeader.TryRead(Bytes(hex), stage, out _));
            Assert.Equal(stage == RecordStage.First ? TlsViolation.NotTls : TlsViolation.Malformed, failure.Violation);
        }
    }

    [Theory]
    [InlineData("170302")]
    [InlineData("170304")]
    public void An_open_connection_has_one_version(string hex) =>
        Assert.Throws<TlsProtocolException>(() => RecordHeader.TryRead(Bytes(hex), RecordStage.Open, out _));

    private static ReadOnlySequence<byte> Bytes(string hex) => new(Convert.FromHexString(hex));
}
