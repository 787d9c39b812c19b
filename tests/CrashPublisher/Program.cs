// Publishes messages of QoS 1 and 2 over a socket, with the session in a SQLite file, and writes down each one that is confirmed.
// A test kills it at any moment. Arguments: port, file, client id, number of the run; the run "drain" publishes nothing new and
// ends when the store is empty.
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CrashPublisher;
using Sim800.Mqtt;
using Sim800.Mqtt.Sqlite;

const int Window = 20;
var (port, file, clientId, run) = (int.Parse(args[0], CultureInfo.InvariantCulture), args[1], args[2], args[3]);
using var store = MqttSqliteSessionStore.Open(file);
using var socket = new TcpClient("127.0.0.1", port) { NoDelay = true };
await using var client = await MqttClient.ConnectAsync(
    new StreamTransport(socket.GetStream()),
    new MqttClientOptions { ClientId = clientId, CleanSession = false, SessionStore = store });
await using var output = Console.OpenStandardOutput();

if (run is "drain")
{
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
    while (client.Unacknowledged > 0)
    {
        await Task.Delay(10, patience.Token);
    }

    return 0;
}

var turns = new SemaphoreSlim(Window);
for (var number = 0; ; number++)
{
    await turns.WaitAsync();
    _ = PublishAsync(number);
}

async Task PublishAsync(int number)
{
    var name = $"{clientId}-{run}-{number}";
    await client.PublishAsync("crash", Encoding.ASCII.GetBytes(name), number % 2 == 0 ? MqttQoS.ExactlyOnce : MqttQoS.AtLeastOnce);
    await SayAsync(name);
    turns.Release();
}

// One write to the pipe for each line: what is in the pipe stays there when the process is killed.
async Task SayAsync(string line) => await output.WriteAsync(Encoding.ASCII.GetBytes(line + "\n"));
