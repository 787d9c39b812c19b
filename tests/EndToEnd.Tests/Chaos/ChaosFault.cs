using System.Globalization;
using Sim800.Simulator;

namespace EndToEnd.Tests.Chaos;

/// <summary>One thing that goes wrong. What somebody has to mend, it mends itself.</summary>
/// <param name="Name">How it stands in the report.</param>
/// <param name="Strike">Lets it happen, and ends when it is over as far as it is not for the client to get over it.</param>
internal sealed record ChaosFault(string Name, Func<ChaosStand, Random, Task> Strike)
{
    /// <summary>How long what does not pass by itself lasts.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(2);

    /// <summary>Of the power key: it restarts a SIM800, on or off.</summary>
    private static readonly TimeSpan LongPress = TimeSpan.FromSeconds(34);

    /// <summary>It starts an LTE module, and leaves one alone that is on: a longer one would switch it off.</summary>
    private static readonly TimeSpan ShortPress = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    /// <summary>Those that strike an attempt to connect: something before them ends the connection.</summary>
    private static readonly string[] OfBringUp =
    [
        "late-connect-fail=75s", "not-attached=3", "connect-never", "sim-busy=5s", "pin-without-result=1", "error=AT+CIICR",
        "error=AT+CSTT", "error=AT+CIPSTART", "error=AT+CIPMUX", "error=AT+CIPSHUT", "mute=AT+CPIN?", "mute=AT+CREG?", "mute=AT+CGATT?", "mute=AT+CIPSHUT",
        "mute=AT+CIPMUX", "mute=AT+CSTT", "mute=AT+CIICR", "mute=AT+CIFSR", "mute=AT+CIPSTART", "restart=AT+CIICR", "restart=AT+CIPSTART",
    ];

    private static readonly string[] OfBringUpByCipstart = ["deact-in-shut", "cstt-restart=1"];

    private static readonly string[] OfBringUpByCipopen =
        ["late-result=30s", "urcs-before-result=1", "open-refused=1", "reboot-in-open=1", "netopen-fails=1", "mute=AT+CIPRXGET", "error=AT+CIPRXGET", "mute=AT+CIPTIMEOUT"];

    /// <summary>Those that strike an open connection, and end by themselves or are got over as long as they last.</summary>
    private static readonly string[] OfConnection =
    [
        "boot-urcs-in-answer=1", "network-time-in-answer=2", "repeated-receive-notice=3", "urc-before-read-final=1", "urc-before-confirmation=1", "echo-back",
        "send-fail=2", "remote-close", "closed-in-send=1", "pdp-deact", "reboot", "mux-lost", "truncated-read=1", "zombie", "silent-server",
        "prompt-lost=1", "brown-out=1", "under-voltage=3", "registration-lost=45s", "hang=60s", "slow-answers=1s", "missing-receive-notice=1",
        "short-accept=1", "incoming-message", "incoming-call=3", "error=AT+CIPSEND", "mute=AT+CIPSEND", "mute=AT+CIPRXGET", "restart=AT+CIPSEND",
        "lose-byte=40", "lose-byte=9", "lose-host-byte=40", "lose-host-byte=7", "device-gone=5s", "late-ready", "message-in-phone", "slow-send=10s",
    ];

    private static readonly string[] OfConnectionByCipstart = ["accept-damaged=1"];

    private static readonly string[] OfConnectionByCipopen =
    [
        "silent-loss", "no-data=1", "nothing-confirmed=1", "prompt-space=3", "blank-before-ok=3", "payload-echo=2", "error=AT+CIPRXGET", "mute=AT+CIPACK",
        "restart=AT+CIPRXGET",
    ];

    /// <summary>Those that last until somebody comes.</summary>
    private static readonly string[] OfPlace =
    [
        "wrong-apn", "registration-denied", "gprs-refused", "no-sim", "no-network", "echo-only", "power-down", "garble=0.0005", "byte-loss=0.0005", "send-limit=512",
    ];

    private static readonly string[] OfPlaceByCipopen = ["emergency-only", "creg-denied", "cadataind"];

    /// <summary>Of a network without messages over LTE.</summary>
    private static readonly string[][] OfFallback = [["incoming-message", "cs-fallback"], ["incoming-call=1", "cs-fallback"]];

    /// <summary>Kinds of the virtual modem that no connection meets: only who calls, asks a name or a time server, or logs in at the access point does.</summary>
    private static readonly FaultKind[] Elsewhere =
        [FaultKind.CallBusy, FaultKind.CallUnanswered, FaultKind.CallDropped, FaultKind.TimeServerFails, FaultKind.NameLookupFails, FaultKind.UserFirst];

    /// <summary>Those that belong to the commands of other modems.</summary>
    private static readonly FaultKind[] OfOthersThanCipstart =
    [
        FaultKind.LateResult, FaultKind.UrcsBeforeResult, FaultKind.OpenRefused, FaultKind.RebootInOpen, FaultKind.NetworkOpenFails, FaultKind.SilentLoss,
        FaultKind.NoData, FaultKind.NothingConfirmed, FaultKind.PromptSpace, FaultKind.BlankBeforeFinal, FaultKind.PayloadEcho, FaultKind.OtherNotice,
        FaultKind.CircuitsDenied, FaultKind.CircuitFallback, FaultKind.EmergencyOnly,
    ];

    private static readonly FaultKind[] OfOthersThanCipopen = [FaultKind.DeactInShut, FaultKind.RestartAfterCstt, FaultKind.AcceptDamaged];

    /// <summary>All of a model and of the broker.</summary>
    internal static IReadOnlyList<ChaosFault> Of(VirtualModemModel model)
    {
        var (bringUp, connection, place) = Named(model);
        return
        [
            .. OfBroker(),
            .. connection.Select(static fault => OfModem(TimeSpan.Zero, fault)),
            .. bringUp.Select(static fault => OfModem(TimeSpan.Zero, "pdp-deact", fault)),
            .. bringUp.Select(static fault => OfModem(TimeSpan.Zero, "reboot", fault)),
            .. place.Select(static fault => OfModem(Lasting, fault)),
            .. place.Select(static fault => OfModem(Lasting, "reboot", fault)),
            .. IsCipopen(model) ? OfFallback.Select(static faults => OfModem(TimeSpan.Zero, faults)) : [],
        ];
    }

    /// <summary>The kinds of the virtual modem that are among them.</summary>
    internal static IEnumerable<FaultKind> KindsOf(VirtualModemModel model)
    {
        var (bringUp, connection, place) = Named(model);
        string[] all = [.. bringUp, .. connection, .. place, .. IsCipopen(model) ? OfFallback.SelectMany(static faults => faults) : []];
        return all.Select(static fault => Fault.Parse(fault).Kind);
    }

    /// <summary>The kinds that no connection of that model can meet.</summary>
    internal static IEnumerable<FaultKind> ElsewhereThan(VirtualModemModel model) => Elsewhere.Concat(IsCipopen(model) ? OfOthersThanCipopen : OfOthersThanCipstart);

    private static bool IsCipopen(VirtualModemModel model) => Wording.SocketCommandsOf(model) is SocketCommands.Cipopen;

    private static (string[] BringUp, string[] Connection, string[] Place) Named(VirtualModemModel model)
    {
        string[] In(params IEnumerable<string> faults) => [.. faults.Select(fault => Wording.Of(model, fault))];
        return IsCipopen(model)
            ? (In([.. OfBringUp, .. OfBringUpByCipopen]), In([.. OfConnection, .. OfConnectionByCipopen]), In([.. OfPlace, .. OfPlaceByCipopen]))
            : (In([.. OfBringUp, .. OfBringUpByCipstart]), In([.. OfConnection, .. OfConnectionByCipstart]), In(OfPlace));
    }

    private static IEnumerable<ChaosFault> OfBroker()
    {
        foreach (var downtime in new[] { 0, 10, 300 })
        {
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"broker killed, back after {downtime} s"),
                (stand, _) => RestartAsync(stand, TimeSpan.FromSeconds(downtime)));
        }

        yield return new("broker killed, its store lost", LoseStoreAsync);
        yield return new("broker killed, back with an older snapshot", RestoreAsync);
        yield return new("broker's certificate renewed", static (stand, _) =>
        {
            stand.Broker.ChangeCertificate(keepsAuthority: true);
            stand.Broker.DropConnections();
            return Task.CompletedTask;
        });
        yield return new("certificate of another authority", static async (stand, _) =>
        {
            stand.Answer(isGenuine: false);
            stand.Broker.DropConnections();
            await Task.Delay(Lasting, stand.Clock, TestContext.Current.CancellationToken);
            stand.Answer(isGenuine: true);
        });
        yield return new("broker hangs up on a message once", static (stand, _) =>
        {
            stand.HangUp(times: 1);
            return Task.CompletedTask;
        });
        yield return new("broker hangs up on a message twice", static (stand, _) =>
        {
            stand.HangUp(times: 2);
            return Task.CompletedTask;
        });
    }

    private static ChaosFault OfModem(TimeSpan lasting, params string[] faults) => new(
        string.Join(" and ", faults),
        async (stand, _) =>
        {
            foreach (var fault in faults.Reverse())
            {
                stand.Modem.Inject(Fault.Parse(fault));
            }

            await Task.Delay(lasting + Moment, stand.Clock, TestContext.Current.CancellationToken);
            if (lasting > TimeSpan.Zero)
            {
                Array.ForEach(faults, fault => Mend(stand, Fault.Parse(fault).Kind));
            }

            stand.Modem.Mend(FaultKind.PdpDeact); // which is an age that every context ends at
        });

    private static void Mend(ChaosStand stand, FaultKind kind)
    {
        stand.Modem.Mend(kind);
        if (kind is FaultKind.PowerDown)
        {
            stand.Modem.PressPowerKey(IsCipopen(stand.Model) ? ShortPress : LongPress);
        }
    }

    private static async Task RestartAsync(ChaosStand stand, TimeSpan downtime)
    {
        stand.IsCommanding = false;
        stand.Listen(isListening: false);
        stand.Broker.RestartFromStore();
        await Task.Delay(downtime, stand.Clock, TestContext.Current.CancellationToken);
        stand.Listen(isListening: true);
        stand.IsCommanding = true;
    }

    private static async Task RestoreAsync(ChaosStand stand, Random random)
    {
        var (snapshot, numbers) = (stand.Broker.TakeSnapshot(), stand.Numbers());
        await Task.Delay(TimeSpan.FromSeconds(5 + random.Next(300)), stand.Clock, TestContext.Current.CancellationToken);
        stand.Broker.Restart(snapshot);
        stand.Excuse(numbers);
    }

    /// <summary>Nobody is subscribed any more: what is published before the client is again, nobody gets.</summary>
    private static async Task LoseStoreAsync(ChaosStand stand, Random random)
    {
        var numbers = stand.Numbers();
        stand.IsCommanding = false;
        var connections = stand.Client!.Status.Connections;
        stand.Broker.Restart();
        stand.Excuse(numbers);
        await stand.UntilAsync(() => stand.Client.Status.Connections > connections, TimeSpan.FromMinutes(10));
        await Task.Delay(TimeSpan.FromSeconds(10), stand.Clock, TestContext.Current.CancellationToken);
        stand.Excuse(numbers);
        stand.IsCommanding = true;
    }
}
