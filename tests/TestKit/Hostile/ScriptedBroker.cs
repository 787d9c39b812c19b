using System.Buffers;
using System.IO.Pipelines;
using Xunit;

namespace TestKit.Hostile;

/// <summary>
/// The server's end of an MQTT connection, which gives a test each packet of the client as it came and sends any bytes at any point. It frames the
/// packets (MQTT 3.1.1 §2.2) and judges nothing.
/// </summary>
public sealed class ScriptedBroker(IDuplexPipe line)
{
    /// <summary>The answer to a CONNECT that begins a session.</summary>
    public static IReadOnlyList<byte> Accepted { get; } = [0x20, 2, 0, 0];

    /// <summary>The type of a packet (MQTT 3.1.1 §2.2.1).</summary>
    public static int TypeOf(byte[] packet) => packet[0] >> 4;

    /// <summary>A broker in memory that takes and says as much as the test likes, and the client's end of the line.</summary>
    public static (ScriptedBroker Broker, IDuplexPipe Client) InMemory()
    {
        var pair = new DuplexPipePair(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        return (new ScriptedBroker(pair.Right), pair.Left);
    }

    /// <summary>A broker at a port of this machine that answers each packet of each client.</summary>
    /// <param name="answer">What is said to a packet; nothing for none.</param>
    public static PeerListener Listen(Func<byte[], byte[]> answer) => new(async (line, cancellationToken) =>
    {
        var broker = new ScriptedBroker(line);
        while (await broker.ReadAsync(cancellationToken) is { } packet)
        {
            await broker.SendAsync(answer(packet), cancellationToken);
        }
    });

    /// <summary>The next packet of the client, or <c>null</c> when it has closed the connection.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await line.Input.ReadAsync(cancellationToken);
            if (LengthOf(result.Buffer) is { } length && result.Buffer.Length >= length)
            {
                var packet = result.Buffer.Slice(0, length).ToArray();
                line.Input.AdvanceTo(result.Buffer.GetPosition(length));
                return packet;
            }

            if (result.IsCompleted)
            {
                Assert.True(result.Buffer.IsEmpty, "The client closed the connection in the middle of a packet.");
                return null;
            }

            line.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => await line.Output.WriteAsync(bytes, cancellationToken);

    public async Task CloseAsync(Exception? reason = null)
    {
        await line.Output.CompleteAsync(reason);
        await line.Input.CompleteAsync(reason);
    }

    /// <summary>The length of the packet at the front, with its header; <c>null</c> while its length is not there (MQTT 3.1.1 §2.2.3).</summary>
    private static int? LengthOf(ReadOnlySequence<byte> buffer)
    {
        var header = buffer.Slice(0, Math.Min(5, buffer.Length)).ToArray();
        var length = 0;
        for (var i = 1; i < header.Length; i++)
        {
            length |= (header[i] & 0x7F) << (7 * (i - 1));
            if (header[i] < 0x80)
            {
                return 1 + i + length;
            }
        }

        return null;
    }
}
