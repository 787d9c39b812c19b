// TLS through the modem as a Stream, for any library that takes one. Here the library is twenty bytes of MQTT by hand.
//
//   dotnet run --project samples/StreamDoor
using Sim800.Modem;
using Sim800.Simulator;
using Sim800.Tls;
using StreamDoor;

const string Host = "broker.test";
await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Listen = false, Tls = true, RequireSni = true, ServerNames = [Host] });
await using var device = VirtualModem.Create(new VirtualModemOptions
{
    RoundTripTime = TimeSpan.FromMilliseconds(600),
    Network = new InMemoryNetwork().Serve(Host, 8883, (pipe, cancellationToken) => broker.ServeAsync(pipe, cancellationToken)),
});

await using var modem = await CellularModem.OpenAsync(device.Line, new ModemOptions { Apn = "internet" });
await using var stream = await ModemDoor.OpenAsync(modem, Host, 8883, TlsTrust.FromPem(broker.CertificateAuthorityPem));

byte[] connect = [0x10, 0x10, 0x00, 0x04, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 0x04, 0x02, 0x00, 0x3C, 0x00, 0x04, (byte)'d', (byte)'o', (byte)'o', (byte)'r'];
await stream.WriteAsync(connect);
await stream.FlushAsync();
var connAck = new byte[4];
await stream.ReadExactlyAsync(connAck);

Console.WriteLine($"CONNACK {Convert.ToHexString(connAck)}");
return connAck is [0x20, 0x02, _, 0x00] ? 0 : 1;
