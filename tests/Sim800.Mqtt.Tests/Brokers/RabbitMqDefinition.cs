namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>Classes that share one RabbitMQ node, whose start takes longer than all their tests.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitMqDefinition : ICollectionFixture<RabbitMqBroker>
{
    internal const string Name = "RabbitMQ";
}
