#pragma warning disable MA0015, CA2201 // exceptions as the platform makes them
namespace Sim800.Modem.SerialPorts.Tests;

/// <summary>The exceptions of Windows, which cannot be had here, and what becomes of them.</summary>
public sealed class SerialPortFailureTests
{
    public static TheoryData<Exception, bool, SerialPortReason> Openings { get; } = new()
    {
        { new FileNotFoundException("Could not find file 'COM5'."), true, SerialPortReason.NotFound },
        { WithCode(new IOException("The port 'COM5' does not exist."), 2), true, SerialPortReason.NotFound },
        { new UnauthorizedAccessException("Access to the path 'COM5' is denied."), true, SerialPortReason.Busy },
        { new UnauthorizedAccessException("Access to the port '/dev/cu.usbserial' is denied."), false, SerialPortReason.AccessDenied },
        { WithCode(new IOException("The parameter is incorrect."), 87), true, SerialPortReason.BaudRateUnsupported },
        { new ArgumentOutOfRangeException("BaudRate"), true, SerialPortReason.BaudRateUnsupported },
        { new ArgumentException("The given port name (LPT1) does not resolve to a valid serial port."), true, SerialPortReason.NotATerminal },
        { WithCode(new IOException("A device attached to the system is not functioning."), 31), true, SerialPortReason.DeviceError },
        { WithCode(new IOException("The semaphore timeout period has expired."), 121), true, SerialPortReason.DeviceError },
        { new InvalidOperationException("odd"), true, SerialPortReason.DeviceError },
    };

    /// <summary>The error numbers of open(2), of which System.IO.Ports says no more.</summary>
    [Theory]
    [InlineData(1, SerialPortReason.AccessDenied)] // EPERM
    [InlineData(2, SerialPortReason.NotFound)] // ENOENT
    [InlineData(5, SerialPortReason.NotFound)] // EIO
    [InlineData(6, SerialPortReason.NotFound)] // ENXIO
    [InlineData(11, SerialPortReason.Busy)] // EAGAIN
    [InlineData(12, SerialPortReason.DeviceError)] // ENOMEM
    [InlineData(13, SerialPortReason.AccessDenied)] // EACCES
    [InlineData(16, SerialPortReason.Busy)] // EBUSY
    [InlineData(19, SerialPortReason.NotFound)] // ENODEV
    [InlineData(20, SerialPortReason.NotFound)] // ENOTDIR
    [InlineData(21, SerialPortReason.NotATerminal)] // EISDIR
    [InlineData(25, SerialPortReason.NotATerminal)] // ENOTTY
    public void An_error_number_of_open_has_a_reason(int number, SerialPortReason reason)
    {
        Assert.Equal(reason, SerialPortFailure.OfOpening("/dev/ttyUSB0", 115200, new IOException("odd", number), isWindows: false).Reason);
        var denied = new UnauthorizedAccessException("odd", new IOException("odd", number));
        Assert.Equal(reason, SerialPortFailure.OfOpening("/dev/ttyUSB0", 115200, denied, isWindows: false).Reason);
    }

    [Theory]
    [MemberData(nameof(Openings))]
    public void A_failure_to_open_has_the_same_reason_on_every_system(Exception e, bool isWindows, SerialPortReason reason)
    {
        Assert.True(SerialPortFailure.IsOfThePort(e));

        var told = SerialPortFailure.OfOpening("COM5", 115200, e, isWindows);

        Assert.Equal(reason, told.Reason);
        Assert.Same(e, told.InnerException);
        Assert.Contains("COM5", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_program_is_none_of_the_port() =>
        Assert.False(SerialPortFailure.IsOfThePort(new NullReferenceException()));

    private static IOException WithCode(IOException e, int windowsError)
    {
        e.HResult = unchecked((int)0x8007_0000) | windowsError;
        return e;
    }
}
