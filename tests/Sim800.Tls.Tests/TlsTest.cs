using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests;

/// <summary>What tests of whole connections have in common.</summary>
public abstract class TlsTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The engines.</summary>
    public static TheoryData<TlsEngine> Engines => [TlsEngine.BouncyCastle, TlsEngine.Platform];

    private protected static TlsClientOptions Options(TestAuthority authority, TlsEngine engine = TlsEngine.BouncyCastle) => new()
    {
        ServerName = TestAuthority.ServerName,
        Trust = authority.Trust,
        Engine = engine,
    };

    private protected static Task<TlsConnection> ConnectAsync(IDuplexPipe transport, TlsClientOptions options) =>
        TlsConnection.ConnectAsync(transport, options, Cancel).WaitAsync(Limit, Cancel);

    private protected static async Task SendAsync(TlsConnection connection, string text)
    {
        connection.Output.Write(Encoding.UTF8.GetBytes(text));
        await connection.Output.FlushAsync(Cancel).AsTask().WaitAsync(Limit, Cancel);
    }

    private protected static async Task<byte[]> ReceiveAsync(TlsConnection connection, int length)
    {
        var result = await connection.Input.ReadAtLeastAsync(length, Cancel).AsTask().WaitAsync(Limit, Cancel);
        var bytes = result.Buffer.ToArray();
        connection.Input.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    private protected static async Task<string> EchoAsync(TlsConnection connection, string text)
    {
        await SendAsync(connection, text);
        return Encoding.UTF8.GetString(await ReceiveAsync(connection, Encoding.UTF8.GetByteCount(text)));
    }
}
