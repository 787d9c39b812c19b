using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Dialects;

/// <summary>The TCP links of a SIM800: six with CIPMUX=1, or one that is transparent (SIM800 manual, chapter 8).</summary>
/// <param name="count">How many there are.</param>
internal sealed class Sim800Links(int count) : ITransparentDialect
{
    private const string Boot = "\r\nRDY\r\n\r\n+CFUN: 1\r\n";

    private static readonly AtPattern UnknownHost = "+CDNSGIP:0,8";
    private readonly Commands[] _links = [.. Enumerable.Range(0, count).Select(link => new Commands(link))];

    internal Sim800Links()
        : this(Sim800Traits.Sim800.Links)
    {
    }

    public int Count => count;

    public ITransparentDialect Transparent => this;

    public string ConnectName => "AT+CIPSTART";

    public IReadOnlyList<AtCommand> BeforeConnect => [];

    /// <summary>The manual says 75 s; units are known to report the failure just after.</summary>
    public TimeSpan OutcomeTimeout { get; } = TimeSpan.FromSeconds(80);

    /// <summary>
    /// <c>CLOSED</c> and <c>+PDP: DEACT</c> come in the middle of the data, and only the silence behind them makes them what they are
    /// (SIM7000 TCPIP Application Note 2.2.4).
    /// </summary>
    public IReadOnlyList<TransparentNotice> TransparentNotices { get; } =
    [
        new("\r\nCLOSED\r\n", TransparentWord.Closed),
        new("\r\nOK\r\n", TransparentWord.Ok),
        .. EndsOfMore(
            "\r\n+PDP: DEACT\r\n",
            "\r\nRDY\r\n",
            Boot,
            Boot + "\r\n+CPIN: READY\r\n",
            Boot + "\r\n+CPIN: SIM PIN\r\n",
            Boot + "\r\n+CPIN: NOT INSERTED\r\n",
            "\r\nNORMAL POWER DOWN\r\n",
            "\r\nUNDER-VOLTAGE POWER DOWN\r\n",
            "\r\nOVER-VOLTAGE POWER DOWN\r\n"),
    ];

    public AtCommand ReturnToData => Sim800Commands.ReturnToData;

    public LinkCommands OfTransparent { get; } = new SingleCommands();

    public LinkCommands Of(int link) => _links[link];

    public AtCommand Connect(int link, string host, int port) => Sim800Commands.Connect(link, host, port);

    public AtCommand ConnectTransparently(string host, int port) => Sim800Commands.ConnectTransparently(host, port);

    public string? Words(UrcKind outcome, string? said) => outcome switch
    {
        UrcKind.Started => null, // a restart has many words
        UrcKind.Closed => "CLOSED",
        UrcKind.CloseOk => "CLOSE OK",
        UrcKind.PdpDeactivated => "+PDP: DEACT",
        UrcKind.AlreadyConnected => "ALREADY CONNECT",
        _ => "CONNECT FAIL",
    };

    public AtCommand? Resolve(string host) => Sim800Commands.Resolve(host);

    public bool IsUnknownHost(in AtResponse response) => UnknownHost.Matches(Encoding.Latin1.GetBytes(response.Final));

    private static IEnumerable<TransparentNotice> EndsOfMore(params string[] texts) =>
        texts.Select(text => new TransparentNotice(text, TransparentWord.Notice));

    /// <summary>The commands of one link of six.</summary>
    private class Commands(int link) : LinkCommands(link)
    {
        internal override int ReadSize => 1460;

        internal override int SafeSendSize => 1024;

        internal override int MaxSendSize => 1460;

        internal override AtCommand Send { get; } = Sim800Commands.Send(link);

        internal override AtCommand? SendLimit { get; } = Sim800Commands.SendLimit(link);

        internal override AtCommand Receive { get; } = Sim800Commands.Receive(link);

        internal override AtCommand Acknowledged { get; } = Sim800Commands.Acknowledged(link);

        internal override AtCommand Status { get; } = Sim800Commands.LinkStatus(link);

        internal override AtCommand Close { get; } = Sim800Commands.Close(link);

        /// <summary><c>DATA ACCEPT:n,length</c>; older firmware says <c>n, SEND OK</c>.</summary>
        internal override int ReadAccepted(in AtResponse response, int length) =>
            response.Numbers.Second is >= 0 and var accepted ? Math.Min(accepted, length) : length;

        internal override int ReadSendLimit(in AtResponse response) => response.FinalResult.IsSuccess ? Math.Max(0, response.Numbers.Second) : 0;

        internal override TcpAcknowledgement ReadAcknowledgement(in AtResponse response) =>
            new(response.Numbers.First, response.Numbers.Second, response.Numbers.Third);

        internal override LinkStatus ReadStatus(in AtResponse response)
        {
            var line = response.Information is [.., var last] ? last : "";
            var state = Says(line, "CLOSED") || Says(line, "CLOSING") ? LinkState.Closed
                : Says(line, "CONNECTED") ? LinkState.Connected
                : Says(line, "CONNECTING") ? LinkState.Connecting
                : LinkState.Unknown;
            return new LinkStatus(state, line.Length > 0 ? line : response.Final);
        }

        private static bool Says(string line, string state) => line.Contains(state, StringComparison.Ordinal);
    }

    /// <summary>The only link, with CIPMUX=0: its commands name no number.</summary>
    private sealed class SingleCommands() : Commands(0)
    {
        internal override AtCommand Acknowledged => Sim800Commands.AcknowledgedSingle;

        internal override AtCommand Close => Sim800Commands.CloseSingle;
    }
}
