using Sim800.Modem.Alphabets;
using Sim800.Modem.Sms;

namespace Sim800.Modem.Tests.Alphabets;

/// <summary>3GPP TS 23.038 Annex A.</summary>
public sealed class NationalTablesTests
{
    private const byte Escape = 0x1B;

    /// <summary>Turkish, Portuguese, and the Indian languages in the order of their identifiers: how many codes have a character.</summary>
    private static readonly int[] LockingSizes = [128, 128, 128, 128, 115, 121, 128, 121, 121, 117, 111, 103, 121, 128];

    [Fact]
    public void Every_table_has_128_codes_and_the_same_controls()
    {
        Assert.Equal(13, NationalTables.LastLanguage);
        for (var language = 0; language <= NationalTables.LastLanguage; language++)
        {
            var locking = NationalTables.LockingOf(language);
            Assert.Equal(128, locking.Length);
            Assert.Equal(('\n', '\r', '\u001b', ' '), (locking[0x0A], locking[0x0D], locking[Escape], locking[0x20]));
            Assert.Equal("0123456789:;", locking[0x30..0x3C]);
            Assert.Equal("abcdefghijklmnopqrstuvwxyz", locking[0x61..0x7B]);
            Assert.Equal(('!', '?'), (locking[0x21], locking[0x3F]));
            Assert.Equal(LockingSizes[language], locking.Count(character => character != NationalTables.None));

            var single = NationalTables.SingleOf(language);
            Assert.Equal(128, single.Length);
            Assert.Equal(("{}", '\\', "[~]", '|', '€', '^'), (single[0x28..0x2A], single[0x2F], single[0x3C..0x3F], single[0x40], single[0x65], single[0x14]));
        }
    }

    [Fact]
    public void No_locking_table_has_a_character_twice_and_a_single_one_only_two_signs()
    {
        for (var language = 0; language <= NationalTables.LastLanguage; language++)
        {
            Assert.Empty(Repeated(NationalTables.LockingOf(language)));
            Assert.Equal(language < 4 ? "" : "¡*", new string([.. Repeated(NationalTables.SingleOf(language)).Order().Reverse()]));
        }
    }

    [Theory]
    [InlineData(1, 0x04, "€")]
    [InlineData(1, 0x07, "ı")]
    [InlineData(1, 0x0B, "Ğ")]
    [InlineData(1, 0x1D, "ş")]
    [InlineData(1, 0x40, "İ")]
    [InlineData(1, 0x60, "ç")]
    [InlineData(1, 0x24, "¤")]
    [InlineData(2, 0x00, "@")]
    [InlineData(2, 0x60, "¿")]
    [InlineData(3, 0x12, "ª")]
    [InlineData(3, 0x15, "∞")]
    [InlineData(3, 0x17, "\\")]
    [InlineData(3, 0x1A, "|")]
    [InlineData(3, 0x24, "º")]
    [InlineData(3, 0x5D, "Ú")]
    [InlineData(3, 0x7D, "`")]
    [InlineData(3, 0x7F, "à")]
    [InlineData(4, 0x00, "\u0981")]
    [InlineData(4, 0x0C, "\0")]
    [InlineData(4, 0x0F, "\u098F")]
    [InlineData(4, 0x11, "\0")]
    [InlineData(4, 0x22, "\u099F")]
    [InlineData(4, 0x4F, "\u09BD")]
    [InlineData(4, 0x60, "\u09CE")]
    [InlineData(4, 0x7F, "\u09F1")]
    [InlineData(5, 0x0C, "\u0A8D")]
    [InlineData(5, 0x0E, "\0")]
    [InlineData(5, 0x5B, "\u0AC9")]
    [InlineData(5, 0x7F, "\u0AF1")]
    [InlineData(6, 0x1C, "\u091B")]
    [InlineData(6, 0x28, ")")]
    [InlineData(6, 0x29, "(")]
    [InlineData(6, 0x2C, ",")]
    [InlineData(6, 0x2D, "\u0927")]
    [InlineData(6, 0x2E, ".")]
    [InlineData(6, 0x2F, "\u0928")]
    [InlineData(6, 0x3C, "\u0929")]
    [InlineData(6, 0x4E, "\u093C")]
    [InlineData(6, 0x50, "\u093E")]
    [InlineData(6, 0x5F, "\u094D")]
    [InlineData(6, 0x7C, "\u097B")]
    [InlineData(7, 0x00, "\0")]
    [InlineData(7, 0x01, "\u0C82")]
    [InlineData(7, 0x24, "\u0CA1")]
    [InlineData(7, 0x58, "\u0CC6")]
    [InlineData(7, 0x60, "\u0CD5")]
    [InlineData(8, 0x00, "\0")]
    [InlineData(8, 0x4E, "\0")]
    [InlineData(8, 0x4F, "\u0D3D")]
    [InlineData(8, 0x7F, "\u0D79")]
    [InlineData(9, 0x49, "\u0B35")]
    [InlineData(9, 0x60, "\u0B56")]
    [InlineData(10, 0x09, "\0")]
    [InlineData(10, 0x47, "\u0A33")]
    [InlineData(10, 0x4B, "\0")]
    [InlineData(10, 0x7B, "\u0A70")]
    [InlineData(11, 0x02, "\u0B83")]
    [InlineData(11, 0x16, "\0")]
    [InlineData(11, 0x1D, "\u0B9C")]
    [InlineData(11, 0x26, "\u0BA3")]
    [InlineData(11, 0x3C, "\u0BA9")]
    [InlineData(11, 0x3E, "\0")]
    [InlineData(11, 0x4A, "\u0BB6")]
    [InlineData(11, 0x7F, "\u0BF9")]
    [InlineData(12, 0x00, "\u0C01")]
    [InlineData(12, 0x60, "\u0C55")]
    [InlineData(12, 0x4F, "\u0C3D")]
    [InlineData(13, 0x00, "\u0627")]
    [InlineData(13, 0x09, "\u067F")]
    [InlineData(13, 0x0B, "\u0679")]
    [InlineData(13, 0x0F, "\u067C")]
    [InlineData(13, 0x1A, "\u062F")]
    [InlineData(13, 0x1C, "\u068C")]
    [InlineData(13, 0x2A, "\u0699")]
    [InlineData(13, 0x2F, "\u0698")]
    [InlineData(13, 0x3E, "\u0634")]
    [InlineData(13, 0x40, "\u0635")]
    [InlineData(13, 0x5F, "\u0657")]
    [InlineData(13, 0x60, "\u0654")]
    [InlineData(13, 0x7F, "\u0670")]
    [InlineData(99, 0x7F, "à")] // of a language that is not known: the default
    public void A_locking_table_has_the_characters_of_the_standard(int language, int code, string character) =>
        Assert.Equal(character, NationalTables.LockingOf(language)[code].ToString());

    [Theory]
    [InlineData(1, 0x53, "Ş")]
    [InlineData(1, 0x69, "ı")]
    [InlineData(1, 0x0A, "\f")]
    [InlineData(2, 0x09, "ç")]
    [InlineData(2, 0x4F, "Ó")]
    [InlineData(2, 0x75, "ú")]
    [InlineData(3, 0x05, "ê")]
    [InlineData(3, 0x12, "Φ")]
    [InlineData(3, 0x1F, "Ê")]
    [InlineData(3, 0x61, "Â")]
    [InlineData(3, 0x7F, "â")]
    [InlineData(4, 0x19, "\u09E6")]
    [InlineData(4, 0x24, "\u09DF")]
    [InlineData(4, 0x2E, "\u09F5")]
    [InlineData(4, 0x34, "\u09FA")]
    [InlineData(4, 0x35, "\0")]
    [InlineData(5, 0x1A, "\u0965")]
    [InlineData(5, 0x25, "\u0AEF")]
    [InlineData(6, 0x1C, "\u0966")]
    [InlineData(6, 0x26, "\u0951")]
    [InlineData(6, 0x2C, "\u0958")]
    [InlineData(6, 0x30, "\u095B")]
    [InlineData(6, 0x3A, "\u0971")]
    [InlineData(6, 0x3F, "\0")]
    [InlineData(7, 0x26, "\u0CDE")]
    [InlineData(7, 0x2A, "\u0CF2")]
    [InlineData(8, 0x2E, "\u0D7A")]
    [InlineData(8, 0x34, "\u0D7F")]
    [InlineData(9, 0x20, "\u0B6A")]
    [InlineData(9, 0x2C, "\u0B71")]
    [InlineData(10, 0x26, "\u0A59")]
    [InlineData(10, 0x2D, "\u0A75")]
    [InlineData(11, 0x24, "\u0BEE")]
    [InlineData(11, 0x2E, "\u0BFA")]
    [InlineData(12, 0x19, "\0")]
    [InlineData(12, 0x1C, "\u0C66")]
    [InlineData(12, 0x32, "\u0C7F")]
    [InlineData(13, 0x19, "\u0600")]
    [InlineData(13, 0x25, "\u06F9")]
    [InlineData(13, 0x3B, "\u06CD")]
    [InlineData(13, 0x3F, "\u06D4")]
    [InlineData(6, 0x41, "A")]
    [InlineData(6, 0x5A, "Z")]
    [InlineData(6, 0x09, "'")]
    [InlineData(6, 0x0F, "/")]
    [InlineData(99, 0x65, "€")]
    public void A_single_shift_table_has_the_characters_of_the_standard(int language, int code, string character) =>
        Assert.Equal(character, NationalTables.SingleOf(language)[code].ToString());

    [Fact]
    public void A_turkish_message_is_read_by_its_two_tables() =>
        Assert.Equal("IİıĞğ", SmsDeliver.Read("07911326040000F0440C919471000000100000425010010000800A0325010148020F0B06").Text);

    [Theory]
    [InlineData(0, 1, new byte[] { 0x04, 0x07, 0x0B, 0x1B, 0x65 }, "€ıĞ€")]
    [InlineData(1, 0, new byte[] { 0x1B, 0x53, 0x1B, 0x69, 0x41 }, "ŞıA")]
    [InlineData(2, 0, new byte[] { 0x1B, 0x61, 0x1B, 0x09, 0x60 }, "áç¿")]
    [InlineData(2, 2, new byte[] { 0x1B, 0x6F, 0x00 }, "ó@")]
    [InlineData(3, 3, new byte[] { 0x0B, 0x1B, 0x0B, 0x1B, 0x12 }, "ÔÔΦ")]
    [InlineData(6, 6, new byte[] { 0x39, 0x40, 0x1B, 0x41, 0x1B, 0x1C }, "9\u092CA\u0966")]
    [InlineData(6, 0, new byte[] { 0x41, 0x1B, 0x19 }, "A\u0964")]
    [InlineData(0, 13, new byte[] { 0x00, 0x1B, 0x3C }, "\u0627[")]
    [InlineData(4, 4, new byte[] { 0x0C, 0x1B, 0x35 }, " 5")] // codes without a character
    [InlineData(0x7E, 0x7F, new byte[] { 0x41, 0x1B, 0x65 }, "A€")] // languages of the future
    public void A_message_is_read_by_the_tables_that_its_header_names(int singleShift, int locking, byte[] septets, string text)
    {
        List<byte> header = [];
        header.AddRange(singleShift > 0 ? [0x24, 1, (byte)singleShift] : []);
        header.AddRange(locking > 0 ? [0x25, 1, (byte)locking] : []);
        header.Insert(0, (byte)header.Count);
        var headerSeptets = ((header.Count * 8) + 6) / 7;
        byte[] userData = [(byte)(headerSeptets + septets.Length), .. header, .. SeptetPacking.Pack(septets, (headerSeptets * 7) - (header.Count * 8))];

        Assert.Equal(text, SmsDeliver.Read("0044039121F30000" + "42501001000080" + Convert.ToHexString(userData)).Text);
    }

    [Fact]
    public void A_long_message_may_change_its_language_with_a_part_and_be_cut_behind_an_escape()
    {
        var assembler = new SmsAssembler();
        var first = new SmsSegment("1", null, GsmAlphabet.DecodePart([0x0B, Escape], new SmsLanguages(1, 1)), default, new SmsConcatenation(5, 2, 1)) { Languages = new SmsLanguages(1, 1) };
        var second = new SmsSegment("1", null, GsmAlphabet.DecodePart([0x53, 0x61], new SmsLanguages(1, 1)), default, new SmsConcatenation(5, 2, 2)) { Languages = new SmsLanguages(1, 1) };

        Assert.Null(assembler.Add(first, null));
        Assert.Equal("ĞŞa", assembler.Add(second, null)!.Text);
    }

    [Fact]
    public void The_byte_order_mark_of_the_first_part_says_how_all_are_read()
    {
        var assembler = new SmsAssembler();
        Assert.Null(assembler.Add(new SmsSegment("1", null, "П", default, new SmsConcatenation(5, 2, 1)) { IsLittleEndian = true }, null));
        Assert.Equal("Пр", assembler.Add(new SmsSegment("1", null, "\u4004", default, new SmsConcatenation(5, 2, 2)), null)!.Text);
    }

    private static IEnumerable<char> Repeated(string table) =>
        table.Where(character => character != NationalTables.None).GroupBy(character => character).Where(group => group.Count() > 1).Select(group => group.Key);
}
