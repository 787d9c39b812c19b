using System.Buffers;
using System.IO.Pipelines;
using Sim800.Tls.Engines;
using Sim800.Tls.Pipes;
using Sim800.Tls.Tests.Hostile;

namespace Sim800.Tls.Tests.Pipes;

public sealed class TlsSenderTests : TlsTest
{
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Nothing_follows_a_fault_that_the_reader_has_found_and_not_yet_told(TlsEngine engine)
    {
        using var victim = Victim.Connected(engine);
        Assert.Throws<TlsProtocolException>(() => victim.Offer("garbage"u8.ToArray()));
        Assert.Equal(TlsEngineState.Failed, victim.Engine.State);

        var line = new Pipe();
        var sender = new TlsSender(victim.Engine, line.Writer, new ConnectionFault());
        var plaintext = new PlaintextBuffer();
        plaintext.Write("secret"u8);
        var failure = await Assert.ThrowsAsync<TlsClosedException>(async () => await sender.SendAsync(plaintext, Cancel));

        Assert.Equal(TlsCloseReason.Failed, failure.Reason);
        Assert.Equal(0, sender.PlaintextSent);
    }
}
