using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sim800.Cli.Diagnosis;

/// <summary>The reports of <c>info</c> and <c>doctor</c> in JSON: enumerations by name, text readable.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModemReport))]
[JsonSerializable(typeof(LadderReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    internal static ReportJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
