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
    public void Lines_in_between_are_passed_over_and_places_without_a_PDU_are_not() =>
        Assert.Equal(
            [new SmsListing(1, ""), new SmsListing(2, "07BB")],
            SmsListing.ReadAll(["07AA", "+CMGL: 1,1,,24", "+CMGL: 2,1,,24", "garbage!", "07BB", "07CC", "+CMGL: x", "07DD"]));

    [Fact]
    public void One_message_is_read_by_its_place()
    {
        Assert.Equal(new SmsListing(7, "07AA"), SmsListing.ReadOne(new SmsPlace(null, 7), ["+CMGR: 0,,24", "07AA"]));
        Assert.Null(SmsListing.ReadOne(new SmsPlace(null, 7), []));
        Assert.Null(SmsListing.ReadOne(new SmsPlace(null, 7), ["+CMGR: 0,,0"]));
        Assert.Null(SmsListing.ReadOne(new SmsPlace(null, 7), ["07AA"]));
    }

    [Fact]
    public void A_stored_message_is_announced_by_its_place()
    {
        const string Stored = "+CMTI:";
        Assert.True(SmsText.TryReadStored("+CMTI: \"SM\",3", Stored, out var place));
        Assert.Equal(new SmsPlace("SM", 3), place);
        Assert.True(SmsText.TryReadStored("+CMTI:\"ME\", 14", Stored, out place));
        Assert.Equal(new SmsPlace("ME", 14), place);
        Assert.True(SmsText.TryReadStored("+CMTI: \"0053004D\",3", Stored, out place)); // after AT+CSCS="UCS2"
        Assert.Equal(new SmsPlace("SM", 3), place);
        Assert.True(SmsText.TryReadStored("+CMTI: \"S\u00ff\",3", Stored, out place)); // no name to put into a command
        Assert.Equal(new SmsPlace(null, 3), place);
        Assert.False(SmsText.TryReadStored("+CMTI: \"SM\"", Stored, out _));
        Assert.False(SmsText.TryReadStored("+CMTI: \"SM\",-1", Stored, out _));
        Assert.False(SmsText.TryReadStored("+CMT: \"SM\",1", Stored, out _));
    }

    [Theory]
    [InlineData("+CPMS: \"SM\",1,10,\"SM\",1,10,\"ME\",1,50", "SM", "ME")]
    [InlineData("+CPMS: \"ME_P\",1,50,\"ME\",1,50,\"MT\",1,60", "ME_P", "MT")]
    [InlineData("+CPMS: \"SM\",1,10", "SM", null)]
    [InlineData("+CPMS: 1,10,1,10,1,10", null, null)]
    [InlineData("+CPMS:", null, null)]
    public void The_memories_are_the_first_and_the_third(string line, string? reading, string? receiving) =>
        Assert.Equal(new SmsMemories.Selection(reading, receiving), SmsMemories.Read(line));

    [Fact]
    public void A_message_passed_on_directly_has_a_second_line()
    {
        Assert.True(SmsText.TryReadDirect("+CMT: ,24\r\n07AA", "+CMT:", out var pdu));
        Assert.Equal("07AA", pdu);
        Assert.False(SmsText.TryReadDirect("+CMT: ,24", "+CMT:", out _));
        Assert.False(SmsText.TryReadDirect("+CMT: \"+49170\",\"\",\"26/11/22,09:03:45+04\"\r\nhello", "+CMT:", out _));
        Assert.False(SmsText.TryReadDirect("+CBM: 24\r\n07AA", "+CMT:", out _));
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
