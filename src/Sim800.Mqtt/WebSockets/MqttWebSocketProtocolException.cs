namespace Sim800.Mqtt;

/// <summary>The server broke the WebSocket protocol, or ended the WebSocket without saying so.</summary>
public sealed class MqttWebSocketProtocolException : MqttException
{
    internal MqttWebSocketProtocolException(string message, MqttRemedy remedy, Exception? inner = null)
        : base(message, remedy, inner)
    {
    }
}
