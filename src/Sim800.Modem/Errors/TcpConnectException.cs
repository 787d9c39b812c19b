namespace Sim800.Modem;

/// <summary>A TCP connection could not be opened.</summary>
public sealed class TcpConnectException : ModemException
{
    private TcpConnectException(TcpConnectReason reason, string host, int port, string what, ModemRemedy remedy)
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

    internal static TcpConnectException Of(TcpConnectReason reason, string command, string host, int port, string? answer) =>
        new(reason, host, port, What(reason, host, port, answer), RemedyFor(reason, answer)) { Command = command, Answer = answer };

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

    private static ModemRemedy RemedyFor(TcpConnectReason reason, string? answer) => reason switch
    {
        TcpConnectReason.ContextLost when answer is null => ModemRemedy.WatchSupply,
        TcpConnectReason.HostNotFound => ModemRemedy.CheckHostName,
        TcpConnectReason.NoFreeLink => ModemRemedy.CloseConnection,
        TcpConnectReason.Closed => ModemRemedy.CheckPort,
        TcpConnectReason.NoOutcome or TcpConnectReason.ContextLost => ModemRemedy.RebuildContext,
        _ => ModemRemedy.CheckHostAndPort,
    };
}
