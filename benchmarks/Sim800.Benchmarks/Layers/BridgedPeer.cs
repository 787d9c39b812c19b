using System.IO.Pipelines;

namespace Sim800.Benchmarks.Layers;

/// <summary>A server behind a <see cref="CannedLine"/>.</summary>
internal sealed class BridgedPeer : IPeer
{
    private readonly CannedLine _line;
    private readonly IDuplexPipe _server;

    internal BridgedPeer(CannedLine line, IDuplexPipe server)
    {
        (_line, _server) = (line, server);
        line.Peer = this;
    }

    /// <summary>Carries what the server says, to its end.</summary>
    internal async Task RunAsync()
    {
        while (true)
        {
            var result = await _server.Input.ReadAsync();
            foreach (var segment in result.Buffer)
            {
                _line.Deliver(segment.Span);
            }

            _server.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    void IPeer.OnBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_server.Output.GetSpan(bytes.Length));
        _server.Output.Advance(bytes.Length);
    }

    /// <summary>A flush that has to wait does so for itself: the modem's buffer is without end here.</summary>
    void IPeer.OnFlushed() => _ = _server.Output.FlushAsync(CancellationToken.None).AsTask();
}
