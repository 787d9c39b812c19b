using System.Buffers;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Line;

/// <summary>The modem's serial port: both wires, the rates at their ends, flow control, and what is lost on the way.</summary>
internal sealed class SerialPort
{
    /// <summary>What the modem holds while it is busy; beyond it the host is held or bytes are lost.</summary>
    private const int ReceiveBufferSize = 4096;

    /// <summary>How long DTR must be off to count (AT&amp;D).</summary>
    private static readonly TimeSpan DtrTime = TimeSpan.FromSeconds(1);

    private readonly ModemEngine _modem;
    private readonly UartReceiver _receiver;
    private readonly SlowClock _sleep = new();
    private bool _sawA;
    private bool _isDtrOn = true;

    internal SerialPort(ModemEngine modem, Agenda agenda)
    {
        _modem = modem;
        _receiver = new UartReceiver(agenda, modem.Rate, () => IsHoldingHost, wire => modem.Interpreter.PieceOf(wire), Arrived);
        Transmitter = new UartTransmitter(agenda, modem.Rate, Left);
    }

    internal UartTransmitter Transmitter { get; }

    /// <summary>What has reached the host and not been collected by the shell.</summary>
    internal ArrayBufferWriter<byte> ToHost { get; } = new();

    /// <summary>Bytes the host has written that are still on the wire.</summary>
    internal int Backlog => _receiver.Backlog;

    /// <summary>The modem hangs: it says nothing.</summary>
    internal bool IsMute { get; set; }

    /// <summary>The host's DTR line.</summary>
    internal bool IsDtrOn
    {
        get => _isDtrOn;
        set
        {
            if (_isDtrOn && !value)
            {
                _modem.After(DtrTime, () =>
                {
                    if (!_isDtrOn)
                    {
                        _modem.Transparent.DtrDropped();
                    }
                });
            }

            if (value && !_isDtrOn)
            {
                _sleep.Wake(_modem);
            }

            _isDtrOn = value;
        }
    }

    private bool IsHoldingHost => _modem.Profile.FlowControl.HoldHost == 2 && _modem.Interpreter.Backlog > ReceiveBufferSize - CommandInterpreter.LongestPiece;

    internal void Offer(ReadOnlySpan<byte> bytes)
    {
        _modem.Counters.UartFromHost += bytes.Length;
        _receiver.Offer(bytes);
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (!IsMute)
        {
            Transmitter.Write(bytes);
        }
    }

    internal void Resume() => _receiver.Resume();

    private void Arrived(byte[] bytes)
    {
        if (_modem.Faults.IsEchoOnly)
        {
            _modem.Counters.UartToHost += bytes.Length;
            ToHost.Write(bytes);
            return;
        }

        if (!_modem.Power.IsOn)
        {
            return;
        }

        if (_sleep.Swallows(_modem, _isDtrOn))
        {
            return;
        }

        if (_modem.Rate.Modem == 0)
        {
            bytes = DetectRate(bytes);
        }

        if (!_modem.Rate.Matches)
        {
            Garble(bytes);
        }

        var heard = _modem.Faults.Heard(bytes);
        var room = Math.Max(0, ReceiveBufferSize - _modem.Interpreter.Backlog);
        _modem.Interpreter.Receive(heard.Length > room && !_modem.Interpreter.TakesInput ? heard.AsSpan(0, room) : heard);
    }

    private void Left(byte[] bytes)
    {
        if (_modem.Faults.IsEchoOnly)
        {
            return;
        }

        if (!_modem.Rate.Matches && _modem.Rate.Modem != 0)
        {
            Garble(bytes);
        }

        bytes = _modem.Faults.Sent(bytes);
        _modem.Counters.UartToHost += bytes.Length;
        ToHost.Write(bytes);
    }

    /// <summary>Autobauding: the rate is known once <c>AT</c> or <c>at</c> has been seen (manual 2.2.41).</summary>
    /// <returns>What the modem understands: nothing before that.</returns>
    private byte[] DetectRate(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_sawA && bytes[i] is (byte)'T' or (byte)'t')
            {
                _sawA = false;
                _modem.Rate.Modem = _modem.Rate.Host;
                return [.. "A"u8, .. bytes.AsSpan(i)];
            }

            _sawA = bytes[i] is (byte)'A' or (byte)'a';
        }

        return [];
    }

    private static void Garble(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = UartRate.Garbled(bytes[i]);
        }
    }
}
