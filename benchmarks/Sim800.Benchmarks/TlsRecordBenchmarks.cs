using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sim800.Tls.Records;

namespace Sim800.Benchmarks;

/// <summary>One record of our own record layer, alone: what the cipher costs, and what is around it.</summary>
[MemoryDiagnoser]
public class TlsRecordBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(32 * 1024);
    private readonly byte[] _content = new byte[32 * 1024];
    private byte[] _plaintext = [];
    private Tls12RecordProtection _sender = Create(AeadAlgorithm.Aes128Gcm);
    private Tls12RecordProtection _receiver = Create(AeadAlgorithm.Aes128Gcm);

    [Params(100, 1460, 16384)]
    public int Plaintext { get; set; }

    [Params("AES-128-GCM", "CHACHA20-POLY1305")]
    public string Suite { get; set; } = string.Empty;

    [GlobalSetup]
    public void SetUp()
    {
        var algorithm = Suite is "AES-128-GCM" ? AeadAlgorithm.Aes128Gcm : AeadAlgorithm.ChaCha20Poly1305;
        (_plaintext, _sender, _receiver) = (new byte[Plaintext], Create(algorithm), Create(algorithm));
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Protect()
    {
        _output.ResetWrittenCount();
        _sender.WriteRecord(ContentType.ApplicationData, _plaintext, _output);
        return _output.WrittenCount;
    }

    /// <summary>Both ends: opening costs what this costs more.</summary>
    [Benchmark]
    public int ProtectAndOpen()
    {
        var length = Protect();
        var type = ContentType.ApplicationData;
        return _receiver.Open(ref type, _output.WrittenSpan[RecordHeader.Size..length], _content);
    }

    private static Tls12RecordProtection Create(AeadAlgorithm algorithm) => algorithm == AeadAlgorithm.Aes128Gcm
        ? new Tls12RecordProtection(algorithm, new byte[16], new byte[4])
        : new Tls12RecordProtection(algorithm, new byte[32], new byte[12]);
}
