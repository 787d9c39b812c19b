using Sim800.Tls.Engines;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>Handshakes that are well formed and wrong, each with the violation it is refused for.</summary>
public sealed class HostileMessageTests : TlsTest
{
    private const byte RenegotiationInfo = 0xFF;

    private static readonly byte[] SecureRenegotiation = [RenegotiationInfo, 1, 0, 1, 0];
    private static readonly byte[] ExtendedMasterSecret = [0, 23, 0, 0];

    [Fact]
    public void A_suite_that_was_not_offered_is_refused() =>
        Refuse(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter, new ScriptedTls12Server(Authority.Identity) { Suite = 0x009C });

    [Fact]
    public void TLS_1_1_is_refused()
    {
        using var victim = new Victim(TlsEngine.BouncyCastle, new ScriptedTls12Server(Authority.Identity) { Version = 0x0302 });
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Run(ScriptedTlsServer.Clear));

        Assert.Equal(TlsViolation.UnsupportedVersion, failure.Violation);
    }

    [Fact]
    public void A_server_without_extended_master_secret_is_refused() =>
        Refuse(TlsViolation.NoExtendedMasterSecret, TlsAlert.HandshakeFailure, new ScriptedTls12Server(Authority.Identity) { Extensions = SecureRenegotiation });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SslStream_is_kept_from_a_server_without_extended_master_secret(bool isSplit)
    {
        using var victim = new Victim(TlsEngine.Platform, new ScriptedTls12Server(Authority.Identity) { Extensions = SecureRenegotiation });
        byte[] content = [.. ScriptedTlsServer.Message(0, []), .. victim.Server.Answer(victim.Hello).SelectMany(message => message)];
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Offer(
            [.. content.Chunk(isSplit ? 10 : content.Length).SelectMany(part => ScriptedTlsServer.Record(TlsRecordType.Handshake, part))]));

        Assert.Equal(TlsViolation.NoExtendedMasterSecret, failure.Violation);
        Assert.Equal(TlsEngineState.Failed, victim.Engine.State);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_server_without_extended_master_secret_is_admitted_on_demand(TlsEngine engine)
    {
        var server = new ScriptedTls12Server(Authority.Identity) { Extensions = SecureRenegotiation };
        using var victim = new Victim(engine, server, configure: options => options with { RequireExtendedMasterSecret = false });
        victim.Offer(ScriptedTlsServer.Clear(server.Answer(victim.Hello)));

        Assert.Equal(TlsEngineState.Handshaking, victim.Engine.State);
        Assert.NotEmpty(victim.TakeOutput());
    }

    [Fact]
    public void A_server_without_secure_renegotiation_is_refused() =>
        Refuse(TlsViolation.NoSecureRenegotiation, TlsAlert.HandshakeFailure, new ScriptedTls12Server(Authority.Identity) { Extensions = ExtendedMasterSecret });

    [Fact]
    public void An_extension_that_was_not_offered_is_refused() =>
        Refuse(TlsViolation.IllegalParameter, TlsAlert.UnsupportedExtension, new ScriptedTls12Server(Authority.Identity)
        {
            Extensions = [.. SecureRenegotiation, .. ExtendedMasterSecret, 0, 16, 0, 7, 0, 5, 4, .. "mqtt"u8],
        });

    [Fact]
    public void A_fragment_length_that_was_not_asked_for_is_refused() =>
        Refuse(TlsViolation.IllegalParameter, TlsAlert.UnsupportedExtension, new ScriptedTls12Server(Authority.Identity)
        {
            Extensions = [.. SecureRenegotiation, .. ExtendedMasterSecret, 0, 1, 0, 1, 1],
        });

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_application_protocol_that_was_not_offered_is_refused(TlsEngine engine)
    {
        byte[] choice = [0, 16, 0, 7, 0, 5, 4, .. "evil"u8];
        var server = new ScriptedTls12Server(Authority.Identity) { Extensions = [.. SecureRenegotiation, .. ExtendedMasterSecret, .. choice] };
        using var victim = new Victim(engine, server, configure: options => options with { ApplicationProtocols = ["mqtt"] });
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Run(ScriptedTlsServer.Clear));

        Assert.True(failure.Violation == TlsViolation.IllegalParameter, failure.ToString());
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_refused() =>
        RefuseExchange(TlsViolation.IllegalParameter, body => body[40] ^= 1, sign: true);

    [Fact]
    public void A_curve_that_was_not_offered_is_refused() => RefuseExchange(TlsViolation.IllegalParameter, body => body[2] = 29, sign: true);

    [Fact]
    public void A_signature_over_other_parameters_is_refused() => RefuseExchange(TlsViolation.BadSignature, body => body[40] ^= 1, sign: false);

    [Fact]
    public void A_signature_with_SHA_1_is_refused() => RefuseExchange(TlsViolation.IllegalParameter, body => body[69] = 2, sign: false);

    [Fact]
    public void An_empty_certificate_list_is_refused()
    {
        using var victim = new Victim(TlsEngine.BouncyCastle);
        Assert.ThrowsAny<TlsException>(() => victim.Run(messages =>
        {
            messages[1] = ScriptedTlsServer.Message(11, [0, 0, 0]);
            return ScriptedTlsServer.Clear(messages);
        }));
    }

    /// <summary>Decoded by recursion without a limit, this ends the process by an overflow of the stack, on Alpine's 1.5 MB for sure.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void DER_nested_without_end_in_place_of_a_certificate_is_refused(TlsEngine engine)
    {
        foreach (var der in Nested())
        {
            using var victim = new Victim(engine, validates: true);
            var failure = OnSmallStack(() => victim.Run(messages =>
            {
                messages[1] = ScriptedTlsServer.Message(11, Opaque(3, Opaque(3, der)));
                return ScriptedTlsServer.Clear(messages);
            }));
            Assert.True(failure is TlsException, $"{failure}");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void DER_nested_without_end_in_place_of_an_authoritys_name_does_no_harm(TlsEngine engine)
    {
        foreach (var der in Nested())
        {
            using var victim = new Victim(engine);
            var messages = victim.Server.Answer(victim.Hello);
            messages.Insert(3, ScriptedTlsServer.Message(13, [1, 64, 0, 2, 4, 3, .. Opaque(2, Opaque(2, der))]));
            var failure = OnSmallStack(() => victim.Offer(ScriptedTlsServer.Clear(messages)));
            Assert.True(failure is null or TlsException, $"{failure}");
        }
    }

    [Fact]
    public void SslStream_takes_a_request_to_renegotiate_for_the_end()
    {
        using var victim = Victim.Connected(TlsEngine.Platform);
        Assert.Throws<TlsProtocolException>(
            () => victim.Offer(victim.Server.Protect(TlsRecordType.Handshake, ScriptedTlsServer.Message(0, []))));
    }

    [Fact]
    public void A_request_to_renegotiate_is_refused_without_ending_the_connection()
    {
        using var victim = Victim.Connected(TlsEngine.BouncyCastle);
        victim.Offer(victim.Server.Protect(TlsRecordType.Handshake, ScriptedTlsServer.Message(0, [])));
        victim.Offer(victim.Server.Protect(TlsRecordType.ApplicationData, "hello"u8));

        Assert.Equal("hello"u8.ToArray(), victim.Plaintext);
    }

    [Fact]
    public void A_second_server_hello_after_the_handshake_is_refused()
    {
        using var victim = Victim.Connected(TlsEngine.BouncyCastle);
        var failure = Assert.Throws<TlsProtocolException>(
            () => victim.Offer(victim.Server.Protect(TlsRecordType.Handshake, ScriptedTlsServer.Message(2, new byte[40]))));

        Assert.Equal(TlsViolation.UnexpectedMessage, failure.Violation);
    }

    private static Peers.TestAuthority Authority => Peers.SharedAuthorities.P256;

    /// <summary>Sequences in sequences, of indefinite and of definite length: as many as a handshake message holds.</summary>
    private static IEnumerable<byte[]> Nested()
    {
        const int Size = 32_000;
        yield return [.. Enumerable.Repeat<byte[]>([0x30, 0x80], Size / 2).SelectMany(pair => pair)];
        var length = 0;
        var definite = new Stack<byte[]>();
        while (length < Size - 4)
        {
            definite.Push(length < 0x80 ? [0x30, (byte)length] : [0x30, 0x82, (byte)(length >> 8), (byte)length]);
            length += definite.Peek().Length;
        }

        yield return [.. definite.SelectMany(header => header)];
    }

    private static Exception? OnSmallStack(Action attack)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Xunit.Record.Exception(attack), maxStackSize: 1_500_000);
        thread.Start();
        thread.Join();
        return failure;
    }

    private static byte[] Opaque(int lengthSize, byte[] bytes) =>
        [.. lengthSize == 3 ? [0] : Array.Empty<byte>(), (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private static void Refuse(TlsViolation violation, TlsAlert alert, ScriptedTls12Server server)
    {
        using var victim = new Victim(TlsEngine.BouncyCastle, server);
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Run(ScriptedTlsServer.Clear));

        Assert.Equal(violation, failure.Violation);
        Assert.Equal(alert, failure.Alert);
        Assert.Equal([21, 3, 3, 0, 2, 2, (byte)alert], victim.TakeOutput());
    }

    private static void RefuseExchange(TlsViolation violation, Action<byte[]> spoil, bool sign)
    {
        using var server = new ScriptedTls12Server(Authority.Identity) { SpoilParameters = sign ? spoil : null };
        using var victim = new Victim(TlsEngine.BouncyCastle, server);
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Run(messages =>
        {
            if (!sign)
            {
                var body = messages[2][4..];
                spoil(body);
                messages[2] = ScriptedTlsServer.Message(12, body);
            }

            return ScriptedTlsServer.Clear(messages);
        }));

        Assert.Equal(violation, failure.Violation);
        Assert.Equal(TlsEngineState.Failed, victim.Engine.State);
    }
}
