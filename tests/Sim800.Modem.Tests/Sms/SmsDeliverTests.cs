using Sim800.Modem.Alphabets;
using Sim800.Modem.Sms;

namespace Sim800.Modem.Tests.Sms;

public sealed class SmsDeliverTests
{
    private const string Golden = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";

    [Fact]
    public void A_message_has_a_sender_a_time_and_a_text()
    {
        var segment = SmsDeliver.Read(Golden);

        Assert.Equal("27838890001", segment.Sender);
        Assert.Equal(new DateTimeOffset(2099, 3, 29, 15, 16, 59, TimeSpan.FromHours(2)), segment.SentAt);
        Assert.Equal("hellohello", segment.Text);
        Assert.True(segment.Data.IsEmpty);
        Assert.Null(segment.Part);
    }

    [Fact]
    public void An_international_number_gets_its_plus() =>
        Assert.Equal("+46708251358", Read(sender: "0B916407281553F8").Sender);

    [Fact]
    public void A_sender_can_be_a_name() => Assert.Equal("Design@Home", Read(sender: "14D0C4F23C7D760390EF7619").Sender);

    [Theory]
    [InlineData("BeeLine", 13, "BeeLine")]
    [InlineData("BeeLine", 14, "BeeLine")] // whole octets have room for an eighth septet, which is zero
    [InlineData("INFO", 7, "INFO")]
    [InlineData("INFO", 8, "INFO")]
    [InlineData("INFO", 20, "INFO")] // zeros up to the end of the field
    [InlineData("INFO\r\r\r\r", 14, "INFO")]
    [InlineData("INFO   ", 13, "INFO")]
    [InlineData("BeeLine\r", 14, "BeeLine")]
    [InlineData("INFO@", 9, "INFO@")]
    [InlineData("a@b", 6, "a@b")]
    [InlineData("@@@@", 7, "")]
    public void A_name_ends_where_its_letters_end(string name, int semiOctets, string expected)
    {
        var octets = new byte[(semiOctets + 1) / 2];
        SeptetPacking.Pack(GsmAlphabet.Encode(name), 0).CopyTo(octets, 0);
        Assert.Equal(expected, Read(sender: $"{semiOctets:X2}D0{Convert.ToHexString(octets)}").Sender);
    }

    [Theory]
    [InlineData("06FEFF00410042", "AB")]
    [InlineData("06FFFE41004200", "AB")] // the other way round
    [InlineData("06FFFE1F044004", "Пр")]
    [InlineData("02FEFF", "")]
    [InlineData("060041FEFF0042", "A\uFEFFB")] // not at the beginning
    public void A_byte_order_mark_is_no_text(string userData, string text) =>
        Assert.Equal(text, Read(scheme: "08", userData: userData).Text);

    [Fact]
    public void A_message_of_the_reserved_type_is_a_delivery() => Assert.Equal("hellohello", Read(first: "07").Text);

    [Fact]
    public void Digits_beyond_nine_are_signs() => Assert.Equal("*100#", Read(sender: "05811A00FB").Sender);

    [Theory]
    [InlineData("62112290305480", "2026-11-22T09:03:45+02:00")]
    [InlineData("62112290305408", "2026-11-22T09:03:45+00:00")] // minus zero
    [InlineData("6211229030542A", "2026-11-22T09:03:45-05:30")]
    [InlineData("62112290305465", "2026-11-22T09:03:45+14:00")]
    public void The_zone_is_in_quarters_of_an_hour_with_a_sign(string time, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Read(time: time).SentAt);

    [Theory]
    [InlineData("00000000000000")] // month 0
    [InlineData("62312290305480")] // month 13
    [InlineData("62102390305480")] // 32 January
    [InlineData("62209290305480")] // 29 February 2026
    [InlineData("62112242305480")] // hour 24
    [InlineData("62112290065480")] // minute 60
    [InlineData("62112290300680")] // second 60
    [InlineData("6211229030548F")] // not decimal
    [InlineData("62112290305475")] // 57 quarters
    [InlineData("FFFFFFFFFFFFFF")]
    public void A_time_that_is_none_does_not_cost_the_message(string time)
    {
        var segment = Read(time: time);

        Assert.Null(segment.SentAt);
        Assert.Equal("hellohello", segment.Text);
    }

    [Theory]
    [InlineData("00", "hellohello")]
    [InlineData("10", "hellohello")] // class 0
    [InlineData("F0", "hellohello")]
    [InlineData("C8", "hellohello")] // message waiting, discard
    [InlineData("D0", "hellohello")]
    [InlineData("40", "hellohello")] // to be deleted automatically
    [InlineData("0C", "hellohello")] // reserved
    [InlineData("80", "hellohello")] // reserved
    public void These_schemes_are_the_GSM_alphabet(string scheme, string text) => Assert.Equal(text, Read(scheme: scheme).Text);

    [Theory]
    [InlineData("08")]
    [InlineData("18")]
    [InlineData("E0")]
    [InlineData("48")]
    public void These_schemes_are_UCS2(string scheme) =>
        Assert.Equal("Да", Read(scheme: scheme, userData: "0404140430").Text);

    [Theory]
    [InlineData("04")]
    [InlineData("F4")]
    [InlineData("20")] // compressed
    public void These_schemes_are_data(string scheme)
    {
        var segment = Read(scheme: scheme, userData: "03001AFF");

        Assert.Equal([0x00, 0x1A, 0xFF], segment.Data.ToArray());
        Assert.Empty(segment.Text);
    }

    [Theory]
    [InlineData("080500037A03024F00", "08", 0x7A, 3, 2, "\u4F00")]
    [InlineData("09060804123403010041", "08", 0x100 + 0x1234, 3, 1, "A")]
    [InlineData("0E0B0504158115820003070402414243", "04", 7, 4, 2, "")] // behind port numbers
    public void A_header_tells_the_part(string userData, string scheme, int reference, int total, int number, string text)
    {
        var segment = Read(first: "44", scheme: scheme, userData: userData);

        Assert.Equal(new SmsConcatenation(reference, total, number), segment.Part);
        Assert.Equal(text, segment.Text);
    }

    [Theory]
    [InlineData("060500037A00010041")] // of none
    [InlineData("080500037A03000041")] // number 0
    [InlineData("080500037A03040041")] // 4 of 3
    [InlineData("0804000203030041")] // an element of the wrong length
    [InlineData("0802700141000041")] // another element only
    [InlineData("03000041")] // an empty header
    [InlineData("0402AA090041")] // an element longer than the header
    public void A_header_that_makes_no_sense_leaves_a_whole_message(string userData)
    {
        var octets = Convert.FromHexString(userData);
        octets[0] = (byte)(octets.Length - 1);

        Assert.Null(Read(first: "44", scheme: "08", userData: Convert.ToHexString(octets)).Part);
    }

    [Fact]
    public void In_the_GSM_alphabet_the_text_starts_at_the_next_septet_behind_the_header()
    {
        var part = SmsSubmit.Split("1", new string('x', 150) + "ABCDEFGH", 9)[0];
        Assert.Equal(new string('x', 150) + "ABCDEFGH", Deliver.TextOf(part));

        var parts = SmsSubmit.Split("1", string.Concat(Enumerable.Range(0, 80).Select(i => $"{i:D2}, ")), 9);
        Assert.Equal(new SmsConcatenation(9, 3, 3), SmsDeliver.Read(Deliver.From(parts[2])).Part);
        Assert.Equal(string.Concat(Enumerable.Range(0, 80).Select(i => $"{i:D2}, ")), string.Concat(parts.Select(Deliver.TextOf)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0791")]
    [InlineData("+CMGR: 1")]
    [InlineData("07917283010010F5050BC87238880900F10000993092516195800AE8329BFD4697D9EC37")] // a SUBMIT
    [InlineData("07917283010010F5060BC87238880900F10000993092516195800AE8329BFD4697D9EC37")] // a STATUS-REPORT
    [InlineData("07917283010010F5041BC87238880900F10000993092516195800AE8329BFD4697D9EC37")] // an address of 27 digits
    public void What_is_no_received_message_is_refused(string hex) =>
        Assert.Equal(SmsReason.MalformedPdu, Assert.Throws<SmsException>(() => SmsDeliver.Read(hex)).Reason);

    [Fact]
    public void A_text_longer_than_a_message_can_be_is_refused() =>
        Assert.Throws<SmsException>(() => Read(scheme: "04", userData: "8D" + new string('0', 2 * 141)));

    [Fact]
    public void A_header_longer_than_the_text_is_refused()
    {
        Assert.Throws<SmsException>(() => Read(first: "44", scheme: "08", userData: "0205000304"));
        Assert.Throws<SmsException>(() => Read(first: "44", scheme: "08", userData: "00"));
        Assert.Throws<SmsException>(() => SmsDeliver.Read("00" + new string('A', 600)));
    }

    [Fact]
    public void Every_prefix_of_a_message_is_refused()
    {
        for (var length = 0; length < Golden.Length; length++)
        {
            Assert.Throws<SmsException>(() => SmsDeliver.Read(Golden[..length]));
        }
    }

    private static SmsSegment Read(
        string first = "04",
        string sender = "0BC87238880900F1",
        string scheme = "00",
        string time = "62112290305480",
        string userData = "0AE8329BFD4697D9EC37") =>
        SmsDeliver.Read("07917283010010F5" + first + sender + "00" + scheme + time + userData);
}
