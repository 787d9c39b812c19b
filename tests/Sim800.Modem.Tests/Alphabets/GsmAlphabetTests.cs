using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Tests.Alphabets;

public sealed class GsmAlphabetTests
{
    [Theory]
    [InlineData("@", "00")]
    [InlineData("Δ_ΦΓΛΩΠΨΣΘΞ", "10 11 12 13 14 15 16 17 18 19 1A")]
    [InlineData("¡ÄÖÑÜ§¿äöñüà", "40 5B 5C 5D 5E 5F 60 7B 7C 7D 7E 7F")]
    [InlineData("\f^{}\\[~]|€", "1B 0A 1B 14 1B 28 1B 29 1B 2F 1B 3C 1B 3D 1B 3E 1B 40 1B 65")]
    [InlineData("¤ É", "24 20 1F")]
    public void Characters_have_the_codes_of_the_standard(string text, string septets)
    {
        var expected = Convert.FromHexString(septets.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(expected, GsmAlphabet.Encode(text));
        Assert.Equal(text, GsmAlphabet.Decode(expected));
        Assert.Equal(expected.Length, text.Sum(GsmAlphabet.SeptetCount));
    }

    [Fact]
    public void Every_code_of_the_basic_table_but_the_escape_has_its_own_character()
    {
        var characters = Enumerable.Range(0, 128).Where(code => code != 0x1B).Select(code => GsmAlphabet.Decode([(byte)code])).ToList();

        Assert.Equal(127, characters.Distinct(StringComparer.Ordinal).Count());
        Assert.All(characters, text => Assert.Equal(1, GsmAlphabet.SeptetCount(text[0])));
    }

    [Theory]
    [InlineData("1B61", "a")] // not in the extension table: reads as in the basic one
    [InlineData("1B1B", " ")] // an escape to a table that does not exist
    [InlineData("1B", " ")]
    [InlineData("41 1B", "A ")]
    public void An_escape_without_a_meaning_costs_no_more_than_itself(string septets, string text) =>
        Assert.Equal(text, GsmAlphabet.Decode(Convert.FromHexString(septets.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("ç")] // the alphabet has only the capital
    [InlineData("Привет")]
    [InlineData("`")]
    [InlineData("😀")]
    [InlineData("\u001b")]
    public void A_character_that_the_alphabet_lacks_is_refused(string text)
    {
        Assert.Equal(0, GsmAlphabet.SeptetCount(text[0]));
        Assert.Throws<ArgumentException>(() => GsmAlphabet.Encode(text));
    }
}
