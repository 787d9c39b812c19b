using System.Globalization;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>
/// The commands of V.250, 27.007 and 27.005, which every modem has, as a table: command line, maximum response time (5 s where the manuals
/// give none), information text, the command's own final results, and whether it may be repeated when its answer was lost.
/// </summary>
internal static class StandardCommands
{
    private static readonly TimeSpan Local = TimeSpan.FromSeconds(5);

    // V.250: the modem answers, echo, rate and flow control of the line
    internal static AtCommand Attention { get; } = new("AT", Seconds(1));

    /// <summary>A probe before anything is known about the line: no answer is expected.</summary>
    internal static AtCommand Probe { get; } = new("AT", Seconds(1)) { IsProbe = true };

    /// <summary>The same at a baud rate that is only a guess.</summary>
    internal static AtCommand QuickProbe { get; } = Probe with { Timeout = TimeSpan.FromMilliseconds(500) };

    internal static AtCommand EchoOff { get; } = new("ATE0", Local) { IsRepeatable = true };

    internal static AtCommand BaudRateQuery { get; } = new("AT+IPR?", Local) { Information = ["+IPR:*"], IsRepeatable = true };

    internal static AtCommand Save { get; } = new("AT&W", Local) { IsRepeatable = true };

    internal static AtCommand HardwareFlowControl { get; } = new("AT+IFC=2,2", Local) { IsRepeatable = true };

    // 27.007 §9: errors in words
    internal static AtCommand VerboseErrors { get; } = new("AT+CMEE=2", Local) { IsRepeatable = true };

    /// <summary>Errors in words, and no echo: both are lost with every restart.</summary>
    internal static AtCommand VerboseErrorsEchoOff { get; } = new("AT+CMEE=2;E0", Local) { IsRepeatable = true };

    /// <summary>The same, and the model between them: it costs no exchange of its own.</summary>
    internal static AtCommand VerboseErrorsModelEchoOff { get; } =
        new("AT+CMEE=2;+CGMM;E0", Local) { Information = ["*"], IsRepeatable = true };

    /// <summary>Errors in words, the number of the device, and no echo, for a modem that may be known by it.</summary>
    internal static AtCommand VerboseErrorsImeiEchoOff { get; } =
        new("AT+CMEE=2;+GSN;E0", Local) { Information = ["*"], IsRepeatable = true };

    /// <summary>A fence: its answer is unmistakable, so everything before it has been consumed.</summary>
    internal static AtCommand ErrorFormat { get; } =
        new("AT+CMEE?", Local) { Information = ["+CMEE:#"], RequiresInformation = true, IsFence = true, IsRepeatable = true };

    /// <summary>The commands of a resynchronisation in their order; the last one is a fence.</summary>
    internal static IReadOnlyList<AtCommand> Resynchronisation { get; } = [Attention, EchoOff, VerboseErrors, ErrorFormat];

    // V.250 §6.1 and 27.007 §5: who the modem is
    internal static AtCommand Manufacturer { get; } = new("AT+GMI", Local) { Information = ["*"], RequiresInformation = true };

    internal static AtCommand Model { get; } = new("AT+GMM", Local) { Information = ["*"] };

    internal static AtCommand Product { get; } = new("ATI", Local) { Information = ["*"] };

    /// <summary>Several lines with model and build, of modems of this manufacturer that do not tell them otherwise.</summary>
    internal static AtCommand SimcomIdentity { get; } = new("AT+SIMCOMATI", Local) { Information = ["*"] };

    internal static AtCommand Firmware { get; } =
        new("AT+GMR", Local) { Information = ["Revision:*", "*"], RequiresInformation = true };

    internal static AtCommand Imei { get; } = new("AT+GSN", Local) { Information = ["+GSN:*", "+CGSN:*", "IMEI:*", "\"*", "#"], RequiresInformation = true };

    internal static AtCommand Imsi { get; } = new("AT+CIMI", Seconds(20)) { Information = ["+CIMI:*", "IMSI:*", "\"*", "#"] };

    // 27.007 §7 and §8: SIM card, registration, operator, signal, clock, battery
    internal static AtCommand PinQuery { get; } = new("AT+CPIN?", Seconds(5)) { Information = ["+CPIN:*"], IsRepeatable = true };

    internal static AtCommand RegistrationQuery { get; } = new("AT+CREG?", Local) { Information = ["+CREG:#,#*"], IsRepeatable = true };

    /// <summary>The cell is reported only in format 2, which is lost with every restart.</summary>
    internal static AtCommand RegistrationWithCell { get; } =
        new("AT+CREG=2;+CREG?", Local) { Information = ["+CREG:#,#*"], IsRepeatable = true };

    internal static AtCommand LteRegistrationQuery { get; } = new("AT+CEREG?", Local) { Information = ["+CEREG:#,#*"], IsRepeatable = true };

    internal static AtCommand LteRegistrationWithCell { get; } =
        new("AT+CEREG=2;+CEREG?", Local) { Information = ["+CEREG:#,#*"], IsRepeatable = true };

    internal static AtCommand DataRegistrationQuery { get; } = new("AT+CGREG?", Local) { Information = ["+CGREG:#,#*"], IsRepeatable = true };

    internal static AtCommand TeCharacterSet { get; } = new("AT+CSCS?", Local) { Information = ["+CSCS:*"], IsRepeatable = true };

    internal static AtCommand Operator { get; } = new("AT+COPS?", Seconds(10)) { Information = ["+COPS:*"], IsRepeatable = true };

    internal static AtCommand Operators { get; } = new("AT+COPS=?", Seconds(45)) { Information = ["+COPS:*"] };

    internal static AtCommand Signal { get; } = new("AT+CSQ", Local) { Information = ["+CSQ:*"], IsRepeatable = true };

    internal static AtCommand Clock { get; } = new("AT+CCLK?", Local) { Information = ["+CCLK:*"], IsRepeatable = true };

    internal static AtCommand Battery { get; } = new("AT+CBC", Local) { Information = ["+CBC:*"], IsRepeatable = true };

    // 27.007 §10: packet domain
    internal static AtCommand AttachQuery { get; } = new("AT+CGATT?", Local) { Information = ["+CGATT:#"], IsRepeatable = true };

    internal static AtCommand Attach { get; } = new("AT+CGATT=1", Seconds(75)) { IsRepeatable = true, CalledAfter = Seconds(15) };

    internal static AtCommand Detach { get; } = new("AT+CGATT=0", Seconds(75)) { IsRepeatable = true, CalledAfter = Seconds(15) };

    /// <summary>Which access points the contexts have.</summary>
    internal static AtCommand Contexts { get; } = new("AT+CGDCONT?", Seconds(10)) { Information = ["+CGDCONT:*"], IsRepeatable = true };

    /// <summary>The radio off, and on again.</summary>
    internal static AtCommand RadioOff { get; } = new("AT+CFUN=4", Seconds(30)) { IsRepeatable = true };

    internal static AtCommand RadioOn { get; } = new("AT+CFUN=1", Seconds(30)) { IsRepeatable = true };

    // 27.007 §7.15: USSD
    internal static AtCommand UssdCancel { get; } = new("AT+CUSD=2", Local);

    // 27.005: short messages in PDU mode
    internal static AtCommand SmsPduMode { get; } = new("AT+CMGF=0", Local) { IsRepeatable = true };

    /// <summary>PDU mode, and <c>+CMTI</c> for each message that was stored.</summary>
    internal static AtCommand SmsAnnounce { get; } = new("AT+CMGF=0;+CNMI=2,1,0,0,0", Local) { IsRepeatable = true };

    /// <summary>The same, and <c>+CDS</c> for each status report.</summary>
    internal static AtCommand SmsAnnounceReports { get; } = new("AT+CMGF=0;+CNMI=2,1,0,1,0", Local) { IsRepeatable = true };

    /// <summary>Which memory commands are about, and which one messages are received in.</summary>
    internal static AtCommand SmsStorage { get; } = new("AT+CPMS?", Local) { Information = ["+CPMS:*"], IsRepeatable = true };

    internal static AtCommand SmsList { get; } = new("AT+CMGF=0;+CMGL=4", Seconds(20)) { Information = ["+CMGL:*", "*"] };

    /// <summary>The length of the TPDU stands behind it; the PDU and Ctrl-Z follow the prompt.</summary>
    internal static AtCommand SmsSend { get; } =
        new("AT+CMGS=", Seconds(60)) { Information = ["+CMGS:*"], RequiresInformation = true };

    // Commands with arguments
    /// <summary>The OK comes at the old rate, or is garbled by the change.</summary>
    internal static AtCommand SetBaudRate(int rate) => new(Invariant($"AT+IPR={rate}"), Seconds(2)) { IsProbe = true };

    internal static AtCommand EnterPin(string pin) => new($"AT+CPIN=\"{pin}\"", Seconds(5)) { IsSecret = true };

    internal static AtCommand Context(string type, string apn) => new($"AT+CGDCONT=1,\"{type}\",\"{apn}\"", Seconds(10)) { IsRepeatable = true };

    internal static AtCommand SmsRead(int index) =>
        new(Invariant($"AT+CMGF=0;+CMGR={index}"), Local) { Information = ["+CMGR:*", "*"] };

    internal static AtCommand SmsSelect(string memory) =>
        new($"AT+CPMS=\"{memory}\"", Local) { Information = ["+CPMS:*"], IsRepeatable = true };

    internal static AtCommand SmsDelete(int index) => new(Invariant($"AT+CMGD={index}"), Local);

    /// <summary>Secret, because a request may be the code of a voucher.</summary>
    internal static AtCommand Ussd(string request) => new($"AT+CUSD=1,\"{request}\",15", Seconds(20)) { IsSecret = true };

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
