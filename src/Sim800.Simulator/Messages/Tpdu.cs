using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>One message as it travels (23.040 9.2.2): what PDU mode shows, and the fields text mode makes of it.</summary>
internal sealed record Tpdu
{
    internal const int Deliver = 0;
    internal const int Submit = 1;
    internal const int StatusReport = 2;

    private const int HeaderIndication = 0x40;
    private const int ReportRequest = 0x20;

    /// <summary>The TPDU alone, without the service centre in front of it.</summary>
    internal required byte[] Octets { get; init; }

    /// <summary>The service centre's address as PDU mode puts it in front: length, type and digits; <c>00</c> is the one of AT+CSCA.</summary>
    internal string ServiceCentre { get; init; } = "00";

    /// <summary>The first octet, &lt;fo&gt; of 27.005.</summary>
    internal int First => Octets[0];

    /// <summary>TP-MTI as far as a modem meets it: deliver, submit or status report.</summary>
    internal int Kind => First & 3;

    /// <summary>Sender, or receiver of a message that the host wrote.</summary>
    internal string Address { get; private init; } = "";

    internal int AddressType { get; private init; }

    /// <summary>TP-MR.</summary>
    internal int Reference { get; private init; }

    internal int Protocol { get; private init; }

    internal int Coding { get; private init; }

    /// <summary>TP-VP in its relative form, which alone is shown; 0 without one.</summary>
    internal int Validity { get; private init; }

    /// <summary>When the service centre received the message.</summary>
    internal string Time { get; private init; } = "";

    /// <summary>When the message reached its receiver, in a status report.</summary>
    internal string Discharge { get; private init; } = "";

    /// <summary>TP-ST: 0 is delivered.</summary>
    internal int Status { get; private init; }

    /// <summary>The text without the header of a segment; <c>null</c> when it is 8-bit data.</summary>
    internal string? Text { get; private init; }

    /// <summary>The user data without its header.</summary>
    internal byte[] Data { get; private init; } = [];

    internal bool IsUcs2 => (Coding & 0xCC) == 0x08 || (Coding & 0xF0) == 0xE0;

    internal bool WantsReport => Kind == Submit && (First & ReportRequest) != 0;

    /// <summary>As AT+CMGR and AT+CMGL show it in PDU mode.</summary>
    internal string Hex => ServiceCentre + Convert.ToHexString(Octets);

    /// <summary>Service centre and TPDU in hexadecimal.</summary>
    /// <returns><c>null</c> when it is none.</returns>
    internal static Tpdu? Parse(string hex)
    {
        if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var pdu = Convert.FromHexString(hex);
        if (pdu.Length == 0 || pdu.Length <= 1 + pdu[0])
        {
            return null;
        }

        var start = 1 + pdu[0];
        return Of(pdu[start..]) is { } tpdu ? tpdu with { ServiceCentre = Convert.ToHexString(pdu[..start]) } : null;
    }

    internal static Tpdu? Of(byte[] octets) => (octets.Length > 0 ? octets[0] & 3 : 3) switch
    {
        Deliver => OfDeliver(octets),
        Submit => OfSubmit(octets),
        StatusReport => OfStatusReport(octets),
        _ => null,
    };

    private static Tpdu? OfDeliver(byte[] octets)
    {
        if (!PduFields.TryReadAddress(octets.AsSpan(1), out var sender, out var type, out var length) || octets.Length < 1 + length + 10)
        {
            return null;
        }

        var at = 1 + length;
        var tpdu = new Tpdu
        {
            Octets = octets,
            Address = sender,
            AddressType = type,
            Protocol = octets[at],
            Coding = octets[at + 1],
            Time = PduFields.TimeOf(octets.AsSpan(at + 2, 7)),
        };
        return tpdu.WithUserData(at + 9);
    }

    private static Tpdu? OfSubmit(byte[] octets)
    {
        if (octets.Length < 2 || !PduFields.TryReadAddress(octets.AsSpan(2), out var receiver, out var type, out var length))
        {
            return null;
        }

        var at = 2 + length;
        var validity = (octets[0] >> 3 & 3) switch { 0 => 0, 2 => 1, _ => 7 };
        if (octets.Length < at + 3 + validity)
        {
            return null;
        }

        var tpdu = new Tpdu
        {
            Octets = octets,
            Address = receiver,
            AddressType = type,
            Reference = octets[1],
            Protocol = octets[at],
            Coding = octets[at + 1],
            Validity = validity == 1 ? octets[at + 2] : 0,
        };
        return tpdu.WithUserData(at + 2 + validity);
    }

    private static Tpdu? OfStatusReport(byte[] octets)
    {
        if (octets.Length < 2 || !PduFields.TryReadAddress(octets.AsSpan(2), out var receiver, out var type, out var length) || octets.Length < 2 + length + 15)
        {
            return null;
        }

        var at = 2 + length;
        return new Tpdu
        {
            Octets = octets,
            Address = receiver,
            AddressType = type,
            Reference = octets[1],
            Time = PduFields.TimeOf(octets.AsSpan(at, 7)),
            Discharge = PduFields.TimeOf(octets.AsSpan(at + 7, 7)),
            Status = octets[at + 14],
        };
    }

    /// <returns><c>null</c> when the user data is not as long as it says.</returns>
    private Tpdu? WithUserData(int at)
    {
        var (length, data) = (Octets[at], Octets[(at + 1)..]);
        var seven = !IsUcs2 && (Coding & 0xCC) != 0x04 && (Coding & 0xF4) != 0xF4;
        var octets = seven ? ((length * 7) + 7) / 8 : length;
        var header = (First & HeaderIndication) != 0 && data.Length > 0 ? data[0] + 1 : 0;
        if (data.Length != octets || octets > 140 || header > octets)
        {
            return null;
        }

        var headerSeptets = ((header * 8) + 6) / 7;
        return this with
        {
            Data = data[header..],
            Text = seven ? DefaultAlphabet.Text(data, headerSeptets * 7, Math.Max(length - headerSeptets, 0))
                : IsUcs2 ? Encoding.BigEndianUnicode.GetString(data, header, octets - header)
                : null,
        };
    }
}
