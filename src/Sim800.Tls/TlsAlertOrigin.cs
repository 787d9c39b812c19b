namespace Sim800.Tls;

/// <summary>Which side sent an alert.</summary>
public enum TlsAlertOrigin
{
    /// <summary>No alert was exchanged.</summary>
    None,

    /// <summary>This side told the server.</summary>
    Local,

    /// <summary>The server told us.</summary>
    Server,
}
