using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Mqtt.Refusals;

/// <summary>A transport that remembers the first bytes it received, so that a refusal can be explained. It changes nothing, and whoever asks for
/// the input again gets that of the transport itself as soon as the first bytes are taken.</summary>
internal sealed class FirstBytesTap : IDuplexPipe, IAsyncDisposable
{
    private readonly IDuplexPipe _transport;
    private readonly TapReader _reader;

    internal FirstBytesTap(IDuplexPipe transport)
    {
        _transport = transport;
        _reader = new TapReader(transport.Input);
        Output = transport.Output;
    }

    public PipeReader Input => _reader.IsPast ? _transport.Input : _reader;

    public PipeWriter Output { get; }

    internal AnswerKind Answer => FirstAnswer.Of(_reader.First);

    /// <summary>Whether the far end was seen to close.</summary>
    internal bool Closed => _reader.Closed;

    public ValueTask DisposeAsync() => _transport is IAsyncDisposable disposable ? disposable.DisposeAsync() : default;

    private sealed class TapReader(PipeReader inner) : PipeReader
    {
        private readonly byte[] _first = new byte[FirstAnswer.Length];
        private int _count;
        private SequencePosition _start;
        private bool _consumed;

        internal ReadOnlySpan<byte> First => _first.AsSpan(0, _count);

        internal bool Closed { get; private set; }

        internal bool IsPast => _consumed;

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _consumed |= !consumed.Equals(_start);
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            _consumed ? inner.ReadAsync(cancellationToken) : ReadFirstAsync(cancellationToken);

        public override bool TryRead(out ReadResult result)
        {
            var read = inner.TryRead(out result);
            if (read && !_consumed)
            {
                Remember(result);
            }

            return read;
        }

        private async ValueTask<ReadResult> ReadFirstAsync(CancellationToken cancellationToken)
        {
            var result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            Remember(result);
            return result;
        }

        /// <summary>Until something is consumed, each read begins with the same bytes; afterwards nothing is remembered.</summary>
        private void Remember(in ReadResult result)
        {
            Closed |= result.IsCompleted;
            _start = result.Buffer.Start;
            var length = (int)Math.Min(result.Buffer.Length, _first.Length);
            if (length > _count)
            {
                result.Buffer.Slice(0, length).CopyTo(_first);
                _count = length;
            }
        }
    }
}
