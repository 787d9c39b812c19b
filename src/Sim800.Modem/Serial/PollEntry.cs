using System.Runtime.InteropServices;

namespace Sim800.Modem.Serial;

/// <summary>One entry of poll(2): <c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    internal const short Readable = 0x01; // POLLIN
    internal const short Writable = 0x04; // POLLOUT
    internal const short Gone = 0x08 | 0x10 | 0x20; // POLLERR, POLLHUP, POLLNVAL

    internal int Descriptor;
    internal short Wanted;
    internal short Happened;
}
