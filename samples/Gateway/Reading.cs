using System.Globalization;
using System.Text.Json.Serialization;

namespace Gateway;

/// <summary>What the gateway tells about itself every two seconds. <c>Run</c> and <c>Number</c> let whoever reads it see that none is missing.</summary>
/// <param name="Run">When this run of the gateway began, in milliseconds since 1970.</param>
/// <param name="Number">How many readings of this run came before.</param>
/// <param name="At">When it was taken, which may be long before it arrives.</param>
/// <param name="Temperature">Of the processor, in degrees Celsius; null on a machine that does not tell.</param>
internal sealed record Reading(long Run, long Number, DateTimeOffset At, double? Temperature)
{
    private const string Sensor = "/sys/class/thermal/thermal_zone0/temp";

    internal static double? ReadTemperature() =>
        File.Exists(Sensor) && double.TryParse(File.ReadAllText(Sensor), CultureInfo.InvariantCulture, out var thousandths)
            ? Math.Round(thousandths / 1000, 1)
            : null;
}

/// <summary>Signal and supply, as a command asks for them.</summary>
internal sealed record Report(int? SignalDbm, int? SupplyMillivolts, string? Registration, long Connections, int Waiting, long BytesToday);

/// <summary>JSON without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Report))]
internal sealed partial class GatewayJson : JsonSerializerContext;
