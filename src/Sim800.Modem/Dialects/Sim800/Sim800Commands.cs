using System.Globalization;
using System.Net;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>
/// The SIM800's own commands as a table: command line, maximum response time (SIM800 Series AT Command Manual V1.12; 5 s where it says
/// "-"), information text, the command's own final results, and whether it may be repeated when its answer was lost.
/// </summary>
internal static class Sim800Commands
{
    /// <summary>
    /// Signs of a restart: after them an IP command is never answered. Not <c>Call Ready</c>: it comes seconds after the PIN, when a
    /// connection may already be open.
    /// </summary>
    private static readonly string[] Restarts =
        ["RDY", "+CFUN:1", "NORMAL POWER *", "UNDER-VOLTAGE POWER *", "OVER-VOLTAGE POWER *"];

    private static readonly TimeSpan Local = TimeSpan.FromSeconds(5);

    // SIM card, restart, power and clock
    internal static AtCommand PinTriesLeft { get; } = new("AT+SPIC", Local) { Information = ["+SPIC:*"], IsRepeatable = true };

    internal static AtCommand Iccid { get; } = new("AT+CCID", Local) { Information = ["+CCID:*", "*"] };

    internal static AtCommand Restart { get; } = new("AT+CFUN=1,1", Seconds(10));

    /// <summary>Has no OK: the modem is off.</summary>
    internal static AtCommand PowerOff { get; } = new("AT+CPOWD=1", Local) { Success = ["NORMAL POWER *"] };

    internal static AtCommand UseNetworkTime { get; } = new("AT+CLTS=1;&W", Local);

    /// <summary>Whether the time comes by the bearer.</summary>
    internal static AtCommand NtpBearer { get; } = new("AT+CNTPCID=1", Local);

    /// <summary>The OK says that the modem tries; the outcome is the unsolicited <c>+CNTP: 1</c>.</summary>
    internal static AtCommand Ntp { get; } = new("AT+CNTP", Local);

    // The bearer of the modem's own applications, and what needs it
    internal static AtCommand BearerQuery { get; } = new("AT+SAPBR=2,1", Local) { Information = ["+SAPBR:#,#*"] };

    internal static AtCommand BearerOpen { get; } = new("AT+SAPBR=1,1", Seconds(85));

    internal static AtCommand BearerClose { get; } = new("AT+SAPBR=0,1", Seconds(65));

    internal static AtCommand LocateByCell { get; } = new("AT+CIPGSMLOC=1,1", Seconds(60))
    {
        Information = ["+CIPGSMLOC:*"],
        RequiresInformation = true,
    };

    // The IP stack (chapter 8)
    /// <summary>Ends within a second in any state, whatever the manual allows it.</summary>
    internal static AtCommand Shut { get; } = new("AT+CIPSHUT", Seconds(65))
    {
        Success = ["SHUT OK"],
        IsRepeatable = true,
        CalledAfter = Seconds(10),
    };

    /// <summary>
    /// Six links, quick send, data on request, and not the modem's own TLS: firmware without it answers ERROR to the whole line.
    /// All of it is lost with every restart.
    /// </summary>
    internal static AtCommand ManualLinks { get; } = new("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1;+CIPSSL=0", Local) { IsRepeatable = true };

    internal static AtCommand PushLinks { get; } = new("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=0;+CIPSSL=0", Local) { IsRepeatable = true };

    /// <summary>DTR released leads from data to commands, and does not hang up.</summary>
    internal static AtCommand DtrIsEscape { get; } = new("AT&D1", Local) { IsRepeatable = true };

    internal static AtCommand BringUpContext { get; } = new("AT+CIICR", Seconds(85)) { CalledAfter = Seconds(15), Interruption = [.. Restarts] };

    /// <summary>CIFSR has no final result of its own; E0 behind it supplies the OK.</summary>
    internal static AtCommand LocalAddress { get; } = new("AT+CIFSR;E0", Local) { Information = ["#.#.#.#"], IsRepeatable = true };

    /// <summary>The same without it: the address ends the command. One that is damaged on its way costs the time limit.</summary>
    internal static AtCommand LocalAddressAlone { get; } = new("AT+CIFSR", Local) { Success = ["#.#.#.#"], IsRepeatable = true };

    /// <summary>OK comes first; the state ends it. With CIPMUX=1 six lines follow, which are of no use here.</summary>
    internal static AtCommand Status { get; } = new("AT+CIPSTATUS", Local) { Success = ["STATE:*"], IsRepeatable = true };

    /// <summary>Back to the data of a transparent connection; refused when it has ended meanwhile.</summary>
    internal static AtCommand ReturnToData { get; } = new("ATO", Local)
    {
        Success = ["CONNECT"],
        Failure = ["NO CARRIER"],
        Interruption = ["CLOSED", "+PDP:DEACT", .. Restarts],
        EntersDataMode = true,
        IsOfLink = true,
    };

    /// <summary>Quick close of the only link.</summary>
    internal static AtCommand CloseSingle { get; } = new("AT+CIPCLOSE=1", Local) { Success = ["CLOSE OK"], IsOfLink = true };

    internal static AtCommand AcknowledgedSingle { get; } =
        new("AT+CIPACK", Local) { Information = ["+CIPACK:#,#,#"], IsNumeric = true, IsOfLink = true, IsRepeatable = true };

    // Commands with arguments
    internal static AtCommand NtpServer(string server, int quarterHours) =>
        new(Invariant($"AT+CNTP=\"{server}\",{quarterHours}"), Local);

    internal static AtCommand BearerSetting(string name, string value) =>
        new($"AT+SAPBR=3,1,\"{name}\",\"{value}\"", Local) { IsSecret = true };

    internal static AtCommand Sleep(int mode) => new(Invariant($"AT+CSCLK={mode}"), Local);

    /// <summary>Five repetitions, 200 ms to gather a packet, its size, and whether <c>+++</c> is the escape.</summary>
    internal static AtCommand TransparentMode(int sendSize, bool byPluses) =>
        new(Invariant($"AT+CIPMUX=0;+CIPMODE=1;+CIPCCFG=5,2,{sendSize},{(byPluses ? 1 : 0)};+CIPSSL=0"), Local) { IsRepeatable = true };

    internal static AtCommand StartTask(string? apn, string? user, string? password) =>
        new(apn is null ? "AT+CSTT" : $"AT+CSTT=\"{apn}\",\"{user}\",\"{password}\"", Local) { IsSecret = true };

    internal static AtCommand NameServers(IReadOnlyList<IPAddress> servers) =>
        new("AT+CDNSCFG=" + string.Join(',', servers.Select(server => $"\"{server}\"")), Local) { IsRepeatable = true };

    /// <summary>The OK only says that the modem tries; the outcome is the unsolicited <c>n, CONNECT OK</c> or <c>n, CONNECT FAIL</c>.</summary>
    internal static AtCommand Connect(int link, string host, int port) =>
        new(Invariant($"AT+CIPSTART={link},\"TCP\",\"{host}\",{port}"), Local)
        {
            Interruption = [Invariant($"{link},ALREADY CONNECT")],
        };

    /// <summary>OK comes first; the line behind it tells the address, or that there is none (8) or no network (3).</summary>
    internal static AtCommand Resolve(string host) => new($"AT+CDNSGIP=\"{host}\"", Seconds(60))
    {
        Success = ["+CDNSGIP:1,*"],
        Failure = ["+CDNSGIP:0,#"],
    };

    /// <summary>With CIPMODE=1 the outcome is the final result. Up to 160 s, because the modem may bring up its context first.</summary>
    internal static AtCommand ConnectTransparently(string host, int port) =>
        new(Invariant($"AT+CIPSTART=\"TCP\",\"{host}\",{port}"), Seconds(160))
        {
            Success = ["CONNECT"],
            Failure = ["CONNECT FAIL", "CONNECT OK", "ALREADY CONNECT", "CLOSED", "CLOSE OK"],
            Interruption = ["+PDP:DEACT", .. Restarts],
            EntersDataMode = true,
        };

    internal static AtCommand Send(int link) => new(Invariant($"AT+CIPSEND={link},"), Seconds(60))
    {
        Success = [Invariant($"DATA ACCEPT:{link},#"), Invariant($"{link},SEND OK")],
        Failure = [Invariant($"{link},SEND FAIL"), "SEND FAIL"],
        Interruption = [Invariant($"{link},CLOSED"), "+PDP:DEACT", .. Restarts],
        IsNumeric = true,
        IsOfLink = true,
    };

    internal static AtCommand SendLimit(int link) =>
        new("AT+CIPSEND?", Local) { Information = [Invariant($"+CIPSEND:{link},#")], IsNumeric = true, IsOfLink = true, IsRepeatable = true };

    /// <summary>The bytes follow the information line, counted by its third number; the fourth says how many are left.</summary>
    internal static AtCommand Receive(int link) => new(Invariant($"AT+CIPRXGET=2,{link},1460"), Seconds(10))
    {
        Information = [Invariant($"+CIPRXGET:2,{link},#,#")],
        Interruption = [.. Restarts],
        RequiresInformation = true,
        IsNumeric = true,
        IsOfLink = true,
    };

    internal static AtCommand Acknowledged(int link) =>
        new(Invariant($"AT+CIPACK={link}"), Local) { Information = ["+CIPACK:#,#,#"], IsNumeric = true, IsOfLink = true, IsRepeatable = true };

    internal static AtCommand LinkStatus(int link) =>
        new(Invariant($"AT+CIPSTATUS={link}"), Local) { Information = [Invariant($"+CIPSTATUS:{link},*")], IsOfLink = true, IsRepeatable = true };

    /// <summary>Quick close: at once, without waiting for the peer's FIN.</summary>
    internal static AtCommand Close(int link) =>
        new(Invariant($"AT+CIPCLOSE={link},1"), Local) { Success = [Invariant($"{link},CLOSE OK"), "CLOSE OK"], IsOfLink = true };

    /// <summary>The same line for firmware that has no TLS to switch off.</summary>
    internal static AtCommand WithoutSsl(AtCommand line) =>
        line with { Text = line.Text.Replace(";+CIPSSL=0", "", StringComparison.Ordinal) };

    /// <summary>The commands of a concatenated line, one by one.</summary>
    internal static IEnumerable<AtCommand> Singly(AtCommand line) =>
        line.Text[2..].Split(';').Select(command => line with { Text = "AT" + command });

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
