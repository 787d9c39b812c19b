using Sim800.Tls.Engines;
using Sim800.Tls.Tests.Peers;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>An engine with a scripted server of TLS 1.2 at the other end.</summary>
internal sealed class Victim : AttackedEngine
{
    /// <param name="engine">Which engine is the victim.</param>
    /// <param name="server">The server; by default one that means well.</param>
    /// <param name="validates">Whether the certificates are judged.</param>
    /// <param name="configure">Changes the options of the client.</param>
    internal Victim(
        TlsEngine engine, ScriptedTls12Server? server = null, bool validates = false, Func<TlsClientOptions, TlsClientOptions>? configure = null)
        : base(configure is null ? OptionsFor(engine, validates) : configure(OptionsFor(engine, validates))) =>
        Server = server ?? new ScriptedTls12Server(SharedAuthorities.P256.Identity);

    internal ScriptedTls12Server Server { get; }

    public override void Dispose()
    {
        base.Dispose();
        Server.Dispose();
    }

    /// <summary>A victim whose handshake was left alone.</summary>
    internal static Victim Connected(TlsEngine engine)
    {
        var victim = new Victim(engine);
        victim.Offer(ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello)));
        victim.Offer([.. victim.Server.Finish(victim.TakeOutput()).SelectMany(record => record)]);
        Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        return victim;
    }

    /// <summary>Runs a handshake whose first server flight was spoiled, as far as it goes.</summary>
    internal void Run(Func<List<byte[]>, byte[]> spoil)
    {
        Offer(spoil([.. Server.Answer(Hello)]));
        var flight = TakeOutput();
        if (flight.Length > 0)
        {
            Offer([.. Server.Finish(flight).SelectMany(record => record)]);
        }

        Engine.OfferEndOfInput();
    }
}
