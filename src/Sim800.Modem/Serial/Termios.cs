using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sim800.Modem.Serial;

/// <summary>
/// The kernel's <c>struct termios2</c>, 44 bytes and the same on x64, arm64 and arm. The kernel's structure and ioctls
/// are used instead of the C library's because the latter changed the meaning of its speed codes (glibc 2.42).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios
{
    private const uint CharacterSizeMask = 0x30; // CSIZE
    private const uint EightBits = 0x30; // CS8
    private const uint TwoStopBits = 0x40; // CSTOPB
    private const uint Receiver = 0x80; // CREAD
    private const uint Parity = 0x100; // PARENB
    private const uint HangUpOnClose = 0x400; // HUPCL
    private const uint IgnoreCarrier = 0x800; // CLOCAL
    private const uint BaudMask = 0x100F; // CBAUD
    private const uint InputBaudMask = 0x100F << 16; // CIBAUD
    private const uint RtsCts = 0x8000_0000; // CRTSCTS
    private const int TimeIndex = 5; // VTIME
    private const int MinimumIndex = 6; // VMIN

    private uint _inputFlags;
    private uint _outputFlags;
    private uint _controlFlags;
    private uint _localFlags;
#pragma warning disable IDE0044 // the kernel fills it in: the line discipline, kept as it is
    private byte _line;
#pragma warning restore IDE0044
    private ControlCharacters _controlCharacters;
    private uint _inputSpeed;
    private uint _outputSpeed;

    /// <summary>Bits per second as the driver set it, which may differ a little from what was asked for.</summary>
    internal readonly long OutputSpeed => _outputSpeed;

    /// <summary>No echo, no line editing, no translation, no signals; 8 data bits, no parity, 1 stop bit.</summary>
    internal void MakeRaw(bool hardwareFlowControl)
    {
        _inputFlags = 0;
        _outputFlags = 0;
        _localFlags = 0;

        // DTR must not drop at close: it may be wired to the modem's sleep or hang-up input.
        _controlFlags &= ~(CharacterSizeMask | TwoStopBits | Parity | HangUpOnClose | RtsCts);
        _controlFlags |= EightBits | Receiver | IgnoreCarrier;
        if (hardwareFlowControl)
        {
            _controlFlags |= RtsCts;
        }

        _controlCharacters[TimeIndex] = 0;
        _controlCharacters[MinimumIndex] = 1;
    }

    internal void SetSpeed(int baudRate, uint code)
    {
        _controlFlags = (_controlFlags & ~(BaudMask | InputBaudMask)) | code;
        _inputSpeed = (uint)baudRate;
        _outputSpeed = (uint)baudRate;
    }

    [InlineArray(19)]
    private struct ControlCharacters
    {
        private byte _first;
    }
}
