using System.Buffers;
using System.IO.Pipelines;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>One connection to the broker, which can freeze as a connection does whose operator has forgotten it.</summary>
internal sealed class Relay(IDuplexPipe client, LoopbackBroker broker)
{
    private readonly DuplexPipePair _line = new();
    private volatile bool _isFrozen;

    internal void Freeze() => _isFrozen = true;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var serving = broker.ServeAsync(_line.Right, cancellationToken);
        var up = CopyAsync(client.Input, _line.Left.Output, cancellationToken);
        var down = CopyAsync(_line.Left.Input, client.Output, cancellationToken);
        await Task.WhenAny(serving, up);
        await _line.Left.Output.CompleteAsync();
        await serving;
        await down;
        await Task.Delay(_isFrozen ? Timeout.Infinite : 0, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CopyAsync(PipeReader from, PipeWriter to, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var result = await from.ReadAsync(cancellationToken);
                if (!_isFrozen)
                {
                    to.Write(result.Buffer.ToArray());
                    await to.FlushAsync(cancellationToken);
                }

                from.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The modem has closed the connection, or the broker has.
        }
    }
}
