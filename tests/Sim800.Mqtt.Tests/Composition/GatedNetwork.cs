using System.IO.Pipelines;
using System.Net;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A network on which nobody gets through before the test lets them.</summary>
internal sealed class GatedNetwork(IVirtualNetwork inner) : IVirtualNetwork
{
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<IPAddress?> ResolveAsync(string host, CancellationToken cancellationToken = default) =>
        inner.ResolveAsync(host, cancellationToken);

    public async ValueTask<IDuplexPipe> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        await Volatile.Read(ref _open).Task.WaitAsync(cancellationToken);
        return await inner.ConnectAsync(host, port, cancellationToken);
    }

    internal void Open() => _open.TrySetResult();

    internal void Close() => Volatile.Write(ref _open, new(TaskCreationOptions.RunContinuationsAsynchronously));
}
