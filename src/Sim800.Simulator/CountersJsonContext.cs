using System.Text.Json.Serialization;

namespace Sim800.Simulator;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VirtualSim800Counters))]
internal sealed partial class CountersJsonContext : JsonSerializerContext;
