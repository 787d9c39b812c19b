using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Sim800.Cli.Capture;

/// <summary>
/// The file of <c>--capture</c>. It holds the TLS keys of the session: whoever has the file can read all that was said.
/// </summary>
internal sealed class CaptureFile : IDisposable
{
    /// <summary>The modem's address behind the operator's gateway; any private one does.</summary>
    private const uint ModemAddress = 0x0A_00_00_02;

    /// <summary>TEST-NET-1 (RFC 5737), for a server known by its name alone.</summary>
    private const uint UnknownServer = 0xC0_00_02_01;

    /// <summary>A handshake takes fewer packets; a connection that has shown no key by then has none.</summary>
    private const int HandshakePackets = 32;

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly PcapngWriter _writer;
    private readonly TimeProvider _clock;
    private readonly TcpEndPoint _server;
    private readonly List<(DateTimeOffset At, byte[] Packet)> _pending = [];
    private bool _awaitsKeys;
    private ushort _port = 49151;

    /// <exception cref="IOException">The file cannot be written.</exception>
    internal CaptureFile(string path, string host, int port, TimeProvider clock)
    {
        _clock = clock;
        _server = new TcpEndPoint(AddressOf(host), (ushort)port);
        _file = PrivateFile.Create(path);
        _writer = new PcapngWriter(_file);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            WritePending();
            _file.Dispose();
        }
    }

    /// <summary>A pipe that does what <paramref name="connection"/> does, and is written down.</summary>
    internal IDuplexPipe Tap(IDuplexPipe connection)
    {
        lock (_gate)
        {
            _awaitsKeys = true;
            var conversation = new TcpConversation(
                new TcpEndPoint(ModemAddress, ++_port), _server, packet => _pending.Add((_clock.GetUtcNow(), packet)));
            return new TracingDuplexPipe(connection, new CaptureTap(this, conversation));
        }
    }

    internal void KeyLogLine(string line)
    {
        lock (_gate)
        {
            _writer.WriteKeyLogLine(line);
            _awaitsKeys = false;
        }
    }

    /// <summary>
    /// Packets are held back until the next ones come, those of a handshake until its keys come: a dissector wants the keys in
    /// front of what they open.
    /// </summary>
    internal void Record(Action packets)
    {
        lock (_gate)
        {
            if (!_awaitsKeys || _pending.Count > HandshakePackets)
            {
                _awaitsKeys = false;
                WritePending();
            }

            packets();
        }
    }

    private static uint AddressOf(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes())
            : UnknownServer;

    private void WritePending()
    {
        foreach (var (at, packet) in _pending)
        {
            _writer.WritePacket(at, packet);
        }

        _pending.Clear();
        _file.Flush();
    }
}
