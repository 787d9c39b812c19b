using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Radio;

/// <summary>
/// The contexts of AT+CGDCONT and AT+CGACT. The one AT+CIICR brings up is another, which the modem shows as the first.
/// Definitions survive a reboot (AUTO_SAVE).
/// </summary>
internal sealed class PacketContexts(ModemEngine modem)
{
    /// <summary>What AT+CGACT=1 says when the network does not know the access point.</summary>
    private const int NotSubscribed = 133;

    internal const string NoAddress = "0.0.0.0";

    /// <summary>Of the context that comes with the attach.</summary>
    internal const string BearerAddress = "10.0.109.44";

    private readonly string?[] _accessPoints = new string?[modem.Model.Contexts];
    private readonly string?[] _types = new string?[modem.Model.Contexts];
    private readonly bool[] _isActive = new bool[modem.Model.Contexts];

    internal int Count => _accessPoints.Length;

    /// <summary>AT+CGAUTH of the first context.</summary>
    internal ContextLogin Login { get; set; } = ContextLogin.None;

    /// <summary>Those AT+CGDCONT has defined; the first is there from the beginning.</summary>
    internal IEnumerable<(int Id, string AccessPoint, string Type)> Defined => Enumerable.Range(1, Count)
        .Select(id => (id, AccessPoint: _accessPoints[id - 1] ?? (id == 1 ? modem.Ip.DefaultAccessPoint : null)))
        .Where(context => context.AccessPoint is not null)
        .Select(context => (context.id, context.AccessPoint!, _types[context.id - 1] ?? "IP"));

    /// <summary>The access point of a context; empty when the network is to choose.</summary>
    internal string NameOf(int id) => _accessPoints[id - 1] ?? (id == 1 ? modem.Ip.DefaultAccessPoint : "");

    internal bool IsActive(int id) => _isActive[id - 1] || (id == 1 && modem.Ip.IsContextUp);

    internal string AddressOf(int id) => IsActive(id) ? modem.Ip.IsContextUp && id == 1 ? modem.Ip.Address : $"10.0.109.{100 + id}" : NoAddress;

    internal void Define(int id, string? accessPoint, string type = "IP") => (_accessPoints[id - 1], _types[id - 1]) = (accessPoint, type);

    internal CommandOutcome Activate(int id)
    {
        if (modem.Radio.Attach() is { Kind: not CommandOutcomeKind.Ok } refusal)
        {
            return refusal;
        }

        // Without a name the network takes the one of the subscription.
        if (_accessPoints[id - 1] is { Length: > 0 } accessPoint && !modem.Radio.AcceptsAccessPoint(accessPoint))
        {
            return CommandOutcome.Cme(NotSubscribed);
        }

        _isActive[id - 1] = true;
        return CommandOutcome.Ok;
    }

    internal void Deactivate(int id) => _isActive[id - 1] = false;

    internal void DeactivateAll() => Array.Clear(_isActive);
}

/// <summary>AT+CGAUTH: 0 none, 1 PAP, 2 CHAP, and the two texts as they stood in the command.</summary>
internal sealed record ContextLogin(int Kind, string First, string Second)
{
    internal static readonly ContextLogin None = new(0, "", "");

    /// <summary>Both manuals write the password first; some firmware takes the user first.</summary>
    internal bool IsRight(ModemEngine modem)
    {
        if (modem.Options.ApnUser is not { } user)
        {
            return true;
        }

        var (given, password) = modem.Faults.TakesUserFirst ? (First, Second) : (Second, First);
        return Kind > 0 && string.Equals(given, user, StringComparison.Ordinal) && string.Equals(password, modem.Options.ApnPassword, StringComparison.Ordinal);
    }
}
