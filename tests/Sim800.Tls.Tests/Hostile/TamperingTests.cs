using System.Buffers;
using System.IO.Pipelines;
using System.Security.Authentication;
using Sim800.Tls.Tests.Peers;
using TestKit;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>Somebody between client and a real server who changes a bit, in every version of TLS.</summary>
public sealed class TamperingTests : TlsTest
{
    private const int Rounds = 60;

    /// <summary>A length that was made larger is waited for in vain: neither side can know.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static TheoryData<TlsEngine, SslProtocols> EnginesAndVersions()
    {
        var data = new TheoryData<TlsEngine, SslProtocols>();
        foreach (var engine in Enum.GetValues<TlsEngine>())
        {
            data.Add(engine, SslProtocols.Tls12);
            data.Add(engine, SslProtocols.Tls13);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EnginesAndVersions))]
    public async Task A_changed_bit_is_never_taken_for_what_the_server_said(TlsEngine engine, SslProtocols version)
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bit = random.Next(1500 * 8);
            var received = await TalkAsync(engine, version, bit);
            Assert.True(received is null || received.SequenceEqual("hello"u8), $"bit {bit}");
        }
    }

    /// <returns>What came back, or <c>null</c> after a typed failure.</returns>
    private static async Task<byte[]?> TalkAsync(TlsEngine engine, SslProtocols version, int bit)
    {
        await using var server = SslStreamServer.Start(
            SharedAuthorities.P256, options => options.EnabledSslProtocols = version);
        var tampered = new Pipe();
        var tampering = TamperAsync(server.Transport.Input, tampered.Writer, bit);
        try
        {
            var options = Options(SharedAuthorities.P256, engine) with
            {
                Preference = TlsPreference.NewestVersion,
                HandshakeTimeout = Patience,
            };
            await using var connection = await ConnectAsync(new Line(tampered.Reader, server.Transport.Output), options);
            await SendAsync(connection, "hello");
            using var patience = new CancellationTokenSource(Patience);
            var result = await connection.Input.ReadAtLeastAsync(5, patience.Token);
            return result.Buffer.ToArray();
        }
        catch (Exception e) when (e is TlsException or OperationCanceledException)
        {
            return null;
        }
        finally
        {
            await server.Transport.Output.CompleteAsync();
            await tampered.Reader.CompleteAsync();
            await server.CutAsync();
            await tampering;
        }
    }

    private static async Task TamperAsync(PipeReader input, PipeWriter output, int bit)
    {
        var position = 0;
        ReadResult result;
        do
        {
            result = await input.ReadAsync(Cancel);
            foreach (var segment in result.Buffer)
            {
                var bytes = segment.ToArray();
                if (bit / 8 >= position && bit / 8 < position + bytes.Length)
                {
                    bytes[(bit / 8) - position] ^= (byte)(1 << (bit % 8));
                }

                position += bytes.Length;
                await output.WriteAsync(bytes, Cancel);
            }

            input.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted);

        await output.CompleteAsync();
    }

    private sealed record Line(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
