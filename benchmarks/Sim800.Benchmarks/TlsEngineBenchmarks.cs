using BenchmarkDotNet.Attributes;
using Sim800.Benchmarks.Layers;
using Sim800.Tls;

namespace Sim800.Benchmarks;

/// <summary>Records through a whole TLS connection, per engine: what is written is encrypted and thrown away, what is read was encrypted before.</summary>
[MemoryDiagnoser]
public class TlsEngineBenchmarks
{
    private const int Records = 1_000;
    private TlsRig? _rig;
    private byte[] _plaintext = [];

    [Params(TlsEngine.BouncyCastle, TlsEngine.Platform)]
    public TlsEngine Engine { get; set; }

    [Params(100, 1460, 16384)]
    public int Plaintext { get; set; }

#pragma warning disable VSTHRD002 // BenchmarkDotNet does not await the set-up of an iteration
    [IterationSetup]
    public void SetUp()
    {
        _plaintext = new byte[Plaintext];
        _rig = TlsRig.CreateAsync(Engine, Records, Plaintext).GetAwaiter().GetResult();
    }

    [IterationCleanup]
    public void CleanUp() => _rig!.DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    [Benchmark(OperationsPerInvoke = Records)]
    public async Task SendAsync()
    {
        var output = _rig!.Connection.Output;
        for (var record = 0; record < Records; record++)
        {
            _plaintext.CopyTo(output.GetSpan(_plaintext.Length));
            output.Advance(_plaintext.Length);
            await output.FlushAsync();
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public async Task ReceiveAsync()
    {
        var input = _rig!.Connection.Input;
        for (var record = 0; record < Records; record++)
        {
            _rig.Send(1);
            for (var left = (long)Plaintext; left > 0;)
            {
                var result = await input.ReadAsync();
                left -= result.Buffer.Length;
                input.AdvanceTo(result.Buffer.End);
            }
        }
    }
}
