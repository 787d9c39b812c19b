using System.Globalization;
using System.Text;
using System.Text.Json;
using Sim800.Cli.Rendering;
using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>What <c>info</c> prints. What a firmware does not know is <c>null</c>.</summary>
internal sealed record ModemReport
{
    public ModemIdentity? Identity { get; init; }

    public ModemRegistration? Registration { get; init; }

    public string? Operator { get; init; }

    public int? SignalDbm { get; init; }

    public ModemBatteryStatus? Battery { get; init; }

    public DateTimeOffset? Time { get; init; }

    internal static async Task<ModemReport> ReadAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        var signal = await AskAsync<ModemSignalQuality?>(async () => await modem.Network.ReadSignalAsync(cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        return new ModemReport
        {
            Identity = await AskAsync(() => modem.ReadIdentityAsync(cancellationToken)!).ConfigureAwait(false),
            Registration = await AskAsync<ModemRegistration?>(
                async () => await modem.Network.ReadRegistrationAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false),
            Operator = (await AskAsync(() => modem.Network.ReadOperatorAsync(cancellationToken)).ConfigureAwait(false))?.Name,
            SignalDbm = signal?.Dbm,
            Battery = await AskAsync<ModemBatteryStatus?>(
                async () => await modem.Power.ReadBatteryAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false),
            Time = await AskAsync(() => modem.Clock.ReadAsync(cancellationToken)).ConfigureAwait(false),
        };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.ModemReport);

    internal string ToText()
    {
        var text = new StringBuilder();
        Line(text, "modem", Identity is { } id ? $"{id.Manufacturer} {id.Model}, firmware {id.Firmware}" : null);
        Line(text, "IMEI", Identity?.Imei);
        Line(text, "SIM", Identity is { Iccid: not null } sim ? $"{sim.Iccid}, IMSI {sim.Imsi}" : null);
        Line(text, "network", Registration is { } network ? $"{network.Status}, {Operator ?? "no operator"}{Cell(network)}" : null);
        Line(text, "signal", SignalDbm is { } dbm ? string.Create(CultureInfo.InvariantCulture, $"{dbm} dBm") : null);
        Line(text, "supply", Battery is { } b ? string.Create(CultureInfo.InvariantCulture, $"{b.Volts:0.00} V, {b.Percent} %, {b.Charge}") : null);
        Line(text, "time", Time?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        return text.ToString().TrimEnd();
    }

    private static string Cell(ModemRegistration network) => network is { LocationAreaCode: { } area, CellId: { } cell }
        ? string.Create(CultureInfo.InvariantCulture, $", area {area:X4}, cell {cell:X4}")
        : string.Empty;

    private static void Line(StringBuilder text, string name, string? value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-9} {(value is null ? "unknown" : FailureText.OneLine(value))}\n");

    /// <summary>One question a firmware refuses must not cost the answers to the others.</summary>
    private static async Task<T?> AskAsync<T>(Func<Task<T?>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception e) when (e is AtCommandException or AtAnswerException)
        {
            return default;
        }
    }
}
