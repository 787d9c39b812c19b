using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>A server's writer: as with a socket, writing to a connection that the modem has closed is an error.</summary>
internal sealed class ServerWriter(PipeWriter inner) : ForwardingWriter(inner)
{
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var result = await base.FlushAsync(cancellationToken).ConfigureAwait(false);
        return result.IsCompleted ? throw new IOException("The modem has closed the connection.") : result;
    }
}
