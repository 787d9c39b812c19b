using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>How one family of modems opens TCP links. What its unsolicited result codes mean to a link is in the rows of its table of them.</summary>
internal interface ILinkDialect
{
    /// <summary>How many links may be open at once.</summary>
    int Count { get; }

    /// <summary>What the modem itself says within the data of a transparent link.</summary>
    IReadOnlyList<TransparentNotice> TransparentNotices { get; }

    /// <summary>From command mode back to the data of the transparent link.</summary>
    AtCommand ReturnToData { get; }

    /// <summary>The commands of one of several links.</summary>
    LinkCommands Of(int link);

    /// <summary>The commands of the transparent link, in command mode.</summary>
    LinkCommands OfTransparent { get; }

    /// <summary>Opens a link. The final result says that the modem tries; the outcome is an unsolicited result code.</summary>
    AtCommand Connect(int link, string host, int port);

    /// <summary>Opens the transparent link: the final result is the outcome.</summary>
    AtCommand ConnectTransparently(string host, int port);

    /// <summary>The words in which the modem reports this outcome of a connection attempt.</summary>
    string? Words(UrcKind outcome);

    /// <summary>Looks up a name.</summary>
    AtCommand Resolve(string host);

    /// <summary>Whether this is the answer to <see cref="Resolve"/> for a name that does not exist.</summary>
    bool IsUnknownHost(in AtResponse response);
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

    /// <summary>Sends as many bytes as the number behind it says.</summary>
    internal abstract AtCommand Send { get; }

    /// <summary>Asks how many bytes a send may have.</summary>
    internal abstract AtCommand SendLimit { get; }

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
    internal abstract int ReadSendLimit(in AtResponse response);

    internal abstract TcpAcknowledgement ReadAcknowledgement(in AtResponse response);

    internal abstract LinkStatus ReadStatus(in AtResponse response);
}

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
