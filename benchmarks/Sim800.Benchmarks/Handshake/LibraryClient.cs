using System.Buffers;
using Sim800.Tls;

namespace Sim800.Benchmarks.Handshake;

/// <summary>This library, with either engine; with a server that it has met before, or one whose certificates it has never decoded.</summary>
internal sealed class LibraryClient(RsaChain chain, HandshakeKind kind, TlsEngine engine, bool isChainNew = false) : IClient
{
    private TlsClientOptions _options = new()
    {
        ServerName = RsaChain.ServerName,
        Engine = engine,
        Preference = kind.IsTls13() ? TlsPreference.NewestVersion : TlsPreference.FewestBytes,
        Trust = TlsTrust.FromCertificates([chain.Root]),
        SessionCache = engine == TlsEngine.BouncyCastle && kind.IsResumed() ? new TlsInMemorySessionCache() : null,
    };

    public string Name => $"{engine} engine{(isChainNew ? ", new chain" : "")}";

    public bool Supports(HandshakeKind kind) =>
        (engine == TlsEngine.Platform || kind != HandshakeKind.Tls13Resumed) && !(isChainNew && kind.IsResumed());

    public void Prepare()
    {
        if (isChainNew)
        {
            _options = _options with { Trust = TlsTrust.FromCertificates([chain.Root]) };
        }
    }

#pragma warning disable VSTHRD002 // the line waits on this very thread, so that every task has ended when it is returned
    public IConnected Connect(LineEnd line, ReadOnlyMemory<byte> message)
    {
        var connecting = TlsConnection.ConnectAsync(line, _options);
        RequireCompleted(connecting);
        var connection = connecting.GetAwaiter().GetResult();
        connection.Output.Write(message.Span);
        RequireCompleted(connection.Output.FlushAsync().AsTask());
        var reading = connection.Input.ReadAtLeastAsync(message.Length).AsTask();
        RequireCompleted(reading);
        connection.Input.AdvanceTo(reading.GetAwaiter().GetResult().Buffer.End);
        return new Connection(connection);
    }
#pragma warning restore VSTHRD002

    private static void RequireCompleted(Task task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("The client left the thread on which it is measured.");
        }
    }

    private sealed class Connection(TlsConnection connection) : IConnected
    {
        private Task? _reading;

        public void StartRead() => _reading = connection.Input.ReadAsync().AsTask();

        public void Close()
        {
            _ = connection.DisposeAsync().AsTask();
            GC.KeepAlive(_reading);
        }
    }
}
