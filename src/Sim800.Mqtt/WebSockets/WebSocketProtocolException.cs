namespace Sim800.Mqtt;

/// <summary>The server broke the WebSocket protocol, or ended the WebSocket without saying so.</summary>
public sealed class WebSocketProtocolException : MqttException
{
    internal WebSocketProtocolException(string message, string remedy, Exception? inner = null)
        : base(message, remedy, inner)
    {
    }
}
