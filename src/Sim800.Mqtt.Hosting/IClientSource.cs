namespace Sim800.Mqtt.Hosting;

/// <summary>Begins the client: on the device that the options name, or on a line that a test holds.</summary>
internal interface IClientSource
{
    Sim800MqttClient Start(Sim800MqttHostOptions host, Sim800MqttClientOptions options);
}

/// <summary>Begins the client on the serial device.</summary>
internal sealed class DeviceClientSource : IClientSource
{
    public Sim800MqttClient Start(Sim800MqttHostOptions host, Sim800MqttClientOptions options) =>
        Sim800MqttClient.Start(host.Device, options);
}
