using System.IO.Pipelines;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>A connection on which the client does not hear a packet that it waits for, nor any after it: it is cut first.</summary>
internal sealed class MutedPipe(TcpPipe tcp) : IDuplexPipe, IAsyncDisposable
{
    private readonly MutedReader _input = new(tcp.Input);

    public PipeReader Input => _input;

    public PipeWriter Output => tcp.Output;

    /// <summary>From a packet of this type on (MQTT 3.1.1 §2.2.1) nothing is heard.</summary>
    /// <returns>A task that ends when the broker has sent it.</returns>
    internal Task MuteFrom(int packetType) => _input.MuteFrom(packetType);

    /// <summary>Breaks the connection without a goodbye.</summary>
    internal void Abort()
    {
        tcp.Abort();
        _input.End();
    }

    public ValueTask DisposeAsync() => tcp.DisposeAsync();

    private sealed class MutedReader(PipeReader inner) : PipeReader
    {
        private readonly TaskCompletionSource _withheld = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile int _packetType = -1;

        internal Task MuteFrom(int packetType)
        {
            _packetType = packetType;
            return _withheld.Task;
        }

        internal void End() => _ended.TrySetResult();

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await inner.ReadAsync(cancellationToken);
            if (!IsMuted(result))
            {
                return result;
            }

            await _ended.Task.WaitAsync(cancellationToken);
            throw new IOException("The connection is cut.");
        }

        public override bool TryRead(out ReadResult result)
        {
            if (inner.TryRead(out result) && !IsMuted(result))
            {
                return true;
            }

            result = default;
            return false;
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead()
        {
            End();
            inner.CancelPendingRead();
        }

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        private bool IsMuted(ReadResult result)
        {
            if (result.Buffer.IsEmpty || result.Buffer.FirstSpan[0] >> 4 != _packetType)
            {
                return false;
            }

            inner.AdvanceTo(result.Buffer.Start);
            _withheld.TrySetResult();
            return true;
        }
    }
}
