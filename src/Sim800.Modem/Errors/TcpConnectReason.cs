namespace Sim800.Modem;

/// <summary>Why a connection did not open.</summary>
public enum TcpConnectReason
{
    /// <summary><c>CONNECT FAIL</c>: refused or not reached. The modem does not say which.</summary>
    Failed,

    /// <summary>The modem's resolver does not know the host.</summary>
    HostNotFound,

    /// <summary>The modem did not report an outcome in time.</summary>
    NoOutcome,

    /// <summary>The modem refused the command itself.</summary>
    NotAllowed,

    /// <summary>The peer closed before the connection was open.</summary>
    Closed,

    /// <summary>The modem restarted or lost its data connection meanwhile.</summary>
    ContextLost,

    /// <summary>All links are in use.</summary>
    NoFreeLink,
}
