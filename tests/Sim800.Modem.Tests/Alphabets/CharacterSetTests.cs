using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Tests.Alphabets;

public sealed class CharacterSetTests
{
    [Theory]
    [InlineData("UCS2", "00420061006C", "Bal")]
    [InlineData("UCS2", "041F0440", "Пр")]
    [InlineData("UCS2", "20AC", "€")]
    [InlineData("UCS2", "Decoded", "Decoded")]
    [InlineData("ucs2", "004F0032", "O2")]
    [InlineData("HEX", "42616C", "Bal")]
    [InlineData("HEX", "1B65", "€")]
    [InlineData("HEX", "00420061006C", "Bal")]
    [InlineData("HEX", "041F0440", "Пр")]
    [InlineData("GSM", "a\0b\u0002\u0011", "a@b$_")]
    [InlineData("GSM", "[Pl@", "ÄPl¡")]
    [InlineData("IRA", "a@b$_", "a@b$_")]
    [InlineData("8859-1", "caf\u00e9", "café")]
    [InlineData("UTF-8", "caf\u00c3\u00a9", "café")]
    [InlineData("UTF-8", "caf\u00e9", "café")]
    [InlineData("PCCP437", "caf\u0082", "café")]
    [InlineData("PCDN", "\u009b", "ø")]
    [InlineData("", "00420061006C", "Bal")]
    [InlineData("IRA", "041F044004380432", "Прив")]
    [InlineData("IRA", "4E2D56FD79FB52A8", "中国移动")]
    [InlineData("IRA", "12345678", "12345678")]
    [InlineData("IRA", "C8329BFD", "C8329BFD")]
    [InlineData("IRA", "0042", "0042")]
    [InlineData("IRA", "20261129", "20261129")]
    [InlineData("IRA", "DEADBEEF", "DEADBEEF")]
    [InlineData("IRA", "00000000", "00000000")]
    public void Texts_are_read_as_they_are_written(string set, string text, string expected) =>
        Assert.Equal(expected, CharacterSet.Read($"+CSCS: \"{set}\"").Decode(text));

    [Theory]
    [InlineData("UCS2", "*100#", "002A0031003000300023")]
    [InlineData("HEX", "*100#", "2A31303023")]
    [InlineData("IRA", "*100#", "*100#")]
    [InlineData("GSM", "*100#", "*100#")]
    public void Requests_are_written_so_that_the_modem_reads_them(string set, string text, string expected) =>
        Assert.Equal(expected, CharacterSet.Read($"+CSCS: \"{set}\"").Encode(text));

    [Theory]
    [InlineData("+CSCS:")]
    [InlineData("+CSCS: \"\"")]
    [InlineData("+CSCS: \"a name that no set has\"")]
    [InlineData("+CREG: 0,1")]
    public void Anything_else_is_unknown(string line) => Assert.Same(CharacterSet.Unknown, CharacterSet.Read(line));
}
