using Sim800.Modem.Sms;

namespace Sim800.Modem.Tests.Sms;

public sealed class SmsListingTests
{
    [Fact]
    public void A_list_is_a_header_and_a_PDU_for_each_message() =>
        Assert.Equal(
            [new SmsListing(1, "07AA"), new SmsListing(12, "07BB")],
            SmsListing.ReadAll(["+CMGL: 1,1,,24", "07AA", "+CMGL:12,0,\"\",30", "07BB"]));

    [Fact]
    public void Lines_in_between_and_headers_without_a_PDU_are_passed_over() =>
        Assert.Equal(
            [new SmsListing(2, "07BB")],
            SmsListing.ReadAll(["07AA", "+CMGL: 1,1,,24", "+CMGL: 2,1,,24", "garbage!", "07BB", "07CC", "+CMGL: x", "07DD"]));

    [Fact]
    public void One_message_is_read_by_its_place()
    {
        Assert.Equal(new SmsListing(7, "07AA"), SmsListing.ReadOne(7, ["+CMGR: 0,,24", "07AA"]));
        Assert.Null(SmsListing.ReadOne(7, []));
        Assert.Null(SmsListing.ReadOne(7, ["+CMGR: 0,,0"]));
        Assert.Null(SmsListing.ReadOne(7, ["07AA"]));
    }

    [Fact]
    public void A_stored_message_is_announced_by_its_place()
    {
        Assert.True(SmsText.TryReadStored("+CMTI: \"SM\",3", out var index));
        Assert.Equal(3, index);
        Assert.True(SmsText.TryReadStored("+CMTI:\"ME\", 14", out index));
        Assert.Equal(14, index);
        Assert.False(SmsText.TryReadStored("+CMTI: \"SM\"", out _));
        Assert.False(SmsText.TryReadStored("+CMTI: \"SM\",-1", out _));
        Assert.False(SmsText.TryReadStored("+CMT: \"SM\",1", out _));
    }

    [Fact]
    public void A_message_passed_on_directly_has_a_second_line()
    {
        Assert.True(SmsText.TryReadDirect("+CMT: ,24\r\n07AA", out var pdu));
        Assert.Equal("07AA", pdu);
        Assert.False(SmsText.TryReadDirect("+CMT: ,24", out _));
        Assert.False(SmsText.TryReadDirect("+CMT: \"+49170\",\"\",\"26/11/22,09:03:45+04\"\r\nhello", out _));
        Assert.False(SmsText.TryReadDirect("+CBM: 24\r\n07AA", out _));
    }

    [Fact]
    public void A_sent_message_has_a_reference()
    {
        Assert.True(SmsText.TryReadReference("+CMGS: 255", out var reference));
        Assert.Equal(255, reference);
        Assert.False(SmsText.TryReadReference("+CMGS: 256", out _));
        Assert.False(SmsText.TryReadReference("+CMGS:", out _));
    }
}
