namespace Sim800.Tls.Tests.Interop;

/// <summary>CONNECT and CONNACK by hand: enough MQTT to tell that the bytes arrive, and at whom.</summary>
internal static class MqttGreeting
{
    internal const byte Accepted = 0;
    internal const byte NotAuthorized = 5;

    /// <summary>CONNECT of the client "sim8", clean session, keep alive 60 s (MQTT 3.1.1 §3.1).</summary>
    internal static ReadOnlySpan<byte> Connect => [0x10, 0x10, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 60, 0, 4, (byte)'s', (byte)'i', (byte)'m', (byte)'8'];

    /// <summary>Sends CONNECT; the return code of CONNACK (§3.2.2.3).</summary>
    internal static async Task<byte> GreetAsync(TlsConnection connection, CancellationToken cancellationToken)
    {
        Write(connection);
        await connection.Output.FlushAsync(cancellationToken);
        var result = await connection.Input.ReadAtLeastAsync(4, cancellationToken);
        Assert.Equal(0x20, result.Buffer.FirstSpan[0]);
        var code = result.Buffer.FirstSpan[3];
        connection.Input.AdvanceTo(result.Buffer.End);
        return code;
    }

    private static void Write(TlsConnection connection)
    {
        Connect.CopyTo(connection.Output.GetSpan(Connect.Length));
        connection.Output.Advance(Connect.Length);
    }
}
