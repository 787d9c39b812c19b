using System.Buffers;
using Sim800.Tls.Engines;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>An engine with a scripted server at the other end, without pipes, tasks or time.</summary>
internal sealed class Victim : IDisposable
{
    private readonly ArrayBufferWriter<byte> _plaintext = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    /// <param name="engine">Which engine is the victim.</param>
    /// <param name="server">The server; by default one that means well.</param>
    /// <param name="validates">Whether the certificates are judged: where they are not the point, thousands of cases need not wait for that.</param>
    internal Victim(TlsEngine engine, ScriptedServer? server = null, bool validates = false)
    {
        Server = server ?? new ScriptedServer(SharedAuthorities.P256);
        var options = new TlsClientOptions
        {
            ServerName = TestAuthority.ServerName,
            Trust = SharedAuthorities.P256.Trust,
            Engine = engine,
            DangerousAcceptAnyCertificate = !validates,
        };
        Engine = EngineFactory.Create(options, session: null, DateTimeOffset.UtcNow);
        Engine.Start();
        Hello = TakeOutput();
    }

    internal ITlsEngine Engine { get; }

    internal ScriptedServer Server { get; }

    internal byte[] Hello { get; }

    /// <summary>What the application would have got.</summary>
    internal byte[] Plaintext => _plaintext.WrittenSpan.ToArray();

    public void Dispose()
    {
        Engine.Dispose();
        Server.Dispose();
    }

    /// <summary>A victim whose handshake was left alone.</summary>
    internal static Victim Connected(TlsEngine engine)
    {
        var victim = new Victim(engine);
        victim.Offer(ScriptedServer.Handshake(victim.Server.Answer(victim.Hello)));
        victim.Offer([.. victim.Server.Finish(victim.TakeOutput()).SelectMany(record => record)]);
        Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        return victim;
    }

    /// <summary>Gives bytes to the engine; what is left of the last record is dropped.</summary>
    /// <returns>How many bytes were left.</returns>
    internal long Offer(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Engine.OfferInput(ref input, _plaintext);
        return input.Length;
    }

    /// <summary>Runs a handshake whose first server flight was spoiled, as far as it goes.</summary>
    internal void Run(Func<List<byte[]>, byte[]> spoil)
    {
        Offer(spoil(Server.Answer(Hello)));
        var flight = TakeOutput();
        if (flight.Length > 0)
        {
            Offer([.. Server.Finish(flight).SelectMany(record => record)]);
        }

        Engine.OfferEndOfInput();
    }

    internal byte[] TakeOutput()
    {
        Engine.ReadOutput(_output);
        var bytes = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        return bytes;
    }
}
