using System.IO.Pipelines;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A transport that at some time takes nothing any more, and listens to nobody.</summary>
internal sealed class StuckLine : PipeWriter, IDuplexPipe
{
    private readonly Pipe _toClient = new(new PipeOptions(useSynchronizationContext: false));
    private readonly byte[] _buffer = new byte[64 * 1024];

    public PipeReader Input => _toClient.Reader;

    public PipeWriter Output => this;

    internal bool IsStuck { get; set; }

    public override void Advance(int bytes)
    {
        // What is written here is never looked at.
    }

    public override void CancelPendingFlush()
    {
        // Listens to nobody.
    }

    public override void Complete(Exception? exception = null) => _toClient.Writer.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        IsStuck ? new(new TaskCompletionSource<FlushResult>().Task) : default;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;

    internal async Task<MqttClient> ConnectAsync(MqttClientOptions options)
    {
        var connecting = MqttClient.ConnectAsync(this, options, TestContext.Current.CancellationToken);
        await _toClient.Writer.WriteAsync(
            Wire.Bytes(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write),
            TestContext.Current.CancellationToken);
        return await connecting;
    }
}
