using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;

namespace Architecture.Tests.Pages;

/// <summary>The code of docs/tls.md, so that the compiler reads it. It is not run: there are no such files and brokers here.</summary>
internal static class TlsPageSnippets
{
    internal static TlsTrust[] WhichRoots()
    {
        var system = TlsTrust.System;                            // the operating system's: public clouds
        var own = TlsTrust.FromPemFile("/etc/gateway/ca.pem");   // these alone: your own authority
        var both = system.Or(own);
        var pin = TlsTrust.PinnedPublicKey("sha256//XOQJ8X...");  // this key, whoever certified it
        var pinned = system.And(pin);                            // a public authority, and this key on the path
        return [both, pinned];
    }

    internal static TlsClientOptions WhichClockAndSessions(CellularModem modem) => new()
    {
        ServerName = "broker.example.org",
        TrustedTime = new TlsTrustedTime(TimeProvider.System,
        [
            new TlsTrustedTimeSource("the mobile network", _ => new(modem.Clock.NetworkTime?.Time)),
            new TlsTrustedTimeSource("NTP by the modem", async ct => await modem.Clock.SynchroniseAsync(cancellationToken: ct)),
        ]),
        SessionCache = new TlsFileSessionCache("/var/lib/gateway/tls-sessions"),
        PreSharedKey = TlsPreSharedKey.FromHex("gateway-7", "8ee3..."),
    };

    internal static TlsClientCertificate[] ClientCertificates(X509Certificate2 fromAStoreOrTpm, X509Certificate2[] intermediates)
    {
        var pem = TlsClientCertificate.FromPemFiles("gateway.pem", "gateway.key");         // PKCS #8, PKCS #1, SEC 1; a password as third
        var pfx = TlsClientCertificate.FromPfxFile("gateway.pfx", "password");
        var stored = TlsClientCertificate.FromCertificate(fromAStoreOrTpm, intermediates); // the key never leaves its place
        return [pem, pfx, stored];
    }

    [UnsupportedOSPlatform("windows")]
    internal static TlsClientOptions LookingInside()
    {
        var ownerOnly = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var log = new StreamWriter("keys.log", ownerOnly) { AutoFlush = true };
        var options = new TlsClientOptions { ServerName = "broker.example.org", KeyLog = log.WriteLine };
        return options;
    }

    internal static Sim800MqttClientOptions HiveMqCloud(ModemOptions modem, string password)
    {
        var hivemq = new Sim800MqttClientOptions
        {
            Host = "YOURCLUSTER.s1.eu.hivemq.cloud",
            Port = 8883,
            Modem = modem,
            Mqtt = new() { ClientId = "gateway-7", Credentials = new("gateway-7", password) },
            Tls = new() { ServerName = "YOURCLUSTER.s1.eu.hivemq.cloud", SessionCache = new TlsFileSessionCache("/var/lib/gateway/tls-sessions") },
        };
        return hivemq;
    }

    internal static Sim800MqttClientOptions AwsIotCore(ModemOptions modem)
    {
        const string Endpoint = "YOURENDPOINT-ats.iot.eu-west-1.amazonaws.com";
        var aws = new Sim800MqttClientOptions
        {
            Host = Endpoint,
            Port = 443,
            Modem = modem,
            Mqtt = new() { ClientId = "gateway-7" },
            Tls = new()
            {
                ServerName = Endpoint,
                Trust = TlsTrust.FromPemFile("AmazonRootCA1.pem"),
                ClientCertificate = TlsClientCertificate.FromPemFiles("gateway-7.pem.crt", "gateway-7.pem.key"),
                ApplicationProtocols = ["x-amzn-mqtt-ca"],
            },
        };
        return aws;
    }

    internal static Sim800MqttClientOptions AzureEventGrid(ModemOptions modem)
    {
        const string Namespace = "YOURNAMESPACE.westeurope-1.ts.eventgrid.azure.net";
        var azure = new Sim800MqttClientOptions
        {
            Host = Namespace,
            Port = 8883,
            Modem = modem,
            Mqtt = new() { ClientId = "gateway-7-session", Credentials = new("gateway-7") },
            Tls = new() { ServerName = Namespace, ClientCertificate = TlsClientCertificate.FromPemFiles("gateway.pem", "gateway.key") },
        };
        return azure;
    }
}
