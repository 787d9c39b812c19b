namespace Sim800.Tls.Records;

/// <summary>The keys in use in both directions, and in TLS 1.3 the secrets that the next ones follow from.</summary>
internal sealed class RecordKeys : IDisposable
{
    private TrafficSecret? _readSecret;
    private TrafficSecret? _writeSecret;

    /// <summary>TLS 1.2: one set of keys for the whole life of the connection.</summary>
    internal RecordKeys(RecordProtection read, RecordProtection write)
    {
        Read = read;
        Write = write;
    }

    /// <summary>TLS 1.3: keys that KeyUpdate replaces.</summary>
    internal RecordKeys(TrafficSecret read, TrafficSecret write)
        : this(read.CreateProtection(), write.CreateProtection())
    {
        _readSecret = read;
        _writeSecret = write;
    }

    internal RecordProtection Read { get; private set; }

    internal RecordProtection Write { get; private set; }

    internal bool IsTls13 => _readSecret is not null;

    public void Dispose()
    {
        Read.Dispose();
        Write.Dispose();
        _readSecret?.Dispose();
        _writeSecret?.Dispose();
    }

    /// <summary>The server has sent its last record under the present key (RFC 8446 §4.6.3).</summary>
    internal void UpdateRead()
    {
        _readSecret = Next(_readSecret!);
        Read.Dispose();
        Read = _readSecret.CreateProtection();
    }

    /// <summary>We have sent our last record under the present key.</summary>
    internal void UpdateWrite()
    {
        _writeSecret = Next(_writeSecret!);
        Write.Dispose();
        Write = _writeSecret.CreateProtection();
    }

    /// <summary>What was said under the old secret stays secret when the next one is read (RFC 8446 §7.2).</summary>
    private static TrafficSecret Next(TrafficSecret secret)
    {
        using (secret)
        {
            return secret.Next();
        }
    }
}
