using System.IO.Pipelines;
using Sim800.Simulator;

namespace Sim800.Modem.Tests.Virtual;

/// <summary>A virtual modem whose network has one server, which sends back what it gets. All of it in virtual time.</summary>
internal sealed class EchoWorld : IAsyncDisposable
{
    internal const string Host = "echo.example.org";
    private readonly StringWriter _transcript = new();
    private readonly TranscriptRecorder _recorder;

    internal EchoWorld(Func<VirtualModemOptions, VirtualModemOptions>? configure = null)
    {
        var options = new VirtualModemOptions
        {
            Network = new InMemoryNetwork().Serve(Host, 7, EchoAsync),
            TimeProvider = Clock,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
        };
        options = configure?.Invoke(options) ?? options;
        _recorder = new TranscriptRecorder(_transcript, Clock);
        Sim = VirtualModem.Create(options with { Recorder = _recorder });
    }

    /// <summary>What passed on the serial line.</summary>
    internal string Transcript
    {
        get
        {
            _recorder.Flush();
            return _transcript.ToString();
        }
    }

    internal VirtualClock Clock { get; } = new();

    internal VirtualModem Sim { get; }

    internal ModemOptions Options => new() { Apn = "internet", TimeProvider = Clock };

    internal Task<CellularModem> OpenAsync(ModemOptions? options = null) =>
        CellularModem.OpenAsync(Sim.Line, options ?? Options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Sim.DisposeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(Transcript);
        _recorder.Dispose();
        Clock.Dispose();
    }

    private static async Task EchoAsync(IDuplexPipe client, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await client.Input.ReadAsync(cancellationToken);
            foreach (var segment in result.Buffer)
            {
                await client.Output.WriteAsync(segment, cancellationToken);
            }

            client.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
