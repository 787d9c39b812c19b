using System.Globalization;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Dialects;

/// <summary>The TCP links of SIMCom's LTE modems: ten of them, on a socket service that is open.</summary>
internal sealed class SimcomLteLinks : ILinkDialect
{
    private const int MaxLinks = 10;

    private readonly Commands[] _links = [.. Enumerable.Range(0, MaxLinks).Select(link => new Commands(link))];

    public int Count => MaxLinks;

    /// <summary>The end of such a link stands in the middle of the data, and nothing tells it from data.</summary>
    public ITransparentDialect? Transparent => null;

    public string ConnectName => "AT+CIPOPEN";

    /// <summary>Some firmware takes it only while nothing is open, and some only when the service is.</summary>
    public IReadOnlyList<AtCommand> BeforeConnect { get; } = [SimcomLteCommands.ManualReceive];

    public TimeSpan OutcomeTimeout => SimcomLteCommands.ConnectTimeout;

    public LinkCommands Of(int link) => _links[link];

    public AtCommand Connect(int link, string host, int port) => SimcomLteCommands.Connect(link, host, port);

    public string? Words(UrcKind outcome, string? said) => outcome == UrcKind.PdpDeactivated && said is null ? "+CIPEVENT" : said;

    public AtCommand? Resolve(string host) => null;

    public bool IsUnknownHost(in AtResponse response) => false;

    /// <summary>The commands of one link of ten.</summary>
    private sealed class Commands(int link) : LinkCommands(link)
    {
        private const int NotOpen = 2;

        internal override int ReadSize => 1500;

        internal override int SafeSendSize => MaxSendSize;

        internal override int MaxSendSize => 1500;

        internal override AtCommand Send { get; } = SimcomLteCommands.Send(link);

        internal override AtCommand Receive { get; } = SimcomLteCommands.Receive(link);

        internal override AtCommand? Pending { get; } = SimcomLteCommands.Pending(link);

        internal override AtCommand Acknowledged { get; } = SimcomLteCommands.Acknowledged(link);

        internal override AtCommand Status => SimcomLteCommands.LinkStates;

        internal override AtCommand Close { get; } = SimcomLteCommands.Close(link);

        /// <summary>A link that took a part is of no use any more, by the manuals' word.</summary>
        internal override bool TakesParts => false;

        internal override bool OutlivesPeer => true;

        /// <summary><c>+CIPSEND: n,requested,taken</c>.</summary>
        internal override int ReadAccepted(in AtResponse response, int length) =>
            response.Numbers.Second == length ? Math.Max(0, response.Numbers.Third) : 0;

        internal override int ReadPending(in AtResponse response) => Math.Max(0, response.Numbers.Third);

        /// <summary>In words, or as one of two numbers: the lists of the manuals disagree.</summary>
        internal override bool IsNothingToRead(in AtResponse response) =>
            !response.FinalResult.IsSuccess
            && (response.Numbers.First is 21 or 22
                || response.Information.Any(line => line.Contains("No data", StringComparison.OrdinalIgnoreCase)));

        /// <summary>Sent, acknowledged, received: what is on its way is the difference.</summary>
        internal override TcpAcknowledgement ReadAcknowledgement(in AtResponse response) =>
            new(response.Numbers.First, response.Numbers.Second, Math.Max(0, response.Numbers.First - response.Numbers.Second));

        internal override SendRefusal? ReadRefusal(in AtResponse response)
        {
            if (response.Information is [.., var words])
            {
                return new SendRefusal(TcpLinkReason.SendFailed, words);
            }

            return response.Numbers.First < 0 || !string.Equals(response.Final, "ERROR", StringComparison.Ordinal)
                ? null
                : new SendRefusal(
                    response.Numbers.First == NotOpen ? TcpLinkReason.ContextDeactivated : TcpLinkReason.SendFailed,
                    string.Create(CultureInfo.InvariantCulture, $"+CIPERROR: {response.Numbers.First}"));
        }

        /// <summary><c>+CIPCLOSE: n,4</c> before <c>ERROR</c>: there is no such connection.</summary>
        internal override bool IsClosed(in AtResponse response) =>
            response.Information.Any(line => line.StartsWith("+CIPCLOSE:", StringComparison.Ordinal));

        /// <summary>A link that is not connected may still be connecting: only its own line says that it has failed.</summary>
        internal override LinkStatus ReadStatus(in AtResponse response)
        {
            var line = response.Information is [.., var last] ? last : "";
            var flags = new AtArguments(Encoding.Latin1.GetBytes(line));
            var flag = -1;
            for (var at = 0; at <= Link; at++)
            {
                flag = flags.TryReadInt(out var value) ? value : -1;
            }

            return new LinkStatus(flag == 1 ? LinkState.Connected : LinkState.Unknown, line.Length > 0 ? line : response.Final);
        }
    }
}
