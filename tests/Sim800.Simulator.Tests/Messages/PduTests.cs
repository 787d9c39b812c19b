using Sim800.Simulator.Messages;

namespace Sim800.Simulator.Tests.Messages;

/// <summary>PDUs printed in public descriptions of 23.040, not made by this code.</summary>
public sealed class PduTests
{
    private const string HelloHello = "E8329BFD4697D9EC37";

    [Theory]
    [InlineData("+27838890001", "hellohello", "99/03/29,15:16:59+08", "040B917238880900F1000099309251619580" + "0A" + HelloHello)]
    [InlineData("+46708251358", "Hello", "21/09/18,13:57:12+12", "040B916407281553F80000" + "12908131752121" + "05C8329BFD06")]
    [InlineData("diafaan", "diafaan.com", "11/01/11,13:25:41+00", "040DD0E474D81C0EBB01" + "0000" + "11101131521400" + "0BE474D81C0EBB5DE3771B")]
    [InlineData("12345", "€", "26/11/22,08:00:00-32", "0405812143F5" + "0000" + "621122800000" + "2B" + "029B32")]
    public void A_received_message_is_the_DELIVER_of_the_books(string sender, string text, string time, string tpdu)
    {
        var pdu = DeliverPdu.Of(sender, text, time);
        Assert.EndsWith("F0" + tpdu, pdu.Hex, StringComparison.Ordinal);
        Assert.Equal(tpdu, Convert.ToHexString(pdu.Octets));
        Assert.Equal((sender, text, time), (pdu.Address, pdu.Text, pdu.Time));
    }

    [Theory]
    [InlineData("0011000B916407281553F80000AA0A" + HelloHello, 23, "+46708251358", "hellohello")]
    [InlineData("0001000B916407281553F800000A" + HelloHello, 22, "+46708251358", "hellohello")]
    [InlineData("0791535880770101" + "11000C915358508282420000A7" + "1154747A0E4ACF41F4F29C9E769F4121", 29, "+358505282824", "This is testing !")]
    [InlineData("0791448720006260" + "11000C9144770009103200" + "1100" + "2154747A0E4ACF416190BD2CCF83E6E9369C5D06B5CBF379F85C06E95A29", 43, "+447700900123", "This is a very simple message :-)")]
    [InlineData("0011000A8170805231850000AA0A" + HelloHello, 22, "0708251358", "hellohello")]
    [InlineData("0019000B916407281553F80000" + "62112280000088" + "029B32", 22, "+46708251358", "€")]
    [InlineData("0011000B916407281553F80004AA02E4FC", 16, "+46708251358", "äü")]
    public void A_sent_message_is_read_as_its_writer_meant_it(string hex, int length, string number, string text)
    {
        var pdu = SubmitPdu.Parse(hex, length);
        Assert.NotNull(pdu);
        Assert.Equal((number, text), (pdu.Address, pdu.Text ?? System.Text.Encoding.Latin1.GetString(pdu.Data)));
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("00", 8)]
    [InlineData("FF110000", 8)]
    [InlineData("0011000B916407281553F80000AA0AE8329BFD4697D9EC", 22)]
    [InlineData("0011000B916407281553F80000AA0AE8329BFD4697D9EC37", 24)]
    [InlineData("001100FF916407281553F80000AA0AE8329BFD4697D9EC37", 23)]
    [InlineData("0051000B916407281553F80000AA0AFF329BFD4697D9EC37", 23)]
    [InlineData("0010000B916407281553F80000AA0AE8329BFD4697D9EC37", 23)]
    [InlineData("0011000B916407281553F80000AA0AE8329BFD4697D9EC3", 23)]
    public void What_is_no_PDU_of_its_length_is_refused(string hex, int length) => Assert.Null(SubmitPdu.Parse(hex, length));

    [Theory]
    [InlineData(160, 'a', new[] { 160 })]
    [InlineData(161, 'a', new[] { 153, 8 })]
    [InlineData(80, '€', new[] { 80 })]
    [InlineData(81, '€', new[] { 76, 5 })]
    [InlineData(70, 'д', new[] { 70 })]
    [InlineData(71, 'д', new[] { 67, 4 })]
    public void A_long_text_is_cut_where_a_telephone_would(int length, char character, int[] pieces) =>
        Assert.Equal(pieces, DeliverPdu.Cut(new string(character, length)).Select(piece => piece.Length));

    [Fact]
    public void A_surrogate_pair_is_not_divided()
    {
        var pieces = DeliverPdu.Cut(new string('д', 66) + string.Concat(Enumerable.Repeat("😀", 5)));
        Assert.Equal([66, 10], pieces.Select(piece => piece.Length));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 5)), pieces[1]);
    }

    [Fact]
    public void Every_character_of_both_tables_survives_packing()
    {
        const string text = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà\f^{}\\[~]|€";
        var bits = DefaultAlphabet.Bits(text).ToArray();
        var octets = bits.Chunk(8).Select(eight => (byte)eight.Select((set, bit) => set ? 1 << bit : 0).Sum()).ToArray();
        Assert.Equal(text, DefaultAlphabet.Text(octets, 0, bits.Length / 7));
    }
}
