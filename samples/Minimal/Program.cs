using Sim800.Mqtt;

await using var client = await Sim800MqttClient.ConnectAsync("/dev/ttyUSB0", new Sim800MqttClientOptions
{
    Host = "xyz.s2.eu.hivemq.cloud",
    Modem = new() { Apn = "internet" },
    Mqtt = new() { ClientId = "greenhouse-7", Credentials = new MqttCredentials("user", "password") },
});
await client.PublishAsync("greenhouse/7/temperature", "21.5", MqttQoS.AtLeastOnce);

await using var commands = await client.SubscribeAsync("greenhouse/7/cmd/#", MqttQoS.AtLeastOnce);
await foreach (var message in commands)
{
    Console.WriteLine($"{message.Topic}: {message.PayloadText}");
}
