using System.Globalization;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>
/// The commands for what users read from a modem, as a table like <see cref="Sim800Commands"/>: command line, longest time
/// the manual allows (V1.12; "-" there is 5 s here), information text, and the command's own final results.
/// </summary>
internal static class Sim800UserCommands
{
    private static readonly TimeSpan Local = TimeSpan.FromSeconds(5);

    // Who the modem is (V.250 §6.1, 27.007 §5)
    internal static AtCommand Manufacturer { get; } = new("AT+GMI", Local) { Information = ["*"], RequiresInformation = true };

    internal static AtCommand Model { get; } = new("AT+GMM", Local) { Information = ["*"], RequiresInformation = true };

    internal static AtCommand Product { get; } = new("ATI", Local) { Information = ["*"], RequiresInformation = true };

    internal static AtCommand Firmware { get; } =
        new("AT+GMR", Local) { Information = ["Revision:*", "*"], RequiresInformation = true };

    internal static AtCommand Imei { get; } = new("AT+GSN", Local) { Information = ["+GSN:*", "#"], RequiresInformation = true };

    internal static AtCommand Iccid { get; } = new("AT+CCID", Local) { Information = ["+CCID:*", "*"] };

    internal static AtCommand Imsi { get; } = new("AT+CIMI", Seconds(20)) { Information = ["+CIMI:*", "#"] };

    // Network (27.007 §7, §8.5)
    internal static AtCommand Signal { get; } = new("AT+CSQ", Local) { Information = ["+CSQ:*"] };

    /// <summary>The cell is told only in format 2, which every restart forgets.</summary>
    internal static AtCommand RegistrationWithCell { get; } =
        new("AT+CREG=2;+CREG?", Local) { Information = ["+CREG:#,#*"] };

    internal static AtCommand Operator { get; } = new("AT+COPS?", Seconds(45)) { Information = ["+COPS:*"] };

    internal static AtCommand Operators { get; } = new("AT+COPS=?", Seconds(45)) { Information = ["+COPS:*"] };

    // Supply and sleep
    internal static AtCommand Battery { get; } = new("AT+CBC", Local) { Information = ["+CBC:*"] };

    /// <summary>Has no OK: the modem is off.</summary>
    internal static AtCommand PowerOff { get; } = new("AT+CPOWD=1", Local) { Success = ["NORMAL POWER *"] };

    // Time
    internal static AtCommand Clock { get; } = new("AT+CCLK?", Local) { Information = ["+CCLK:*"] };

    internal static AtCommand NetworkTime { get; } = new("AT+CLTS=1;&W", Local);

    /// <summary>Whether the time comes by the bearer.</summary>
    internal static AtCommand NtpBearer { get; } = new("AT+CNTPCID=1", Local);

    /// <summary>The OK says that the modem tries; the outcome is the unsolicited <c>+CNTP: 1</c>.</summary>
    internal static AtCommand Ntp { get; } = new("AT+CNTP", Local);

    // Bearer of the modem's own applications, and what needs it
    internal static AtCommand BearerQuery { get; } = new("AT+SAPBR=2,1", Local) { Information = ["+SAPBR:#,#*"] };

    internal static AtCommand BearerOpen { get; } = new("AT+SAPBR=1,1", Seconds(85));

    internal static AtCommand BearerClose { get; } = new("AT+SAPBR=0,1", Seconds(65));

    internal static AtCommand CellLocation { get; } = new("AT+CIPGSMLOC=1,1", Seconds(60))
    {
        Information = ["+CIPGSMLOC:*"],
        RequiresInformation = true,
    };

    // USSD (27.007 §7.15) and short messages (27.005)
    internal static AtCommand UssdCancel { get; } = new("AT+CUSD=2", Local);

    internal static AtCommand SmsPduMode { get; } = new("AT+CMGF=0", Local);

    /// <summary>PDU mode, and <c>+CMTI</c> for each message that was stored.</summary>
    internal static AtCommand SmsAnnounce { get; } = new("AT+CMGF=0;+CNMI=2,1,0,0,0", Local);

    internal static AtCommand SmsList { get; } = new("AT+CMGF=0;+CMGL=4", Seconds(20)) { Information = ["+CMGL:*", "*"] };

    /// <summary>The length of the TPDU stands behind it; the PDU and Ctrl-Z follow the prompt.</summary>
    internal static AtCommand SmsSend { get; } =
        new("AT+CMGS=", Seconds(60)) { Information = ["+CMGS:*"], RequiresInformation = true };

    internal static AtCommand SmsRead(int index) =>
        new(Invariant($"AT+CMGF=0;+CMGR={index}"), Local) { Information = ["+CMGR:*", "*"] };

    internal static AtCommand SmsDelete(int index) => new(Invariant($"AT+CMGD={index}"), Local);

    /// <summary>Secret, because a request may be the code of a voucher.</summary>
    internal static AtCommand Ussd(string request) => new($"AT+CUSD=1,\"{request}\",15", Seconds(20)) { IsSecret = true };

    internal static AtCommand NtpServer(string server, int quarterHours) =>
        new(Invariant($"AT+CNTP=\"{server}\",{quarterHours}"), Local);

    internal static AtCommand BearerSetting(string name, string value) =>
        new($"AT+SAPBR=3,1,\"{name}\",\"{value}\"", Local) { IsSecret = true };

    internal static AtCommand Sleep(SleepMode mode) => new(Invariant($"AT+CSCLK={(int)mode}"), Local);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
