namespace Sim800.Modem;

/// <summary>A TCP connection could not be opened.</summary>
public sealed class TcpConnectException : ModemException
{
    private TcpConnectException(TcpConnectReason reason, string host, int port, string what, string remedy)
        : base(Sim800Stage.Tcp, what, remedy)
    {
        Reason = reason;
        Host = host;
        Port = port;
        IsTransient = true;
    }

    /// <summary>Why.</summary>
    public TcpConnectReason Reason { get; }

    /// <summary>The host asked for.</summary>
    public string Host { get; }

    /// <summary>The port asked for.</summary>
    public int Port { get; }

    internal static TcpConnectException Of(TcpConnectReason reason, string host, int port, string? answer) =>
        new(reason, host, port, What(reason, host, port, answer), RemedyFor(reason, answer)) { Command = "AT+CIPSTART", Answer = answer };

    internal static TcpConnectException Of(in ModemFailure failure, string host, int port)
    {
        var explanation = Explanations.Of(failure);
        var reason = failure.Response.FinalResult.CmeError switch
        {
            160 => TcpConnectReason.HostNotFound,
            161 => TcpConnectReason.Failed,
            _ => TcpConnectReason.NotAllowed,
        };
        return new TcpConnectException(reason, host, port, explanation.What, explanation.Remedy)
        {
            Command = failure.Command.Shown,
            Answer = failure.Answer,
            State = failure.State,
            IsTransient = explanation.IsTransient,
        };
    }

    private static string What(TcpConnectReason reason, string host, int port, string? answer) => reason switch
    {
        TcpConnectReason.HostNotFound => $"The host '{host}' is not known to the name server.",
        TcpConnectReason.NoOutcome => $"The modem reported no outcome of the connection to {host}:{port}.",
        TcpConnectReason.Closed => $"{host}:{port} closed the connection at once.",
        TcpConnectReason.ContextLost when answer is null => $"The modem restarted while connecting to {host}:{port}.",
        TcpConnectReason.ContextLost => $"The data connection was lost while connecting to {host}:{port}.",
        TcpConnectReason.NoFreeLink => "All connections of the modem are in use.",
        _ => $"The connection to {host}:{port} was refused or not reached.",
    };

    private static string RemedyFor(TcpConnectReason reason, string? answer) => reason switch
    {
        TcpConnectReason.ContextLost when answer is null => "Try again; when it happens often, the modem's supply breaks down (3.4 to 4.4 V, 2 A peaks).",
        TcpConnectReason.HostNotFound => "Check the spelling of the host name.",
        TcpConnectReason.NoFreeLink => "Close one of them first.",
        TcpConnectReason.Closed => "Check that the port is the right one and that the server accepts this network.",
        TcpConnectReason.NoOutcome or TcpConnectReason.ContextLost => "Try again; the data connection is rebuilt.",
        _ => "Check host name and port, and that the server can be reached from the Internet.",
    };
}
