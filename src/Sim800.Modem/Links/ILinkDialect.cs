using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>How one family of modems opens TCP links. What its unsolicited result codes mean to a link is in the rows of its table of them.</summary>
internal interface ILinkDialect
{
    /// <summary>How many links may be open at once.</summary>
    int Count { get; }

    /// <summary>How a transparent link is opened; <c>null</c> where there is none.</summary>
    ITransparentDialect? Transparent { get; }

    /// <summary>The commands of one of several links.</summary>
    LinkCommands Of(int link);

    /// <summary>Opens a link. The final result says that the modem tries; the outcome is an unsolicited result code.</summary>
    AtCommand Connect(int link, string host, int port);

    /// <summary>What opens a link, without arguments.</summary>
    string ConnectName { get; }

    /// <summary>What has to be set before every <see cref="Connect"/>; whether the modem takes it does not matter.</summary>
    IReadOnlyList<AtCommand> BeforeConnect { get; }

    /// <summary>How long the outcome of <see cref="Connect"/> may take.</summary>
    TimeSpan OutcomeTimeout { get; }

    /// <summary>The words in which the modem reports this outcome of a connection attempt.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="said">The line that told it; <c>null</c> when none did, or its words say no more than the outcome.</param>
    string? Words(UrcKind outcome, string? said);

    /// <summary>Looks up a name; <c>null</c> where the outcome of <see cref="Connect"/> tells a name that does not exist.</summary>
    AtCommand? Resolve(string host);

    /// <summary>Whether this is the answer to <see cref="Resolve"/> for a name that does not exist.</summary>
    bool IsUnknownHost(in AtResponse response);
}

/// <summary>How one family of modems opens a link that has the whole serial line.</summary>
internal interface ITransparentDialect : ILinkDialect
{
    /// <summary>What the modem itself says within the data of a transparent link.</summary>
    IReadOnlyList<TransparentNotice> TransparentNotices { get; }

    /// <summary>From command mode back to the data of the transparent link.</summary>
    AtCommand ReturnToData { get; }

    /// <summary>The commands of the transparent link, in command mode.</summary>
    LinkCommands OfTransparent { get; }

    /// <summary>Opens the transparent link: the final result is the outcome.</summary>
    AtCommand ConnectTransparently(string host, int port);
}

/// <summary>The commands of one link and what their answers mean. Made once, so that traffic allocates none.</summary>
/// <param name="link">The number of the link.</param>
internal abstract class LinkCommands(int link)
{
    internal int Link => link;

    /// <summary>The most bytes that one read returns.</summary>
    internal abstract int ReadSize { get; }

    /// <summary>How many bytes a send takes on every network; for more the modem is asked.</summary>
    internal abstract int SafeSendSize { get; }

    /// <summary>The most bytes that a send takes.</summary>
    internal abstract int MaxSendSize { get; }

    /// <summary>Sends as many bytes as the number behind it says.</summary>
    internal abstract AtCommand Send { get; }

    /// <summary>Asks how many bytes a send may have; <c>null</c> where that is always the same.</summary>
    internal virtual AtCommand? SendLimit => null;

    /// <summary>Asks how many received bytes there are, where a read in vain is an error; <c>null</c> where it is none.</summary>
    internal virtual AtCommand? Pending => null;

    /// <summary>Whether the modem may take less than it was given, and the link goes on.</summary>
    internal virtual bool TakesParts => true;

    /// <summary>Whether the modem keeps the link until it is closed here too, after the peer has closed it.</summary>
    internal virtual bool OutlivesPeer => false;

    /// <summary>Reads received bytes.</summary>
    internal abstract AtCommand Receive { get; }

    /// <summary>Asks what the peer has acknowledged.</summary>
    internal abstract AtCommand Acknowledged { get; }

    /// <summary>Asks for the state of the link.</summary>
    internal abstract AtCommand Status { get; }

    /// <summary>Closes the link without waiting for the peer.</summary>
    internal abstract AtCommand Close { get; }

    /// <returns>How many of <paramref name="length"/> bytes the modem has taken.</returns>
    internal abstract int ReadAccepted(in AtResponse response, int length);

    /// <returns>How many bytes a send may have; 0 when the modem does not say.</returns>
    internal virtual int ReadSendLimit(in AtResponse response) => 0;

    /// <returns>How many received bytes there are; 0 when the modem does not say.</returns>
    internal virtual int ReadPending(in AtResponse response) => 0;

    /// <returns>Whether a read was refused because there is nothing to read.</returns>
    internal virtual bool IsNothingToRead(in AtResponse response) => false;

    /// <returns>Whether a close was refused because the link is closed.</returns>
    internal virtual bool IsClosed(in AtResponse response) => false;

    /// <returns>Why a send was refused, in the modem's own words; <c>null</c> when its final result is all that it has said.</returns>
    internal virtual SendRefusal? ReadRefusal(in AtResponse response) => null;

    internal abstract TcpAcknowledgement ReadAcknowledgement(in AtResponse response);

    internal abstract LinkStatus ReadStatus(in AtResponse response);
}

/// <summary>Why a send was refused.</summary>
/// <param name="Reason">What it means for the link.</param>
/// <param name="Answer">The modem's words.</param>
internal readonly record struct SendRefusal(TcpLinkReason Reason, string Answer);

/// <summary>The state of a link as the modem reports it.</summary>
internal enum LinkState
{
    /// <summary>The modem does not know the link.</summary>
    Unknown,

    /// <summary>The modem is opening the link.</summary>
    Connecting,

    /// <summary>The link is open.</summary>
    Connected,

    /// <summary>The peer has closed the link.</summary>
    Closed,
}

/// <param name="State">What it means.</param>
/// <param name="Text">The modem's line.</param>
internal readonly record struct LinkStatus(LinkState State, string Text);
