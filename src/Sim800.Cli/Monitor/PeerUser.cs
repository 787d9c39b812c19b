using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim800.Cli.Monitor;

/// <summary>Whose the other end of a Unix domain socket is.</summary>
internal static partial class PeerUser
{
    private const int SocketLevel = 1;      // SOL_SOCKET of Linux
    private const int PeerCredentials = 17; // SO_PEERCRED of Linux

    /// <summary>It is a process of this user; where the system does not tell, the folder's protection has to do.</summary>
    internal static bool IsOwn(Socket socket) => Of(socket) is not { } user || user == EffectiveUser();

    private static uint? Of(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            Span<byte> credentials = stackalloc byte[12]; // process, user, group
            socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]) : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..]);
        }

        return OperatingSystem.IsMacOS() && PeerIds(socket.SafeHandle, out var user, out _) == 0 ? user : null;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getpeereid")]
    private static partial int PeerIds(SafeSocketHandle socket, out uint user, out uint group);
}
