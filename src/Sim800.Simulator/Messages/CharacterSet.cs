using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>How texts and numbers stand on the serial line after AT+CSCS (27.007 5.5).</summary>
internal static class CharacterSet
{
    private const string Ucs2 = "UCS2";
    private const string Hex = "HEX";

    /// <summary>A text of the modem. In HEX what the default alphabet has takes two digits a character, anything else four.</summary>
    internal static string Shown(string set, string text) => set switch
    {
        Ucs2 => WideHex(text),
        Hex => IsWide(text) ? WideHex(text) : Convert.ToHexString(Encoding.Latin1.GetBytes(text)),
        _ => text,
    };

    /// <summary>A number is hexadecimal in UCS2 alone.</summary>
    internal static string ShownNumber(string set, string number) => set is Ucs2 ? WideHex(number) : number;

    /// <summary>A text of the host. Whether HEX is wide is a matter of AT+CSMP.</summary>
    /// <returns><c>false</c> when it is not hexadecimal where it should be.</returns>
    internal static bool TryRead(string set, bool isWide, string typed, out string text)
    {
        text = typed;
        if (set is not (Ucs2 or Hex))
        {
            return true;
        }

        var digits = set is Ucs2 || isWide ? 4 : 2;
        if (typed.Length % digits != 0 || !typed.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        text = (digits == 4 ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(Convert.FromHexString(typed));
        return true;
    }

    /// <summary>Hosts write numbers plainly in every set.</summary>
    internal static string Number(string set, string typed) =>
        set is Ucs2 && typed.Length >= 8 && TryRead(Ucs2, isWide: true, typed, out var number) && number.All(IsDiallable) ? number : typed;

    /// <summary>The data coding scheme of a USSD answer: 72 is UCS2, 15 the default alphabet (23.038 5).</summary>
    internal static int CodingOf(string set, string text) => set is Hex or Ucs2 && IsWide(text) ? 72 : 15;

    private static bool IsWide(string text) => text.Any(character => character > 0xFF);

    private static string WideHex(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    private static bool IsDiallable(char character) => char.IsAsciiDigit(character) || character is '+' or '*' or '#';
}
