using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Sim800.Modem.Serial;

/// <summary>Opens devices where there is no termios: through the package that builds on System.IO.Ports, which an application adds there.</summary>
internal static class SerialPortPackage
{
    private const string Name = "Sim800.Modem.SerialPort";

    /// <exception cref="PlatformNotSupportedException">The application does not have the package.</exception>
    /// <exception cref="SerialPortException">The device cannot be used; the reason says why.</exception>
    internal static ISerialLine Open(string device, SerialLineOptions options)
    {
        var open = FindOpen() ?? throw new PlatformNotSupportedException(
            $"On this system a serial device is opened by the package {Name}, which this application does not have. Add it: 'dotnet add package {Name}'.");
        return (ISerialLine)open.Invoke(
            null, BindingFlags.DoNotWrapExceptions, null, [device, options.BaudRate, options.HardwareFlowControl], CultureInfo.InvariantCulture)!;
    }

    [DynamicDependency("Open", "Sim800.Modem.SerialPorts.SerialPortLine", Name)]
    private static MethodInfo? FindOpen() =>
        Type.GetType("Sim800.Modem.SerialPorts.SerialPortLine, " + Name, throwOnError: false)?.GetMethod("Open", BindingFlags.Public | BindingFlags.Static);
}
