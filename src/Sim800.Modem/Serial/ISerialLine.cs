using System.IO.Pipelines;

namespace Sim800.Modem;

/// <summary>
/// A serial line whose rate and control lines the modem driver may use. A pipe that is none, such as a TCP connection to a serial
/// server, is a line too; its rate and DTR are then somebody else's.
/// </summary>
public interface ISerialLine : IDuplexPipe, IAsyncDisposable
{
    /// <summary>Bits per second, as last set.</summary>
    int BaudRate { get; }

    /// <summary>Changes the rate at once, also for bytes that have not left yet.</summary>
    /// <param name="baudRate">Bits per second.</param>
    /// <exception cref="SerialPortException">The device cannot run at this rate, or has gone.</exception>
    void SetBaudRate(int baudRate);

    /// <summary>Asserts DTR (low level on the modem's pin: awake) or releases it (V.24 circuit 108).</summary>
    /// <param name="asserted">Whether it is asserted.</param>
    /// <exception cref="SerialPortException">The device has no DTR, or has gone.</exception>
    void SetDtr(bool asserted);

    /// <summary>Asserts or releases RTS (V.24 circuit 105); without meaning under hardware flow control.</summary>
    /// <param name="asserted">Whether it is asserted.</param>
    /// <exception cref="SerialPortException">The device has no RTS, or has gone.</exception>
    void SetRts(bool asserted);
}
