using System.IO.Pipelines;
using System.IO.Ports;

namespace Sim800.Modem.SerialPorts;

/// <summary>
/// A serial port of Windows or macOS (or of Linux) through System.IO.Ports: 8 data bits, no parity, 1 stop bit, held by this process alone.
/// </summary>
/// <remarks><see cref="CellularModem.OpenAsync(string, ModemOptions?, CancellationToken)"/> finds this type by itself where the
/// application has the package. On Linux it takes a line of its own, which also sees an unplugged adapter at once and keeps out a
/// second process of the superuser.</remarks>
/// <example>
/// <code>
/// await using var line = SerialPortLine.Open("COM5", 115200, hardwareFlowControl: false);
/// await using var modem = await CellularModem.OpenAsync(line, new ModemOptions { Apn = "internet" });
/// </code>
/// </example>
public sealed class SerialPortLine : ISerialLine
{
    /// <summary>How long closing may take: a driver that waits for bytes to leave, or for an adapter that has gone, may never return.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly SerialPort _port;
    private readonly string _device;
    private readonly SerialPortReceiver _receiver;
    private readonly SerialPortWriter _writer;
    private int _disposed;

    private SerialPortLine(string device, SerialPort port)
    {
        (_device, _port) = (device, port);
        _writer = new SerialPortWriter(device, port.BaseStream);
        _receiver = new SerialPortReceiver(device, port.BaseStream, _writer.Fail);
    }

    /// <summary>What the modem sends. Ends with <see cref="SerialPortException"/> when the device goes.</summary>
    public PipeReader Input => _receiver.Reader;

    /// <summary>What the modem gets. A flush ends when the operating system has taken the bytes.</summary>
    public PipeWriter Output => _writer;

    /// <inheritdoc />
    public int BaudRate => _port.BaudRate;

    /// <summary>Opens a port.</summary>
    /// <param name="device">Its name: <c>COM5</c>, <c>/dev/cu.usbserial-0001</c>, <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baudRate">Bits per second.</param>
    /// <param name="hardwareFlowControl">RTS/CTS flow control; only where both wires are connected, or nothing is ever sent.</param>
    /// <exception cref="ArgumentException">The name is empty or contains a NUL.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive.</exception>
    /// <exception cref="SerialPortException">The port cannot be used; the reason says why.</exception>
    public static SerialPortLine Open(string device, int baudRate, bool hardwareFlowControl)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baudRate);
        if (device.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a serial device has no NUL in it.", nameof(device));
        }

        var port = new SerialPort
        {
            BaudRate = baudRate,
            DataBits = 8,
            Parity = Parity.None,
            StopBits = StopBits.One,
            Handshake = hardwareFlowControl ? Handshake.RequestToSend : Handshake.None,
        };
        try
        {
            port.PortName = device;
            port.Open();
            RaiseControlLines(port, hardwareFlowControl);
            return new SerialPortLine(device, port);
        }
        catch (Exception e) when (SerialPortFailure.IsOfThePort(e))
        {
            port.Dispose();
            throw SerialPortFailure.OfOpening(device, baudRate, e, OperatingSystem.IsWindows());
        }
    }

    /// <inheritdoc />
    public void SetBaudRate(int baudRate)
    {
        try
        {
            _port.BaudRate = baudRate;
        }
        catch (Exception e) when (SerialPortFailure.IsOfThePort(e))
        {
            throw SerialPortFailure.OfRate(_device, baudRate, e);
        }
    }

    /// <inheritdoc />
    public void SetDtr(bool asserted) => SetControlLine("DTR", () => _port.DtrEnable = asserted);

    /// <inheritdoc />
    public void SetRts(bool asserted)
    {
        if (_port.Handshake == Handshake.None)
        {
            SetControlLine("RTS", () => _port.RtsEnable = asserted);
        }
    }

    /// <summary>Closes the port. What could not leave within two seconds is given up, and so is a driver that does not return.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _receiver.OnClosing();
        _writer.Close();

        // Closing is a call of the driver, which has no time limit of its own.
        var closing = Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(closing, _receiver.Ended).WaitAsync(CloseLimit, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _receiver.End();
    }

    /// <summary>The port raises neither of them by itself, and many a board holds the modem asleep or in reset without. A pseudo-terminal has none.</summary>
    private static void RaiseControlLines(SerialPort port, bool hardwareFlowControl)
    {
        try
        {
            port.DtrEnable = true;
            if (!hardwareFlowControl)
            {
                port.RtsEnable = true;
            }
        }
        catch (IOException e)
        {
            SerialPortFailure.Ignore(e, "a line without control lines carries bytes all the same");
        }
    }

    private void SetControlLine(string name, Action set)
    {
        try
        {
            set();
        }
        catch (Exception e) when (SerialPortFailure.IsOfThePort(e))
        {
            throw _receiver.Fault ?? new SerialPortException(SerialPortReason.ControlLineUnsupported, _device, name, e);
        }
    }

    private void Close()
    {
        try
        {
            if (_port.IsOpen)
            {
                _port.DiscardOutBuffer();
            }

            _port.Close();
        }
        catch (Exception e) when (SerialPortFailure.IsOfThePort(e))
        {
            SerialPortFailure.Ignore(e, "an adapter that has gone cannot be closed in order, and nothing is left to be lost");
        }
    }
}
