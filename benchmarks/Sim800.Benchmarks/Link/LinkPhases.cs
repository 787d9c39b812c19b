using System.Runtime.InteropServices;
using Sim800.Benchmarks.Link.Least;

namespace Sim800.Benchmarks.Link;

/// <summary>From the first AT byte to the PUBACK of a first message, layer by layer.</summary>
/// <param name="BringUp">From the open device to a data connection.</param>
/// <param name="Tcp">To a connection.</param>
/// <param name="Tls">To a handshake that is complete but for what travels with the first message.</param>
/// <param name="Mqtt">To the PUBACK.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LinkPhases(TimeSpan BringUp, TimeSpan Tcp, TimeSpan Tls, TimeSpan Mqtt)
{
    internal TimeSpan Total => BringUp + Tcp + Tls + Mqtt;

    internal IEnumerable<TimeSpan> All => [BringUp, Tcp, Tls, Mqtt];

    /// <summary>The limit of <see cref="LinkLimit"/>, divided: what MQTT takes alone is MQTT's, and the rest of the conversation TLS's.</summary>
    internal static LinkPhases Least(LinkSecurity security, bool resumed, LeastServer server, LinkConditions conditions)
    {
        var flights = LinkNames.Flights(security, resumed);
        var all = LeastTraffic.FirstMessage(security, resumed, server);
        var plain = LeastTraffic.FirstMessage(LinkSecurity.Plain, resumed: false, server);
        var conversation = LinkLimit.Conversation(flights, all, conditions);
        var mqtt = LinkLimit.Conversation(1, plain, conditions);
        var tcp = LinkLimit.Reopen(flights, all, conditions) - conversation;
        return new LinkPhases(LinkLimit.Start(conditions) + LinkLimit.BringUp(flights, all, conditions) - tcp - conversation, tcp, conversation - mqtt, mqtt);
    }

    /// <summary>The rows of the picture: a modem and a server that are new, a session that is resumed, a modem that is known too, and no TLS.</summary>
    internal static async Task<IReadOnlyList<(string Name, LinkPhases Measured, LinkPhases Least)>> MeasureAsync(
        LinkConditions conditions, CancellationToken cancellationToken)
    {
        // Virtual time waits for the thread pool alone, and the first code of a process is compiled elsewhere: a run that is not looked at takes that.
        await MeasureAsync("", conditions, LinkSecurity.Plain, resumed: false, isKnown: false, cancellationToken);
        return
        [
            await MeasureAsync("TLS 1.2, first contact", conditions, LinkSecurity.Tls12, resumed: false, isKnown: false, cancellationToken),
            await MeasureAsync("TLS 1.2, resumed", conditions, LinkSecurity.Tls12, resumed: true, isKnown: false, cancellationToken),
            await MeasureAsync("resumed, the modem known", conditions, LinkSecurity.Tls12, resumed: true, isKnown: true, cancellationToken),
            await MeasureAsync("TLS 1.3, first contact", conditions, LinkSecurity.Tls13, resumed: false, isKnown: false, cancellationToken),
            await MeasureAsync("ECDHE-PSK", conditions, LinkSecurity.EcdhePsk, resumed: false, isKnown: false, cancellationToken),
            await MeasureAsync("without TLS", conditions, LinkSecurity.Plain, resumed: false, isKnown: false, cancellationToken),
        ];
    }

    private static async Task<(string Name, LinkPhases Measured, LinkPhases Least)> MeasureAsync(
        string name, LinkConditions conditions, LinkSecurity security, bool resumed, bool isKnown, CancellationToken cancellationToken)
    {
        var folder = isKnown ? Directory.CreateTempSubdirectory("modem-state-") : null;
        try
        {
            await using var rig = new LinkRig(conditions, security, stateFolder: folder?.FullName);
            if (resumed)
            {
                await rig.FirstMessageAsync(cancellationToken);
                await rig.RestartModemAsync();
            }

            var measured = await rig.FirstMessageAsync(cancellationToken);
            return (name, measured, Least(security, resumed, rig.Server, conditions));
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }
}
