using System.Globalization;
using System.Text;
using System.Text.Json;
using Sim800.Cli.Rendering;
using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>What <c>info</c> prints. What a firmware does not know is <c>null</c>.</summary>
internal sealed record ModemReport
{
    public required ModemIdentity Identity { get; init; }

    public ModemRegistration? Registration { get; init; }

    public string? Operator { get; init; }

    public int? SignalDbm { get; init; }

    public ModemServingCell? Cell { get; init; }

    public ModemBatteryStatus? Battery { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary>The other questions that the modem refused or answered with something that cannot be read, and its words.</summary>
    public IReadOnlyList<ModemUnreadAnswer> Unread { get; init; } = [];

    internal static async Task<ModemReport> ReadAsync(CellularModem modem, CancellationToken cancellationToken)
    {
        var unread = new List<ModemUnreadAnswer>();
        return new ModemReport
        {
            Identity = await modem.ReadIdentityAsync(cancellationToken).ConfigureAwait(false),
            SignalDbm = (await AskAsync<ModemSignalQuality?>(
                unread, async () => await modem.Network.ReadSignalAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))?.Dbm,
            Registration = await AskAsync<ModemRegistration?>(
                unread, async () => await modem.Network.ReadRegistrationAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false),
            Operator = (await AskAsync(unread, () => modem.Network.ReadOperatorAsync(cancellationToken)).ConfigureAwait(false))?.Name,
            Cell = await AskAsync(unread, () => modem.Network.ReadServingCellAsync(cancellationToken)).ConfigureAwait(false),
            Battery = await AskAsync<ModemBatteryStatus?>(
                unread, async () => await modem.Power.ReadBatteryAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false),
            Time = await AskAsync(unread, () => modem.Clock.ReadAsync(cancellationToken)).ConfigureAwait(false),
            Unread = unread,
        };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.ModemReport);

    internal string ToText()
    {
        var text = new StringBuilder();
        var id = Identity;
        Line(text, "family", id.Family.ToString());
        Line(text, "modem", Together($"{id.Manufacturer} {id.Model ?? id.Product}".Trim(), id.Firmware is null ? null : $"firmware {id.Firmware}"));
        Line(text, "IMEI", id.Imei);
        Line(text, "SIM", Together(id.Iccid, id.Imsi is null ? null : $"IMSI {id.Imsi}"));
        Line(text, "network", Registration is { } network ? $"{network.Status}, {Operator ?? "no operator"}{Place(network)}" : null);
        Line(text, "signal", SignalDbm is { } dbm ? string.Create(CultureInfo.InvariantCulture, $"{dbm} dBm") : null);
        if (Cell is { } cell)
        {
            Line(text, "cell", Together(cell.System, cell.Band, Levels(cell)));
        }

        Line(text, "supply", Battery is { } battery ? Supply(battery) : null);
        Line(text, "time", Time?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        foreach (var trouble in id.KnownTroubles)
        {
            Line(text, "known", trouble);
        }

        foreach (var unread in id.Unread.Concat(Unread))
        {
            Line(text, "no answer", $"'{unread.Command}' is answered with '{unread.Answer}'");
        }

        return text.ToString().TrimEnd();
    }

    private static string? Together(params string?[] parts) =>
        string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : null;

    private static string Supply(ModemBatteryStatus battery) => battery.Percent is { } percent
        ? string.Create(CultureInfo.InvariantCulture, $"{battery.Volts:0.00} V, {percent} %, {battery.Charge}")
        : string.Create(CultureInfo.InvariantCulture, $"{battery.Volts:0.00} V");

    private static string? Levels(ModemServingCell cell) => cell is { Rsrp: { } power, Rsrq: { } quality }
        ? string.Create(CultureInfo.InvariantCulture, $"RSRP {power:0.#} dBm, RSRQ {quality:0.#} dB")
        : null;

    private static string Place(ModemRegistration network) => network is { LocationAreaCode: { } area, CellId: { } cell }
        ? string.Create(CultureInfo.InvariantCulture, $", area {area:X4}, cell {cell:X4}")
        : string.Empty;

    private static void Line(StringBuilder text, string name, string? value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-9} {(value is null ? "unknown" : FailureText.OneLine(value))}\n");

    /// <summary>One question a firmware refuses must not cost the answers to the others.</summary>
    private static async Task<T?> AskAsync<T>(List<ModemUnreadAnswer> unread, Func<Task<T?>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (ModemException e) when (e is AtCommandException or AtAnswerException)
        {
            unread.Add(new ModemUnreadAnswer(e.Command ?? "", e.Answer ?? ""));
            return default;
        }
    }
}
