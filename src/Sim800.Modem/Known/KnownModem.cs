using System.Globalization;
using System.Text;

namespace Sim800.Modem.Known;

/// <summary>
/// What is remembered of one modem from one start to the next: facts of its firmware and of its saved settings, which save the questions after
/// them. No secret and nothing of the card or the network. Pure: the text of its file in and out.
/// </summary>
/// <param name="Imei">The number of the device, 15 digits.</param>
/// <param name="Model">The line in which the modem has named itself.</param>
/// <param name="SavedRate">The baud rate that it is fixed to; <c>null</c> when that is not known.</param>
/// <param name="LacksTls">Whether its firmware has no TLS of its own that would have to be switched off.</param>
internal sealed record KnownModem(string Imei, string Model, int? SavedRate, bool LacksTls)
{
    /// <summary>The longest file that is read.</summary>
    internal const int MaxFile = 512;

    private const int MaxModel = 64;
    private const int ImeiLength = 15;
    private const string Heading = "known modem, version 1";

    /// <summary>Whether this is the number of a device, and so fit to be the name of a file.</summary>
    internal static bool IsImei(string text) => text.Length == ImeiLength && text.All(char.IsAsciiDigit);

    /// <summary>Anybody may have written the file: it is one of ours to the last character, or none.</summary>
    /// <param name="imei">Whose file it is.</param>
    /// <param name="file">All of it.</param>
    internal static KnownModem? Parse(string imei, ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxFile || file.ContainsAnyExceptInRange((byte)'\n', (byte)'~') || file.IsEmpty || file[^1] != '\n')
        {
            return null;
        }

        var lines = Encoding.ASCII.GetString(file[..^1]).Split('\n');
        return lines is [Heading, var named, var model, var rate, var tls]
            && string.Equals(named, "imei " + imei, StringComparison.Ordinal)
            && Value(model, "model ") is { Length: > 0 and <= MaxModel } name
            && Value(rate, "rate ") is { } saved && (saved is "unknown" || BaudRateOf(saved) is not null)
            && tls is "tls unknown" or "tls none"
            ? new KnownModem(imei, name, BaudRateOf(saved), tls is "tls none")
            : null;
    }

    /// <returns><c>null</c> when the model could not be read back.</returns>
    internal byte[]? Format()
    {
        var rate = SavedRate?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
        var file = Encoding.ASCII.GetBytes($"{Heading}\nimei {Imei}\nmodel {Model}\nrate {rate}\ntls {(LacksTls ? "none" : "unknown")}\n");
        return Parse(Imei, file) == this ? file : null;
    }

    private static string? Value(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..] : null;

    private static int? BaudRateOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is >= 1200 and <= 3_686_400 ? rate : null;
}
