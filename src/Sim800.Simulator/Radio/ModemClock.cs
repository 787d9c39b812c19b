using System.Globalization;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Radio;

/// <summary>The modem's own clock: local time, a year of long ago until the network or the host sets it (AT+CLTS, AT+CNTP, AT+CCLK).</summary>
internal sealed class ModemClock(ModemEngine modem)
{
    private DateTime _setTo = modem.Model.UnsetClock;
    private TimeSpan _setAt;

    internal int ZoneQuarters { get; private set; }

    /// <summary>AT+CNTP: where the time comes from, and the zone it is told in.</summary>
    internal string TimeServer { get; set; } = "";

    /// <inheritdoc cref="TimeServer"/>
    internal int TimeServerZone { get; set; }

    internal DateTime Local => _setTo + (modem.Now - _setAt);

    /// <summary>The right time, which the modem knows only from others.</summary>
    internal DateTime TrueUtc => modem.StartedAt.UtcDateTime + modem.Now;

    internal string Text => Local.ToString("yy/MM/dd,HH:mm:ss", CultureInfo.InvariantCulture) + ZoneText;

    internal string ZoneText => ZoneQuarters.ToString("+00;-00", CultureInfo.InvariantCulture);

    internal void Set(DateTime local, int zoneQuarters) => (_setTo, _setAt, ZoneQuarters) = (local, modem.Now, zoneQuarters);

    internal void SetTrueTime(int zoneQuarters) => Set(TrueUtc.AddMinutes(15 * zoneQuarters), zoneQuarters);

    /// <summary>"yy/MM/dd,HH:mm:ss±zz" as AT+CCLK takes it.</summary>
    internal bool TrySet(string text)
    {
        if (text.Length != 20
            || !DateTime.TryParseExact(text[..17], "yy/MM/dd,HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || !int.TryParse(text[17..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var zone)
            || zone is < -47 or > 48)
        {
            return false;
        }

        Set(local, zone);
        return true;
    }

    /// <summary>The network tells its time at registration, when AT+CLTS=1 asked for it.</summary>
    internal void Registered()
    {
        if (modem.Profile.NetworkTime == 1)
        {
            Announce();
        }
    }

    /// <summary>UTC in *PSUTTZ, local time in the clock: so it is in the field.</summary>
    internal void Announce()
    {
        SetTrueTime(modem.Options.TimeZoneQuarters);
        var utc = TrueUtc;
        modem.Reply.Unsolicited(Invariant(
            $"*PSUTTZ: {utc.Year},{utc.Month},{utc.Day},{utc.Hour},{utc.Minute},{utc.Second},\"{ZoneText}\",0"));
        modem.Reply.Unsolicited("DST: 0");
        modem.Reply.Unsolicited($"+CTZV: \"{ZoneText}\"");
        var name = modem.Options.OperatorName;
        modem.Reply.Unsolicited($"*PSNWID: \"262\",\"01\", \"{name}\", 0, \"{name}\", 0");
        modem.Reply.Unsolicited($"+CIEV: 10,\"26201\",\"{name}\",\"{name}\", 0, 0");
    }
}
