namespace Sim800.Mqtt.Session;

/// <summary>Who wants to know that the application has taken a message, or gives it back.</summary>
internal interface IMessageOwner
{
    void Settle(InboundToken token, bool isTaken);
}
