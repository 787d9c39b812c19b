namespace Sim800.Simulator.Ip;

/// <summary>The &lt;err&gt; of +NETOPEN, +CIPOPEN, +CIPCLOSE, +CIPERROR and +NETCLOSE.</summary>
internal enum SocketError
{
    None = 0,
    NetworkFailure = 1,
    NotOpened = 2,
    WrongParameter = 3,

    /// <summary>In the field: this link is not connected.</summary>
    NotSupported = 4,
    Busy = 8,
    Timeout = 10,
    NameUnknown = 11,
}

/// <summary>The &lt;err_info&gt; of +IP ERROR, in words or, after AT+CIPCCFG, in these numbers.</summary>
internal enum IpError
{
    AlreadyOpened = 4,
    NotOpened = 8,
    AlreadyCreated = 10,
    NotCreated = 11,
    InvalidParameter = 12,
    NotSupported = 13,
    NoData = 22,
}

/// <summary>The words exactly as the modem prints them.</summary>
internal static class IpErrorText
{
    internal static string Of(IpError error) => error switch
    {
        IpError.AlreadyOpened => "Network is already opened",
        IpError.NotOpened => "Network not opened",
        IpError.AlreadyCreated => "Connection is already created",
        IpError.NotCreated => "Connection is not created",
        IpError.InvalidParameter => "Invalid parameter",
        IpError.NotSupported => "Operation not supported",
        _ => "No data",
    };
}
