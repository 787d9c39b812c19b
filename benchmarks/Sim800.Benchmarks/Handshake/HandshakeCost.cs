using System.Diagnostics;
using Sim800.Tls;

namespace Sim800.Benchmarks.Handshake;

/// <summary>Handshakes of several clients with the same server in memory, in turns; each client works on one thread, where alone it is measured.</summary>
internal sealed class HandshakeCost : IDisposable
{
    private const int IdleClients = 64;
    private static readonly byte[] Message = new byte[100];
    private readonly RsaChain _chain = new();
    private readonly EchoServer _server;

    internal HandshakeCost(HandshakeKind kind)
    {
        Kind = kind;
        _server = new EchoServer(_chain, kind);
        IClient[] all =
        [
            new SslStreamClient(_chain, kind, SslStreamJudge.ChainAlone),
            new SslStreamClient(_chain, kind, SslStreamJudge.Rules),
            new SslStreamClient(_chain, kind, SslStreamJudge.Validator),
            new LibraryClient(_chain, kind, TlsEngine.Platform),
            new LibraryClient(_chain, kind, TlsEngine.BouncyCastle),
            new LibraryClient(_chain, kind, TlsEngine.BouncyCastle, isChainNew: true),
            new BareBouncyCastleClient(),
        ];
        Clients = [.. all.Where(client => client.Supports(kind))];
    }

    internal HandshakeKind Kind { get; }

    internal IReadOnlyList<IClient> Clients { get; }

    public void Dispose() => _chain.Dispose();

    /// <summary>All clients in turns, <paramref name="warming"/> rounds and then <paramref name="rounds"/> measured ones.</summary>
    internal IReadOnlyList<HandshakeFigure> Measure(int warming, int rounds) => Measure(Clients, warming, rounds);

    /// <summary>One client alone.</summary>
    internal HandshakeFigure Measure(IClient client, int warming, int rounds) => Measure([client], warming, rounds)[0];

    /// <summary>Managed bytes a connected client without traffic holds.</summary>
    internal long MeasureHeld(IClient client)
    {
        var idle = new List<(LineEnd Line, IConnected Connection)>(IdleClients);
        ConnectIdle(client, idle, 4);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        ConnectIdle(client, idle, IdleClients);
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / IdleClients;
        idle.ForEach(one => one.Connection.Close());
        return held;
    }

    private IReadOnlyList<HandshakeFigure> Measure(IReadOnlyList<IClient> clients, int warming, int rounds)
    {
        var samples = clients.ToDictionary(client => client, _ => new List<Sample>(rounds));
        for (var round = 0; round < warming + rounds; round++)
        {
            foreach (var client in clients)
            {
                var sample = MeasureOne(client);
                if (round >= warming)
                {
                    samples[client].Add(sample);
                }
            }
        }

        return [.. clients.Select(client => FigureOf(client, samples[client]))];
    }

    private void ConnectIdle(IClient client, List<(LineEnd Line, IConnected Connection)> idle, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (line, server) = LineEnd.Create();
            var serving = _server.Serve(server);
            var connection = client.Connect(line, Message);
            serving.Join();
            line.IsIdle = true;
            connection.StartRead();
            idle.Add((line, connection));
        }
    }

    private Sample MeasureOne(IClient client)
    {
        client.Prepare();
        var (line, server) = LineEnd.Create();
        var serving = _server.Serve(server);
        var (start, processor, allocated) = (Stopwatch.GetTimestamp(), ProcessorClock.OfThread(), GC.GetAllocatedBytesForCurrentThread());
        var connection = client.Connect(line, Message);
        var sample = new Sample(
            Stopwatch.GetElapsedTime(start),
            ProcessorClock.OfThread() - processor,
            GC.GetAllocatedBytesForCurrentThread() - allocated,
            line.BytesReceived);
        serving.Join();
        connection.Close();
        return sample;
    }

    private HandshakeFigure FigureOf(IClient client, List<Sample> samples) => new(
        client.Name,
        Median(samples, sample => sample.Time),
        Median(samples, sample => sample.Processor),
        Median(samples, sample => sample.Allocated),
        MeasureHeld(client),
        Median(samples, sample => sample.Received));

    private static T Median<T>(List<Sample> samples, Func<Sample, T> figure) => samples.Select(figure).Order().ElementAt(samples.Count / 2);

    private sealed record Sample(TimeSpan Time, TimeSpan Processor, long Allocated, long Received);
}
