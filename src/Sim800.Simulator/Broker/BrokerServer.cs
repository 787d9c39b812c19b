using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Sim800.Simulator.Broker;

/// <summary>Takes one transport from its first byte to its last: TLS where it is spoken, then MQTT.</summary>
internal sealed class BrokerServer(BrokerCore core, BrokerTls? tls)
{
    internal async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            await ServeAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    internal async Task ServeAsync(IDuplexPipe transport, CancellationToken cancellationToken)
    {
        if (tls is null)
        {
            await ConverseAsync(transport, core.Accepted(), cancellationToken).ConfigureAwait(false);
            await CompleteAsync(transport).ConfigureAwait(false);
            return;
        }

        var stream = new DuplexPipeStream(transport);
        await using (stream.ConfigureAwait(false))
        {
            await ServeAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Stream transport, CancellationToken cancellationToken)
    {
        var number = core.Accepted();
        if (tls is null)
        {
            await ConverseAsync(transport, number, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await HandshakeAsync(tls, transport, number, cancellationToken).ConfigureAwait(false) is { } secured)
        {
            await using (secured.ConfigureAwait(false))
            {
                var end = await ConverseAsync(secured, number, cancellationToken).ConfigureAwait(false);
                if (end is ConnectionEnd.Closed or ConnectionEnd.ProtocolError)
                {
                    await SayCloseNotifyAsync(secured, number).ConfigureAwait(false);
                }
            }
        }
    }

    private static async ValueTask CompleteAsync(IDuplexPipe transport)
    {
        await transport.Output.CompleteAsync().ConfigureAwait(false);
        await transport.Input.CompleteAsync().ConfigureAwait(false);
    }

    private async Task<SslStream?> HandshakeAsync(BrokerTls server, Stream transport, long number, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(core.Options.ConnectTimeout, core.Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await server.AcceptAsync(transport, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            core.RefusedTls();
            core.Logger.BrokerRefusedTls(number, e);
            return null;
        }
    }

    private Task<ConnectionEnd> ConverseAsync(Stream stream, long number, CancellationToken cancellationToken)
    {
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        return ConverseAsync(new Halves(input, output), number, cancellationToken);
    }

    private async Task<ConnectionEnd> ConverseAsync(IDuplexPipe transport, long number, CancellationToken cancellationToken)
    {
        core.Logger.BrokerAccepted(number);
        using var connection = new BrokerConnection(core, transport);
        var end = await connection.RunAsync(cancellationToken).ConfigureAwait(false);
        core.Logger.BrokerConnectionEnded(number, connection.ClientId, end, connection.Reason);
        return end;
    }

    private async Task SayCloseNotifyAsync(SslStream secured, long number)
    {
        try
        {
            await secured.ShutdownAsync().WaitAsync(TimeSpan.FromSeconds(5), core.Options.TimeProvider).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            core.Logger.BrokerCloseFailed(number, e);
        }
    }

    private sealed record Halves(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
