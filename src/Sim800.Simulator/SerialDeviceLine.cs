using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.Versioning;
using Sim800.Simulator.Line;

namespace Sim800.Simulator;

/// <summary>The line to a real modem on a serial device, such as to record what passes on it. Linux only.</summary>
public sealed class SerialDeviceLine : IDuplexPipe, IAsyncDisposable
{
    private readonly SerialDevice _device;
    private readonly Pipe _fromDevice = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Pipe _toDevice = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Task _reading;
    private readonly Task _writing;

    [SupportedOSPlatform("linux")]
    private SerialDeviceLine(SerialDevice device)
    {
        _device = device;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _writing = Task.Run(WriteAsync, CancellationToken.None);
    }

    /// <summary>What the modem says. Ends when the device is gone.</summary>
    public PipeReader Input => _fromDevice.Reader;

    /// <summary>What the host says.</summary>
    public PipeWriter Output => _toDevice.Writer;

    /// <summary>Opens the device in raw mode, 8N1, and locks it (<c>flock</c> and <c>TIOCEXCL</c>) until it is disposed.</summary>
    /// <param name="path">Such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baudRate">In bits a second.</param>
    /// <exception cref="SerialDeviceException">It cannot be opened, or not at this rate, or another program has locked it.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static SerialDeviceLine Open(string path, int baudRate = 115_200)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OperatingSystem.IsLinux()
            ? new SerialDeviceLine(new SerialDevice(path, baudRate))
            : throw new PlatformNotSupportedException("Serial devices are opened on Linux only; elsewhere wrap SerialPort.BaseStream.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            _device.Dispose();
            _fromDevice.Writer.CancelPendingFlush();
            _toDevice.Reader.CancelPendingRead();
            await _reading.ConfigureAwait(false);
            await _writing.ConfigureAwait(false);
            _device.CloseDescriptor();
        }
    }

    [SupportedOSPlatform("linux")]
    private void Read()
    {
        Span<byte> buffer = stackalloc byte[512];
        while (_device.Read(buffer) is var count and > 0)
        {
            _fromDevice.Writer.Write(buffer[..count]);

            // Never waits: the pipe has no threshold.
            _ = _fromDevice.Writer.FlushAsync(CancellationToken.None).AsTask();
        }

        _fromDevice.Writer.Complete();
    }

    [SupportedOSPlatform("linux")]
    private async Task WriteAsync()
    {
        while (true)
        {
            var result = await _toDevice.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            var isOpen = !result.IsCanceled;
            foreach (var segment in result.Buffer)
            {
                isOpen = isOpen && _device.TryWrite(segment.Span);
            }

            _toDevice.Reader.AdvanceTo(result.Buffer.End);
            if (!isOpen || result.IsCompleted)
            {
                await _toDevice.Reader.CompleteAsync().ConfigureAwait(false);
                return;
            }
        }
    }
}
