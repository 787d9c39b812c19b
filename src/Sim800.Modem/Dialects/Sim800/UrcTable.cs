namespace Sim800.Modem.At;

/// <summary>Recognises unsolicited result codes (SIM800 manual, "Unsolicited Result Codes"). Allocates nothing.</summary>
internal static class UrcTable
{
    private static readonly (AtPattern Pattern, UrcKind Kind)[] Rows =
    [
        ("+CIPRXGET:1*", UrcKind.DataPending),
        ("+RECEIVE,#,#:*", UrcKind.DataPushed),
        ("+RECEIVE,#,#*", UrcKind.DataPushed),
        ("#,CONNECT OK", UrcKind.Connected),
        ("CONNECT OK", UrcKind.Connected),
        ("#,CONNECT FAIL", UrcKind.ConnectFailed),
        ("CONNECT FAIL", UrcKind.ConnectFailed),
        ("#,ALREADY CONNECT", UrcKind.AlreadyConnected),
        ("ALREADY CONNECT", UrcKind.AlreadyConnected),
        ("#,CLOSED", UrcKind.Closed),
        ("CLOSED", UrcKind.Closed),
        ("#,CLOSE OK", UrcKind.CloseOk),
        ("CLOSE OK", UrcKind.CloseOk),
        ("#,SEND FAIL", UrcKind.SendFailed),
        ("SEND FAIL", UrcKind.SendFailed),
        ("#,SEND OK", UrcKind.DataAccepted),
        ("SEND OK", UrcKind.DataAccepted),
        ("DATA ACCEPT:*", UrcKind.DataAccepted),
        ("+PDP:DEACT", UrcKind.PdpDeactivated),
        ("+PDP DEACT", UrcKind.PdpDeactivated),
        ("+SAPBR #:DEACT", UrcKind.BearerDeactivated),
        ("RDY", UrcKind.Started),
        ("+CFUN:1", UrcKind.Started),
        ("Call Ready", UrcKind.Started),
        ("SMS Ready", UrcKind.Started),
        ("NORMAL POWER DOWN", UrcKind.PowerDown),
        ("NORMAL POWER OFF", UrcKind.PowerDown),
        ("UNDER-VOLTAGE WARN*", UrcKind.VoltageWarning),
        ("OVER-VOLTAGE WARN*", UrcKind.VoltageWarning),
        ("UNDER-VOLTAGE POWER *", UrcKind.VoltagePowerDown),
        ("OVER-VOLTAGE POWER *", UrcKind.VoltagePowerDown),
        ("+CMTE:*", UrcKind.Temperature),
        ("+CPIN:*", UrcKind.SimState),
        ("+CREG:*", UrcKind.Registration),
        ("+CGREG:*", UrcKind.Registration),
        ("+CMT:*", UrcKind.Message),
        ("+CDS:#", UrcKind.Message),
        ("+CDS:*", UrcKind.StatusReport),
        ("+CBM:*", UrcKind.Message),
        ("+CMTI:*", UrcKind.MessageStored),
        ("+CDSI:*", UrcKind.MessageStored),
        ("+CUSD:*", UrcKind.Ussd),
        ("*PSUTTZ:*", UrcKind.NetworkTime),
        ("*PSNWID:*", UrcKind.NetworkTime),
        ("+CTZV:*", UrcKind.NetworkTime),
        ("DST:*", UrcKind.NetworkTime),
        ("+CIEV:*", UrcKind.NetworkTime),
        ("RING", UrcKind.Call),
        ("MO RING", UrcKind.Call),
        ("+CLIP:*", UrcKind.Call),
        ("NO CARRIER", UrcKind.Call),
        ("+CFUN:#", UrcKind.Other),
        ("STATE:*", UrcKind.Other),
        ("C:*", UrcKind.Other),
        ("+CSQN:*", UrcKind.Other),
        ("+CENG:*", UrcKind.Other),
        ("+CSMINS:*", UrcKind.Other),
        ("+CGEV:*", UrcKind.Other),
        ("+CDNSGIP:*", UrcKind.Other),
        ("+CNTP:*", UrcKind.Other),
        ("+DTMF:*", UrcKind.Other),
        ("RECV FROM:*", UrcKind.Other),
        ("REMOTE IP:*", UrcKind.Other),
        ("SERVER *", UrcKind.Other),
        ("ALARM RING*", UrcKind.Other),
        ("CHARGE-ONLY MODE", UrcKind.Other),
    ];

    /// <summary>The bytes <c>49 49 49 49 FF FF FF FF</c> that the modem sends at 115200 baud right after power-on.</summary>
    private static ReadOnlySpan<byte> PowerOnBytes => [0x49, 0x49, 0x49, 0x49, 0xFF, 0xFF];

    /// <summary>What the line means; its <see cref="Urc.Text"/> is left out.</summary>
    internal static Urc Read(ReadOnlySpan<byte> line)
    {
        foreach (var (pattern, kind) in Rows)
        {
            if (pattern.Matches(line))
            {
                return Numbered(kind, line);
            }
        }

        return new Urc(line.IndexOf(PowerOnBytes) >= 0 ? UrcKind.Started : UrcKind.Unknown, -1, -1, null);
    }

    private static Urc Numbered(UrcKind kind, ReadOnlySpan<byte> line)
    {
        switch (kind)
        {
            case UrcKind.DataPending: // +CIPRXGET: 1[,n]
                return new Urc(kind, AtNumbers.Read(line).Second, -1, null);
            case UrcKind.DataPushed: // +RECEIVE,n,length:
                var pushed = AtNumbers.Read(UpToColon(line["+RECEIVE,".Length..]));
                return new Urc(kind, pushed.First, pushed.Second, null);
            case UrcKind.DataAccepted: // DATA ACCEPT:n,length
            case >= UrcKind.Connected and <= UrcKind.SendFailed: // n, CONNECT OK
                return new Urc(kind, AtNumbers.Read(line).First, -1, null);
            default:
                return new Urc(kind, -1, -1, null);
        }
    }

    /// <summary>The first two fields of <c>n,length[,address:port]:</c>.</summary>
    private static ReadOnlySpan<byte> UpToColon(ReadOnlySpan<byte> fields)
    {
        var second = fields.IndexOf((byte)',') + 1;
        var end = fields[second..].IndexOfAny((byte)',', (byte)':');
        return end < 0 ? fields : fields[..(second + end)];
    }
}
