using System.Globalization;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Benchmarks.Soak;

/// <summary>One thing that goes wrong. What it undoes again, it undoes itself.</summary>
/// <param name="Name">How it stands in the table.</param>
/// <param name="Strike">Lets it happen, and ends when it is over as far as it is not for the program to get over it.</param>
internal sealed record SoakFault(string Name, Func<SoakStand, Random, CancellationToken, Task> Strike)
{
    /// <summary>All of them: of the modem, of the broker, of the program.</summary>
    internal static IReadOnlyList<SoakFault> All { get; } = [.. OfBroker(), .. OfProgram(), .. OfModem()];

    private static IEnumerable<SoakFault> OfBroker()
    {
        foreach (var downtime in new[] { 0, 5, 15 })
        {
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"broker killed (-9), back after {downtime} s"),
                (stand, _, cancellationToken) => RestartAsync(stand, TimeSpan.FromSeconds(downtime), static () => { }, cancellationToken));
        }

        yield return new("broker killed, certificate renewed", static (stand, _, cancellationToken) =>
            RestartAsync(stand, TimeSpan.FromSeconds(1), stand.Broker.RenewCertificate, cancellationToken));
        yield return new("broker killed, its store lost", static (stand, _, cancellationToken) =>
            LoseStoreAsync(stand, cancellationToken));
        yield return new("broker killed, back with an older snapshot", static async (stand, random, cancellationToken) =>
        {
            var (snapshot, numbers) = (stand.Broker.Snapshot(), Numbers(stand));
            await Task.Delay(TimeSpan.FromSeconds(3 + random.Next(10)), cancellationToken);
            await RestartAsync(stand, TimeSpan.FromSeconds(1), () => Forget(stand, snapshot, numbers), cancellationToken);
        });
    }

    private static IEnumerable<SoakFault> OfProgram()
    {
        yield return new("program killed (-9)", static async (stand, random, cancellationToken) =>
        {
            var program = stand.Programs[random.Next(stand.Programs.Count)];
            await program.KillAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(3000)), cancellationToken);
            program.Start();
        });
        yield return new("both programs and the broker killed (-9)", static async (stand, random, cancellationToken) =>
        {
            await Task.WhenAll(stand.Programs.Select(static program => program.KillAsync()));
            await RestartAsync(stand, TimeSpan.FromMilliseconds(random.Next(3000)), static () => { }, cancellationToken);
            foreach (var program in stand.Programs)
            {
                program.Start();
            }
        });
    }

    /// <summary>Those of <c>docs/simulator.md</c> that a modem gets over, some of them behind what makes them strike.</summary>
    private static IEnumerable<SoakFault> OfModem()
    {
        string[] passing =
        [
            "reboot", "brown-out", "pdp-deact", "remote-close", "registration-lost=15s", "send-fail=2", "closed-in-send", "slow-send=10s", "hang=20s",
            "zombie", "silent-server", "under-voltage=3", "device-gone=5s", "truncated-read", "missing-receive-notice", "short-accept", "prompt-lost",
            "mux-lost", "repeated-receive-notice", "urc-before-read-final", "urc-before-confirmation", "incoming-call", "incoming-message", "echo-back",
            "boot-urcs-in-answer", "network-time-in-answer", "late-ready", "lose-byte=40", "lose-host-byte=40", "slow-answers=1s", "error=AT+CIPSEND",
            "mute=AT+CIPSEND", "mute=AT+CIPRXGET", "restart=AT+CIPSEND",
        ];
        string[] behind =
        [
            "deact-in-shut", "late-connect-fail=5s", "not-attached", "connect-never", "sim-busy=5s", "pin-without-result", "cstt-restart", "mute=AT+CIICR",
            "error=AT+CIICR", "restart=AT+CIICR", "mute=AT+CSTT", "error=AT+CIPSTART", "mute=AT+CIPSTART", "mute=AT+CIPSHUT", "error=AT+CIPMUX",
        ];
        return
        [
            .. passing.Select(fault => OfModem(fault)),
            .. behind.Select(fault => OfModem("pdp-deact", fault)),
            .. behind.Select(fault => OfModem("reboot", fault)),
            OfModem(TimeSpan.FromSeconds(10), "garble=0.0005"),
            OfModem(TimeSpan.FromSeconds(10), "byte-loss=0.0005"),
            OfModem(TimeSpan.FromSeconds(20), "no-network"),
        ];
    }

    private static SoakFault OfModem(params string[] faults) => OfModem(TimeSpan.Zero, faults);

    private static SoakFault OfModem(TimeSpan lasting, params string[] faults) => new(
        string.Join(" and ", faults),
        async (stand, _, cancellationToken) =>
        {
            foreach (var fault in faults.Reverse())
            {
                stand.Modem.Inject(Fault.Parse(fault));
            }

            await Task.Delay(lasting, cancellationToken);
            if (lasting > TimeSpan.Zero)
            {
                Array.ForEach(faults, fault => stand.Modem.Mend(Fault.Parse(fault).Kind));
            }

            // Stands for an age that every context ends at: once is enough.
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
            stand.Modem.Mend(FaultKind.PdpDeact);
        });

    private static async Task RestartAsync(SoakStand stand, TimeSpan downtime, Action whileDown, CancellationToken cancellationToken)
    {
        stand.IsDriving = false;
        await stand.Broker.KillAsync();
        whileDown();
        await Task.Delay(downtime, cancellationToken);
        await stand.Broker.StartAsync(cancellationToken);
        stand.IsDriving = true;
    }

    /// <summary>Nobody is subscribed any more: what is published before everybody is, nobody gets.</summary>
    private static async Task LoseStoreAsync(SoakStand stand, CancellationToken cancellationToken)
    {
        var numbers = Numbers(stand);
        await RestartAsync(stand, TimeSpan.FromSeconds(1), () => Forget(stand, null, numbers), cancellationToken);
        stand.IsDriving = false;
        var confirmed = stand.Programs.Select(static program => program.Books.Confirmed).ToArray();
        for (var looks = 0; stand.Programs.Zip(confirmed).Any(static one => one.First.Books.Confirmed == one.Second) && looks < 600; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        Excuse(stand, numbers);
        stand.IsDriving = true;
    }

    /// <summary>For each book the number that comes next.</summary>
    private static int[] Numbers(SoakStand stand) => [.. Books(stand).Select(static book => book.Last + 1)];

    private static void Forget(SoakStand stand, byte[]? snapshot, int[] since)
    {
        stand.Broker.Restore(snapshot);
        Excuse(stand, since);
    }

    private static void Excuse(SoakStand stand, int[] since)
    {
        // What was under way when the snapshot was taken may come again, too.
        const int UnderWay = 40;
        foreach (var (book, number) in Books(stand).Zip(since))
        {
            book.Excuse(Math.Max(0, number - UnderWay));
        }
    }

    private static IEnumerable<DeliveryLedger> Books(SoakStand stand) =>
        stand.Programs.SelectMany(static program => new[] { program.Books.Up[1], program.Books.Up[2], program.Books.Down[1], program.Books.Down[2] });
}
