using System.Buffers;
using System.IO.Pipelines;
using Org.BouncyCastle.Tls;

namespace Sim800.Benchmarks.Link.Psk;

/// <summary>
/// A TLS 1.2 server with ECDHE-PSK in memory, in front of a server of plain bytes: what mosquitto with a psk_file is on a
/// socket, but in virtual time. SslStream has no PSK, hence BouncyCastle's server.
/// </summary>
internal sealed class PskServer(Func<IDuplexPipe, CancellationToken, Task> serve)
{
    internal async Task ServeAsync(IDuplexPipe transport, CancellationToken cancellationToken)
    {
        var protocol = new TlsServerProtocol();
        protocol.Accept(new EcdhePskServer());
        var line = new MemoryLine();
        var serving = serve(line.Server, cancellationToken);
        await Task.WhenAny(
            ReceiveAsync(protocol, transport, line.Client.Output, cancellationToken),
            SendAsync(protocol, transport.Output, line.Client.Input, cancellationToken));
        await line.Client.Output.CompleteAsync();
        await serving;
    }

    private static async Task ReceiveAsync(
        TlsServerProtocol protocol, IDuplexPipe transport, PipeWriter plaintext, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await transport.Input.ReadAsync(cancellationToken);
            var bytes = result.Buffer.ToArray();
            transport.Input.AdvanceTo(result.Buffer.End);
            lock (protocol)
            {
                protocol.OfferInput(bytes);
                WriteOutput(protocol, transport.Output);
                var read = protocol.ReadInput(plaintext.GetSpan(bytes.Length), bytes.Length);
                plaintext.Advance(read);
            }

            await transport.Output.FlushAsync(cancellationToken);
            await plaintext.FlushAsync(cancellationToken);
            if (result.IsCompleted || protocol.IsClosed)
            {
                return;
            }
        }
    }

    private static async Task SendAsync(
        TlsServerProtocol protocol, PipeWriter output, PipeReader plaintext, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await plaintext.ReadAsync(cancellationToken);
            var bytes = result.Buffer.ToArray();
            plaintext.AdvanceTo(result.Buffer.End);
            lock (protocol)
            {
                protocol.WriteApplicationData(bytes);
                WriteOutput(protocol, output);
            }

            await output.FlushAsync(cancellationToken);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private static void WriteOutput(TlsServerProtocol protocol, PipeWriter output)
    {
        var bytes = new byte[protocol.GetAvailableOutputBytes()];
        protocol.ReadOutput(bytes, 0, bytes.Length);
        output.Write(bytes);
    }
}
