using System.Globalization;

namespace Sim800.Modem.Alphabets;

/// <summary>
/// The national language tables of 3GPP TS 23.038 Annex A, by the language's identifier: locking shift tables (A.3) take the place of the
/// default alphabet, single shift tables (A.2) that of its extension. A code without a character is U+0000.
/// </summary>
internal static class NationalTables
{
    internal const char None = '\0';

    private const int Size = 128;
    private const byte Escape = 0x1B;

    /// <summary>What the locking tables of the Indian languages have in common.</summary>
    private const string IndianFrame =
        "..........\n..\r.............\u001b.... !......)(..,.. 0123456789:;...?"
        + "................................." + "abcdefghijklmnopqrstuvwxyz.....";

    /// <summary>The codes of the frame that differ from language to language, in their order.</summary>
    private static readonly byte[] IndianCodes =
    [
        .. Codes(0x00, 0x09), 0x0B, 0x0C, 0x0E, .. Codes(0x0F, 0x1A), .. Codes(0x1C, 0x1F), .. Codes(0x22, 0x27), 0x2A, 0x2B, 0x2D, 0x2F,
        .. Codes(0x3C, 0x3E), .. Codes(0x40, 0x60), .. Codes(0x7B, 0x7F),
    ];

    /// <summary>In the locking tables those codes stand for the letters of the script's Unicode block in their order, as far as it has them.</summary>
    private static readonly int[] IndianLetters =
        [0x01, 0x02, 0x03, .. Offsets(0x05, 0x39), 0x3C, 0x3D, .. Offsets(0x3E, 0x4D)];

    /// <summary>The codes of an Indian single shift table that differ from language to language, in their order.</summary>
    private static readonly byte[] IndianSingleCodes =
        [0x19, 0x1A, .. Codes(0x1C, 0x1F), .. Codes(0x20, 0x27), .. Codes(0x2A, 0x2E), .. Codes(0x30, 0x3B), 0x3F];

    private static readonly string?[] Locking =
    [
        GsmAlphabet.Default,
        Changed(GsmAlphabet.Default, "04€07ı0BĞ0Cğ1CŞ1Dş40İ60ç"), // Turkish
        null, // Spanish has none
        Changed(
            GsmAlphabet.Default,
            "04ê06ú07í08ó09ç0BÔ0Cô0EÁ0Fá12ª13Ç14À15∞16^17\\18€19Ó1A|1CÂ1Dâ1EÊ24º40Í5BÃ5CÕ5DÚ60~7Bã7Cõ7D`"), // Portuguese
        Indian(0x0980, "0D0E111229313334354546494A", "\u09CE\u09D7\u09DC\u09DD\u09F0\u09F1"), // Bengali
        Indian(0x0A80, "0E12293134464A", "\u0AD0\u0AE0\u0AE1\u0AE2\u0AE3\u0AF1"), // Gujarati
        Indian(0x0900, "", "\u0950\u0972\u097B\u097C\u097E\u097F"), // Hindi
        Indian(0x0C80, "010D1129344549", "\u0CD5\u0CD6\u0CE0\u0CE1\u0CE2\u0CE3"), // Kannada
        Indian(0x0D00, "010D11293C4549", "\u0D57\u0D60\u0D61\u0D62\u0D63\u0D79"), // Malayalam
        Indian(0x0B00, "0D0E11122931344546494A", "\u0B56\u0B57\u0B60\u0B61\u0B62\u0B63"), // Oriya
        Indian(0x0A00, "0B0C0D0E1112293134373D43444546494A", "\u0A51\u0A70\u0A71\u0A72\u0A73\u0A74"), // Punjabi
        Indian(0x0B80, "010B0C0D111617181B1D2021222526272B2C2D3C3D43444549", "\u0BD0\u0BD7\u0BF0\u0BF1\u0BF2\u0BF9"), // Tamil
        Indian(0x0C00, "0D1129343C4549", "\u0C55\u0C56\u0C60\u0C61\u0C62\u0C63"), // Telugu
        Framed(
            "\u0627\u0622\u0628\u067B\u0680\u067E\u06A6\u062A\u06C2\u067F\u0679\u067D\u067A\u067C\u062B\u062C"
            + "\u0681\u0684\u0683\u0685\u0686\u0687\u062D\u062E\u062F\u068C\u0688\u0689\u068A\u068F\u068D\u0630"
            + "\u0631\u0691\u0693\u0699\u0632\u0696\u0698\u069A\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u0641"
            + "\u0642\u06A9\u06AA\u06AB\u06AF\u06B3\u06B1\u0644\u0645\u0646\u06BA\u06BB\u06BC\u0648\u06C4\u06D5"
            + "\u06C1\u06BE\u0621\u06CC\u06D0\u06D2\u064D\u0650\u064F\u0657\u0654\u0655\u0651\u0653\u0656\u0670"), // Urdu
    ];

    private static readonly string[] Single =
    [
        GsmAlphabet.Extension,
        Changed(GsmAlphabet.Extension, "47Ğ49İ53Ş63ç67ğ69ı73ş"), // Turkish
        Changed(GsmAlphabet.Extension, "09ç41Á49Í4FÓ55Ú61á69í6Fó75ú"), // Spanish
        Changed(GsmAlphabet.Extension, "05ê09ç0BÔ0Cô0EÁ0Fá12Φ13Γ15Ω16Π17Ψ18Σ19Θ1FÊ41À49Í4FÓ55Ú5BÃ5CÕ61Â69í6Fó75ú7Bã7Cõ7Fâ"), // Portuguese
        IndianSingle("09E609E709E809E909EA09EB09EC09ED09EE09EF09DF09E009E109E209E309F209F309F409F509F609F709F809F909FA"), // Bengali
        IndianSingle("096409650AE60AE70AE80AE90AEA0AEB0AEC0AED0AEE0AEF"), // Gujarati
        IndianSingle(
            "096409650966096709680969096A096B096C096D096E096F095109520953095409580959095A095B095C095D095E095F0960096109620963"
            + "09700971"), // Hindi
        IndianSingle("096409650CE60CE70CE80CE90CEA0CEB0CEC0CED0CEE0CEF0CDE0CF10CF2"), // Kannada
        IndianSingle("096409650D660D670D680D690D6A0D6B0D6C0D6D0D6E0D6F0D700D710D720D730D740D750D7A0D7B0D7C0D7D0D7E0D7F"), // Malayalam
        IndianSingle("096409650B660B670B680B690B6A0B6B0B6C0B6D0B6E0B6F0B5C0B5D0B5F0B700B71"), // Oriya
        IndianSingle("096409650A660A670A680A690A6A0A6B0A6C0A6D0A6E0A6F0A590A5A0A5B0A5C0A5E0A75"), // Punjabi
        IndianSingle("096409650BE60BE70BE80BE90BEA0BEB0BEC0BED0BEE0BEF0BF30BF40BF50BF60BF70BF80BFA"), // Tamil
        IndianSingle("000000000C660C670C680C690C6A0C6B0C6C0C6D0C6E0C6F0C580C590C780C790C7A0C7B0C7C0C7D0C7E0C7F"), // Telugu
        IndianSingle(
            "0600060106F006F106F206F306F406F506F606F706F806F9060C060D060E060F06100611061206130614061B061F064006520658066B066C"
            + "0672067306CD"
            + "06D4"), // Urdu
    ];

    /// <summary>The languages that have a table, of which the last has this identifier.</summary>
    internal static int LastLanguage => Single.Length - 1;

    /// <summary>The locking shift table of the language; the default alphabet for one that has none, or is not known.</summary>
    internal static string LockingOf(int language) => (language < Locking.Length ? Locking[language] : null) ?? GsmAlphabet.Default;

    /// <summary>The single shift table of the language; the extension of the default alphabet for one that is not known.</summary>
    internal static string SingleOf(int language) => language < Single.Length ? Single[language] : GsmAlphabet.Extension;

    private static IEnumerable<byte> Codes(int first, int last) => Offsets(first, last).Select(code => (byte)code);

    private static IEnumerable<int> Offsets(int first, int last) => Enumerable.Range(first, last - first + 1);

    /// <param name="table">The table that it is like.</param>
    /// <param name="changes">Two hexadecimal digits and the character, for each code that differs.</param>
    private static string Changed(string table, string changes)
    {
        var characters = table.ToCharArray();
        for (var i = 0; i < changes.Length; i += 3)
        {
            characters[byte.Parse(changes.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)] = changes[i + 2];
        }

        return new string(characters);
    }

    /// <param name="block">Where the script's block begins.</param>
    /// <param name="absent">The letters that the script does not have, as two hexadecimal digits behind the beginning of the block.</param>
    /// <param name="last">The characters of the six last codes, which keep no order.</param>
    private static string Indian(int block, string absent, string last)
    {
        var missing = Convert.FromHexString(absent);
        return Framed(string.Concat(IndianLetters.Select(letter => missing.Contains((byte)letter) ? None : (char)(block + letter))) + last);
    }

    private static string Framed(string characters)
    {
        var table = IndianFrame.Replace('.', None).ToCharArray();
        table[0x2E] = '.';
        for (var i = 0; i < IndianCodes.Length; i++)
        {
            table[IndianCodes[i]] = characters[i];
        }

        return new string(table);
    }

    /// <param name="characters">Four hexadecimal digits for each code that differs, in their order.</param>
    private static string IndianSingle(string characters)
    {
        var table = ("@£$¥¿\"¤%&'\f*+\r-/<=>¡^¡_#*".PadRight(0x20, None)
            + "{}".PadLeft(10, None).PadRight(15, None) + "\\" + "[~]".PadLeft(15, None) + None
            + "|ABCDEFGHIJKLMNOPQRSTUVWXYZ").PadRight(Size, None).ToCharArray();
        table[Escape] = '\u001b';
        table[0x65] = '€';
        for (var i = 0; i < characters.Length; i += 4)
        {
            var code = ushort.Parse(characters.AsSpan(i, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            table[IndianSingleCodes[i / 4]] = (char)code;
        }

        return new string(table);
    }
}
