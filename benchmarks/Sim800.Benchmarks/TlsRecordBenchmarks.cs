using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sim800.Tls.Records;

namespace Sim800.Benchmarks;

/// <summary>Protecting one record: what every flush costs, whatever the engine of the handshake.</summary>
[MemoryDiagnoser]
public class TlsRecordBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(32 * 1024);
    private byte[] _plaintext = [];
    private Tls12RecordProtection _protection = Create(AeadAlgorithm.Aes128Gcm);

    [Params(100, 1460, 16384)]
    public int Plaintext { get; set; }

    [Params("AES-128-GCM", "CHACHA20-POLY1305")]
    public string Suite { get; set; } = string.Empty;

    [GlobalSetup]
    public void SetUp()
    {
        _plaintext = new byte[Plaintext];
        _protection = Create(Suite is "AES-128-GCM" ? AeadAlgorithm.Aes128Gcm : AeadAlgorithm.ChaCha20Poly1305);
    }

    [GlobalCleanup]
    public void CleanUp() => _protection.Dispose();

    [Benchmark]
    public int Protect()
    {
        _output.ResetWrittenCount();
        _protection.WriteRecord(ContentType.ApplicationData, _plaintext, _output);
        return _output.WrittenCount;
    }

    private static Tls12RecordProtection Create(AeadAlgorithm algorithm) => algorithm == AeadAlgorithm.Aes128Gcm
        ? new Tls12RecordProtection(algorithm, new byte[16], new byte[4])
        : new Tls12RecordProtection(algorithm, new byte[32], new byte[12]);
}
