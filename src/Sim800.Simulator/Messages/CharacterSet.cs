using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>How texts and numbers stand on the serial line after AT+CSCS (27.007 5.5, 27.005 Annex A).</summary>
internal static class CharacterSet
{
    internal const string Default = "IRA";

    private const string Gsm = "GSM";
    private const string Ucs2 = "UCS2";
    private const string Hex = "HEX";
    private const char Unknown = '?';

    internal static readonly string[] Known = [Gsm, Ucs2, "IRA", Hex, "PCCP", "PCDN", "8859-1"];

    /// <summary>
    /// A text of the modem: four digits a character in UCS2, two digits a septet in HEX, the codes of the default alphabet in GSM;
    /// what the set does not have is a question mark, except that HEX goes to four digits for it.
    /// </summary>
    internal static string Shown(string set, string text) => set switch
    {
        Ucs2 => WideHex(text),
        Hex => DefaultAlphabet.Has(text) ? Convert.ToHexString(DefaultAlphabet.Codes(text)) : WideHex(text),
        Gsm => Encoding.Latin1.GetString(DefaultAlphabet.Codes(text)),
        Default => Limited(text, 0x7F),
        _ => Limited(text, 0xFF),
    };

    /// <summary>A number is hexadecimal in UCS2 alone.</summary>
    internal static string ShownNumber(string set, string number) => set is Ucs2 ? WideHex(number) : number;

    internal static string WideHex(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    /// <summary>A text of the host. Whether HEX is wide is a matter of AT+CSMP.</summary>
    /// <returns><c>false</c> when it is not hexadecimal where it should be.</returns>
    internal static bool TryRead(string set, bool isWide, string typed, out string text)
    {
        text = typed;
        if (set is not (Ucs2 or Hex))
        {
            text = set is Gsm ? DefaultAlphabet.TextOf(Encoding.Latin1.GetBytes(typed)) : typed;
            return true;
        }

        var digits = set is Ucs2 || isWide ? 4 : 2;
        if (typed.Length % digits != 0 || !typed.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var bytes = Convert.FromHexString(typed);
        text = digits == 4 ? Encoding.BigEndianUnicode.GetString(bytes) : DefaultAlphabet.TextOf(bytes);
        return true;
    }

    /// <summary>Hosts write numbers plainly in every set.</summary>
    internal static string Number(string set, string typed) =>
        set is Ucs2 && typed.Length >= 8 && TryRead(Ucs2, isWide: true, typed, out var number) && number.All(IsDiallable) ? number : typed;

    /// <summary>The data coding scheme of a USSD answer: 72 is UCS2, 15 the default alphabet (23.038 5).</summary>
    internal static int CodingOf(string set, string text) => set is Hex or Ucs2 && !DefaultAlphabet.Has(text) ? 72 : 15;

    private static string Limited(string text, int last) =>
        string.Create(text.Length, (text, last), static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from.text[i] <= from.last ? from.text[i] : Unknown;
            }
        });

    private static bool IsDiallable(char character) => char.IsAsciiDigit(character) || character is '+' or '*' or '#';
}
