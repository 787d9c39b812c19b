using System.Net;
using System.Text;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Tests.Machine;

/// <summary>
/// The host and the network around a bare machine, without tasks and without a clock: what is sent, what comes back,
/// and the time that passes are all the test's.
/// </summary>
internal sealed class EngineHost
{
    private readonly HashSet<long> _open = [];
    private TimeSpan _now;

    internal EngineHost(VirtualModemOptions? options = null)
    {
        Engine = new ModemEngine(options ?? new VirtualModemOptions(), new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        Engine.AdvanceTo(TimeSpan.Zero);
    }

    internal ModemEngine Engine { get; }

    internal TimeSpan Now => _now;

    /// <summary>Names the network knows.</summary>
    internal Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal) { ["broker.example.org"] = "198.51.100.7" };

    /// <summary>Ports where nobody listens; others accept.</summary>
    internal HashSet<int> RefusedPorts { get; } = [81];

    /// <summary>Ports that never answer.</summary>
    internal HashSet<int> DeadPorts { get; } = [82];

    /// <summary>The peers take and acknowledge what is sent.</summary>
    internal bool PeerAcknowledges { get; set; } = true;

    /// <summary>The host writes a byte at a time.</summary>
    internal bool IsByByte { get; init; }

    internal List<byte> SentToPeer { get; } = [];

    internal List<(string Host, int Port)> Dialled { get; } = [];

    internal List<long> Closed { get; } = [];

    internal int Granted { get; private set; }

    internal long LastConnection => _open.Max();

    /// <summary>A modem with echo off and a context: CIPMUX 1, quick send, manual receive.</summary>
    internal static EngineHost Connectable(VirtualModemOptions? options = null, string settings = "AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r")
    {
        var host = new EngineHost(options);
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        host.Says(settings, "\r\nOK\r\n");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\nOK\r\n");
        host.Says("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        return host;
    }

    /// <summary>As <see cref="Connectable"/>, with link 0 open.</summary>
    internal static EngineHost Connected(VirtualModemOptions? options = null)
    {
        var host = Connectable(options);
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        return host;
    }

    /// <summary>A single link, push receive, SEND OK.</summary>
    internal static EngineHost ConnectedSingle(VirtualModemOptions? options = null, string settings = "AT\r")
    {
        var host = Connectable(options, settings);
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\nCONNECT OK\r\n");
        return host;
    }

    /// <summary>Sends, lets a second pass or so, and compares everything that came back.</summary>
    internal void Says(string sent, string expected, double seconds = 1) => Assert.Equal(Visible(expected), Visible(Exchange(sent, seconds)));

    internal string Exchange(string sent, double seconds = 1)
    {
        Send(sent);
        return Wait(seconds);
    }

    internal void Send(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        foreach (var piece in IsByByte ? bytes.Chunk(1) : [bytes])
        {
            Engine.Serial.Offer(piece);
        }
    }

    /// <summary>Lets time pass and returns what the modem said meanwhile.</summary>
    internal string Wait(double seconds)
    {
        var until = _now + TimeSpan.FromSeconds(seconds);
        Network();
        while (Engine.NextDue is { } due && due <= until)
        {
            _now = due > _now ? due : _now;
            Engine.AdvanceTo(_now);
            Network();
        }

        _now = until;
        Engine.AdvanceTo(_now);
        var said = Encoding.Latin1.GetString(Engine.Serial.ToHost.WrittenSpan);
        Engine.Serial.ToHost.ResetWrittenCount();
        return said;
    }

    /// <summary>Lets a second pass and compares what came unasked.</summary>
    internal void Hears(string expected, double seconds = 1) => Assert.Equal(Visible(expected), Visible(Wait(seconds)));

    internal void PeerSends(string text) => Engine.Ip.Receiver.Received(LastConnection, Encoding.Latin1.GetBytes(text));

    internal void PeerCloses() => Engine.Ip.Connector.Ended(LastConnection);

    internal void Strike(string fault) => Engine.Faults.Plan(Fault.Parse(fault));

    /// <summary>Lets a fault happen and compares what it makes the modem say.</summary>
    internal void StrikesAndHears(string fault, string expected)
    {
        Strike(fault);
        Hears(expected);
    }

    internal static string Visible(string text) => TranscriptText.Escape(Encoding.Latin1.GetBytes(text));

    private void Network()
    {
        while (Engine.Actions.TryDequeue(out var action))
        {
            CarryOut(action);
        }
    }

    private void CarryOut(NetworkAction action)
    {
        switch (action)
        {
            case NetworkAction.Resolve query:
                Engine.Ip.Connector.Resolved(query.Query, Names.TryGetValue(query.Host, out var address) ? IPAddress.Parse(address) : null);
                break;
            case NetworkAction.Open open:
                Dialled.Add((open.Host, open.Port));
                Dial(open);
                break;
            case NetworkAction.Send send:
                SentToPeer.AddRange(send.Bytes);
                if (PeerAcknowledges)
                {
                    Engine.Ip.Sender.Acknowledged(send.Connection, send.Bytes.Length);
                }

                break;
            case NetworkAction.Grant grant:
                Granted += grant.Bytes;
                break;
            case NetworkAction.Close close:
                Closed.Add(close.Connection);
                break;
        }
    }

    private void Dial(NetworkAction.Open open)
    {
        if (RefusedPorts.Contains(open.Port))
        {
            Engine.Ip.Connector.Refused(open.Connection);
        }
        else if (!DeadPorts.Contains(open.Port))
        {
            _open.Add(open.Connection);
            Engine.Ip.Connector.Opened(open.Connection);
        }
    }
}
