using Xunit.v3;

namespace Sim800.Mqtt.Tests.Conformance;

/// <summary>Names the normative statement of MQTT 3.1.1 that a test proves.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class StatementAttribute(string id) : Attribute, ITraitAttribute
{
    internal string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Statement", Id)];
}
