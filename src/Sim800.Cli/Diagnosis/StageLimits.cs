using System.Globalization;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>What each rung waits for, and about how long that may take, so that nobody takes a wait for a hang.</summary>
internal static class StageLimits
{
    internal static string Of(Sim800Stage stage, LineSettings line) => stage switch
    {
        Sim800Stage.Line => "opens the serial device",
        Sim800Stage.Modem => "waits for the modem to answer AT, at all usual baud rates: up to half a minute",
        Sim800Stage.Sim => "waits for the SIM card: up to half a minute",
        Sim800Stage.Network => string.Create(
            CultureInfo.InvariantCulture,
            $"waits for a mobile network: up to {(line.RegistrationTimeout ?? new ModemOptions().RegistrationTimeout).TotalSeconds:0} s"),
        Sim800Stage.Gprs => "waits for the data connection and an IP address: up to three minutes",
        Sim800Stage.Tcp => "waits for the server to take the connection: up to 75 s, or 160 s with a slow name server",
        Sim800Stage.Tls => "waits for the TLS handshake: up to 60 s",
        Sim800Stage.WebSocket => "waits for the WebSocket: up to 60 s",
        _ => "waits for CONNACK: up to 60 s",
    };
}
