using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>Registration with the network, and the cell.</summary>
/// <param name="Status">Where the modem stands.</param>
/// <param name="LocationAreaCode">Location area of the cell, 16 bits; <c>null</c> when not reported.</param>
/// <param name="CellId">Identity of the cell, 16 or 28 bits; <c>null</c> when not reported.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemRegistration(ModemRegistrationStatus Status, int? LocationAreaCode, int? CellId)
{
    private static readonly string[] Prefixes = ["+CREG:", "+CGREG:", "+CEREG:"];

    /// <summary>Whether the modem may use the network, at home or abroad.</summary>
    public bool IsRegistered => Status is ModemRegistrationStatus.Home or ModemRegistrationStatus.Roaming;

    /// <summary>
    /// Reads the answer <c>+CREG: 2,1,"1A2B","00C3"</c> and the unsolicited <c>+CREG: 1,"1A2B","00C3"</c>, which has the same
    /// prefix and lacks the first field; <c>+CGREG</c> alike. Fields behind the cell, which newer modems have, are passed over.
    /// </summary>
    internal static bool TryRead(string line, out ModemRegistration registration)
    {
        registration = default;
        var fields = Fields(line);
        if (fields.Count > 1 && fields[0].Length == 1 && IsStatus(fields[1]))
        {
            fields.RemoveAt(0); // the format; an area has more digits than a status
        }
        else if (fields.Count == 2)
        {
            return false; // neither form
        }

        if (fields.Count == 0 || !TryReadStatus(fields[0], out var status)
            || !TryReadHex(fields.ElementAtOrDefault(1), 4, out var area) || !TryReadHex(fields.ElementAtOrDefault(2), 7, out var cell))
        {
            return false;
        }

        registration = new ModemRegistration(status, area, cell);
        return true;
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>(8);
        if (!Prefixes.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return fields;
        }

        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        while (fields.Count < 8 && arguments.TryReadText(out var field))
        {
            fields.Add(field);
        }

        return fields;
    }

    private static bool IsStatus(string field) => field.Length is 1 or 2 && field.All(char.IsAsciiDigit);

    private static bool TryReadStatus(string field, out ModemRegistrationStatus status)
    {
        status = IsStatus(field) ? (ModemRegistrationStatus)int.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture) : (ModemRegistrationStatus)(-1);
        status = (int)status switch
        {
            7 => ModemRegistrationStatus.MessagesOnly, // abroad
            11 => ModemRegistrationStatus.EmergencyOnly, // of newer modems
            _ => status,
        };
        return Enum.IsDefined(status);
    }

    /// <summary>An empty field, and one with all bits set, say that the modem does not know.</summary>
    private static bool TryReadHex(string? field, int maxDigits, out int? value)
    {
        value = null;
        if (string.IsNullOrEmpty(field) || (field.Length is 4 or 8 && field.All(digit => digit is 'F' or 'f')))
        {
            return true;
        }

        if (field.Length > maxDigits + 1
            || !int.TryParse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) || number < 0)
        {
            return false;
        }

        value = number;
        return true;
    }
}

/// <summary>Where the modem stands with the network (<c>AT+CREG</c>, 3GPP TS 27.007 §7.2).</summary>
public enum ModemRegistrationStatus
{
    /// <summary>Not registered and not searching.</summary>
    NotSearching = 0,

    /// <summary>Registered with the home network.</summary>
    Home = 1,

    /// <summary>Not registered yet, searching.</summary>
    Searching = 2,

    /// <summary>The network refused the registration.</summary>
    Denied = 3,

    /// <summary>Unknown, as when out of coverage.</summary>
    Unknown = 4,

    /// <summary>Registered with a foreign network.</summary>
    Roaming = 5,

    /// <summary>Registered for short messages only.</summary>
    MessagesOnly = 6,

    /// <summary>The network allows emergency calls only.</summary>
    EmergencyOnly = 8,
}
