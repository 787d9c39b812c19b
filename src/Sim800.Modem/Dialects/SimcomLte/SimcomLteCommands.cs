using System.Globalization;
using System.Net;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>
/// The commands of SIMCom's LTE modems as a table: command line, how long its first and its second part may take (A76XX Series AT Command Manual
/// V1.09; 10 s for what the modem answers out of its own memory), information text and results.
/// </summary>
internal static class SimcomLteCommands
{
    /// <summary>How long the modem itself tries to open the socket service, to connect and to send, in milliseconds; the outcome comes within them.</summary>
    private const int OpenLimit = 75_000;
    private const int ConnectLimit = 60_000;
    private const int SendLimit = 15_000;

    /// <summary>The modem's own limits, and what its line may come later.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>After them no command is answered any more.</summary>
    private static readonly string[] Restarts = ["*ATREADY:*", "RDY", "NORMAL POWER *", "UNDER-VOLTAGE WARNNING POWER *", "UNDER-VOLTAGE POWER *"];

    private static readonly TimeSpan Local = TimeSpan.FromSeconds(10);

    internal static TimeSpan ConnectTimeout { get; } = TimeSpan.FromMilliseconds(ConnectLimit) + Margin;

    // Identity, SIM card, restart, power and clock
    internal static AtCommand PinTriesLeft { get; } = new("AT+SPIC", Local) { Information = ["+SPIC:*"], IsRepeatable = true };

    internal static AtCommand Manufacturer { get; } = new("AT+CGMI", Local) { Information = ["*"], RequiresInformation = true };

    internal static AtCommand Model { get; } = new("AT+CGMM", Local) { Information = ["*"], RequiresInformation = true };

    internal static AtCommand Imei { get; } = new("AT+CGSN", Local) { Information = ["+CGSN:*", "\"*", "#"], RequiresInformation = true };

    internal static AtCommand Iccid { get; } = new("AT+CICCID", Local) { Information = ["+ICCID:*", "+CICCID:*", "*"] };

    internal static AtCommand ServingCell { get; } = new("AT+CPSI?", Local) { Information = ["+CPSI:*"], IsRepeatable = true };

    internal static AtCommand Restart { get; } = new("AT+CRESET", Local) { Interruption = [.. Restarts] };

    internal static AtCommand PowerOff { get; } = new("AT+CPOF", Local) { Success = [AtCommand.FinalOk, "NORMAL POWER *"] };

    /// <summary>A new module says nothing of a supply that is too low; a SIM800 does unasked.</summary>
    internal static AtCommand SupplyWarnings { get; } = new("AT+CVALARM=1", Local) { IsRepeatable = true };

    internal static AtCommand UseNetworkTime { get; } = new("AT+CTZR=1;+CTZU=1", Local) { IsRepeatable = true };

    internal static AtCommand Ntp { get; } = new("AT+CNTP", Local)
    {
        Late = ["+CNTP:0*"],
        LateFailure = ["+CNTP:*"],
        LateTimeout = TimeSpan.FromSeconds(60),
        Interruption = [.. Restarts],
    };

    /// <summary>Searches a network by itself. The registration is asked for anyway.</summary>
    internal static AtCommand SelectOperator { get; } = new("AT+COPS=0", TimeSpan.FromSeconds(60)) { IsRepeatable = true, CalledAfter = TimeSpan.FromSeconds(30) };

    // The socket service. Nothing of it is kept over a restart.
    internal static AtCommand CommandMode { get; } = new("AT+CIPMODE=0", Local) { IsRepeatable = true };

    /// <summary>The result of a send comes when the modem's own stack has the bytes.</summary>
    internal static AtCommand SendWithoutAcknowledgement { get; } = new("AT+CIPSENDMODE=0", Local) { IsRepeatable = true };

    /// <summary>Ten repetitions, errors in words, the header <c>+RECEIVE</c> should data be pushed at all.</summary>
    internal static AtCommand Configure { get; } = new("AT+CIPCCFG=10,0,0,1,1,0,500", Local) { IsRepeatable = true };

    internal static AtCommand Limits { get; } = new(Invariant($"AT+CIPTIMEOUT={OpenLimit},{ConnectLimit},{SendLimit}"), Local) { IsRepeatable = true };

    internal static AtCommand NoPayloadEcho { get; } = new("AT+CIPCFG=\"DATAECHO\",OFF", Local) { IsRepeatable = true };

    internal static AtCommand ManualReceive { get; } = new("AT+CIPRXGET=1", Local) { IsRepeatable = true };

    /// <summary>After ten idle minutes the peer is asked whether it is there, three times with a minute between.</summary>
    internal static AtCommand KeepAlive { get; } = new("AT+CTCPKA=1,10,3,1", Local) { IsRepeatable = true };

    /// <summary>That it is open already comes as an error, and is none.</summary>
    internal static AtCommand OpenService { get; } = new("AT+NETOPEN", Local)
    {
        Late = ["+NETOPEN:0"],
        LateFailure = ["+NETOPEN:*", "+IP ERROR:*"], // one that cannot be read too: the state tells what has become of it
        LateInterruption = ["+CIPEVENT:*"],
        LateTimeout = TimeSpan.FromMilliseconds(OpenLimit) + Margin,
        Interruption = [.. Restarts],
    };

    /// <summary>1 open, 0 closed: the same line behind <see cref="OpenService"/> would mean the contrary.</summary>
    internal static AtCommand ServiceState { get; } = new("AT+NETOPEN?", Local) { Information = ["+NETOPEN:#*"], RequiresInformation = true, IsRepeatable = true };

    /// <summary>That it is closed already comes as an error, and is none. The manual allows two minutes.</summary>
    internal static AtCommand CloseService { get; } = new("AT+NETCLOSE", Local)
    {
        Late = ["+NETCLOSE:0"],
        LateFailure = ["+NETCLOSE:*", "+IP ERROR:*"],
        LateTimeout = TimeSpan.FromSeconds(120),
        Interruption = [.. Restarts],
        IsRepeatable = true,
    };

    internal static AtCommand LocalAddress { get; } = new("AT+IPADDR", Local) { Information = ["+IPADDR:*", "+IP ERROR:*"], IsRepeatable = true };

    /// <summary>A flag for each link.</summary>
    internal static AtCommand LinkStates { get; } = new("AT+CIPCLOSE?", Local) { Information = ["+CIPCLOSE:#,#,#,#*"], IsOfLink = true, IsRepeatable = true };

    // Commands with arguments
    internal static AtCommand NtpServer(string server, int quarterHours) => new(Invariant($"AT+CNTP=\"{server}\",{quarterHours}"), Local);

    /// <summary>AT+IPR would last until the next restart. The OK comes at the old rate, or is garbled by the change.</summary>
    internal static AtCommand SetBaudRate(int rate) => new(Invariant($"AT+IPREX={rate}"), TimeSpan.FromSeconds(2)) { IsProbe = true };

    internal static AtCommand Sleep(int mode) => new(Invariant($"AT+CSCLK={mode}"), Local);

    internal static AtCommand NameServers(IReadOnlyList<IPAddress> servers) =>
        new("AT+CDNSCFG=" + string.Join(',', servers.Select(server => $"\"{server}\"")), Local) { IsRepeatable = true };

    /// <summary>The manuals have the password first, and firmware is known that wants the user first.</summary>
    internal static AtCommand Credentials(string? user, string? password, bool isUserFirst) =>
        new(isUserFirst ? $"AT+CGAUTH=1,1,\"{user}\",\"{password}\"" : $"AT+CGAUTH=1,1,\"{password}\",\"{user}\"", Local) { IsSecret = true, IsRepeatable = true };

    /// <summary>
    /// The OK says that the modem tries; the outcome is the unsolicited <c>+CIPOPEN: n,0</c> or <c>+CIPOPEN: n,error</c>. An error at once comes before
    /// <c>ERROR</c>; that the service is not open is then part of the answer.
    /// </summary>
    internal static AtCommand Connect(int link, string host, int port) =>
        new(Invariant($"AT+CIPOPEN={link},\"TCP\",\"{host}\",{port}"), Local)
        {
            Information = [Invariant($"+CIPOPEN:{link},2"), "+IP ERROR:*"],
            Interruption = [.. Restarts],
        };

    internal static AtCommand Send(int link) => new(Invariant($"AT+CIPSEND={link},"), Local)
    {
        Late = [Invariant($"+CIPSEND:{link},#,#")],
        LateFailure = [Invariant($"+CIPSEND:{link},#,*"), "+CIPERROR:#", "+IP ERROR:*"],
        LateInterruption = [Invariant($"+IPCLOSE:{link},#*"), "+CIPEVENT:*"],
        LateTimeout = TimeSpan.FromMilliseconds(SendLimit) + Margin,
        Interruption = [.. Restarts],
        IsNumeric = true,
        IsOfLink = true,
    };

    /// <summary>The bytes follow the information line, counted by its third number; the fourth says how many are left.</summary>
    internal static AtCommand Receive(int link) => new(Invariant($"AT+CIPRXGET=2,{link},1500"), Local)
    {
        Information = [Invariant($"+CIPRXGET:2,{link},#,#"), "+IP ERROR:*"],
        Interruption = [.. Restarts],
        RequiresInformation = true,
        IsNumeric = true,
        IsOfLink = true,
    };

    internal static AtCommand Pending(int link) => new(Invariant($"AT+CIPRXGET=4,{link}"), Local)
    {
        Information = [Invariant($"+CIPRXGET:4,{link},#"), "+IP ERROR:*"],
        IsNumeric = true,
        IsOfLink = true,
        IsRepeatable = true,
    };

    internal static AtCommand Acknowledged(int link) => new(Invariant($"AT+CIPACK={link}"), Local)
    {
        Information = ["+CIPACK:#,#,#", "+IP ERROR:*"],
        IsNumeric = true,
        IsOfLink = true,
        IsRepeatable = true,
    };

    internal static AtCommand Close(int link) => new(Invariant($"AT+CIPCLOSE={link}"), Local)
    {
        Late = [Invariant($"+CIPCLOSE:{link},0")],
        LateFailure = [Invariant($"+CIPCLOSE:{link},#"), "+CIPERROR:#", "+IP ERROR:*"],
        LateInterruption = ["+CIPEVENT:*"],
        LateTimeout = TimeSpan.FromSeconds(20),
        Interruption = [.. Restarts],
        IsOfLink = true,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
