using Sim800.Tls.Engines;
using Sim800.Tls.Records;
using Sim800.Tls.Tests.Peers;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile.Tls13;

/// <summary>An engine with a scripted server of TLS 1.3 at the other end.</summary>
internal sealed class Victim13 : AttackedEngine
{
    /// <param name="engine">Which engine is the victim.</param>
    /// <param name="validates">Whether the certificates are judged.</param>
    /// <param name="leaf">The server's certificate, in place of the authority's.</param>
    internal Victim13(TlsEngine engine, bool validates = false, byte[]? leaf = null)
        : base(OptionsFor(engine, validates) with { Preference = TlsPreference.NewestVersion })
    {
        Server = new ScriptedTls13Server(SharedAuthorities.P256.Identity, leaf);
        Answered = Hello;
        if (!ScriptedTls13Server.CanAnswer(Hello))
        {
            Offer(Server.Retry(Hello));
            Answered = LastRecord(TakeOutput());
        }
    }

    /// <summary>The ClientHello that the server answers: the second if it had to ask for one.</summary>
    internal byte[] Answered { get; }

    internal ScriptedTls13Server Server { get; }

    public override void Dispose()
    {
        base.Dispose();
        Server.Dispose();
    }

    /// <summary>A victim whose handshake was left alone.</summary>
    internal static Victim13 Connected(TlsEngine engine)
    {
        var victim = new Victim13(engine);
        victim.Offer(victim.Server.Handshake(victim.Answer()));
        Assert.Equal(TlsEngineState.Open, victim.Engine.State);
        return victim;
    }

    /// <summary>Runs a spoiled handshake that must end in a typed failure and without a byte of data.</summary>
    internal static void IsRefused(TlsEngine engine, Func<ScriptedTls13Server, List<byte[]>, byte[]> spoil, string what)
    {
        using var victim = new Victim13(engine);
        var failure = Xunit.Record.Exception(() => victim.Run(messages => spoil(victim.Server, messages)));
        Assert.True(failure is TlsException, $"{what}: {failure?.ToString() ?? "accepted"}");
        Assert.Empty(victim.Plaintext);
        Assert.Equal(TlsEngineState.Failed, victim.Engine.State);
    }

    /// <summary>The server's messages to the ClientHello that it can answer.</summary>
    internal List<byte[]> Answer() => [.. Server.Answer(Answered)];

    /// <summary>Runs a handshake that was spoiled, as far as it goes, and lets the server send data whatever the client thinks of it.</summary>
    internal void Run(Func<List<byte[]>, byte[]> spoil)
    {
        Offer(spoil(Answer()));
        Offer(Server.Protect(TlsRecordType.ApplicationData, "data"u8));
        Engine.OfferEndOfInput();
    }

    /// <summary>A ChangeCipherSpec for the sake of middleboxes may stand before the second ClientHello (RFC 8446 §D.4).</summary>
    private static byte[] LastRecord(byte[] output)
    {
        var start = 0;
        while (RecordEnd(output, start) < output.Length)
        {
            start = RecordEnd(output, start);
        }

        return output[start..];
    }

    private static int RecordEnd(byte[] output, int start) =>
        start + RecordHeader.Size + ((output[start + 3] << 8) | output[start + 4]);
}
