using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Links;
using Sim800.Modem.Serial;

namespace Sim800.Modem;

/// <summary>A SIM800-family modem on a serial line, from AT synchronisation to TCP connections.</summary>
public sealed class Sim800Modem : IAsyncDisposable
{
    private readonly IAsyncDisposable? _ownedLine;
    private readonly ILogger _logger;
    private readonly LinkTable _links = new();
    private readonly SemaphoreSlim _bringUp = new(1, 1);
    private readonly ProgressReport _progress;
    private readonly SimUnlock _sim;
    private readonly PdpContext _context;
    private volatile bool _isSettled;

    private Sim800Modem(IDuplexPipe line, IAsyncDisposable? ownedLine, Sim800ModemOptions options)
    {
        Options = options;
        _ownedLine = ownedLine;
        _logger = options.LoggerFactory.CreateLogger<Sim800Modem>();
        _progress = new ProgressReport(options, _logger);
        Channel = new AtChannel(line, new AtChannelOptions
        {
            Urcs = Urcs,
            Data = _links,
            Logger = _logger,
            Clock = options.TimeProvider,
            OnFault = OnLineFault,
            OnEcho = OnEcho,
        });
        _sim = new SimUnlock(Channel, options, _progress);
        _context = new PdpContext(Channel, _links, options, _progress);
        Urcs.Subscribe(OnUrc);
        Urcs.Subscribe(_links.OnUrc);
    }

    /// <summary>The address that the network gave the modem; <c>null</c> while there is none.</summary>
    public string? LocalAddress => _context.IsUp ? _context.LocalAddress : null;

    /// <summary>Command lines sent since the line was opened.</summary>
    public long CommandCount => Channel.CommandCount;

    internal AtChannel Channel { get; }

    internal UrcRouter Urcs { get; } = new();

    internal Sim800ModemOptions Options { get; }

    /// <summary>Opens a modem on a serial device of Linux and waits until it is registered with a network.</summary>
    /// <param name="device">Path of the device, such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SerialPortException">The device cannot be used.</exception>
    /// <exception cref="AtTimeoutException">The modem does not answer.</exception>
    /// <exception cref="SimException">The SIM card is missing, locked or broken.</exception>
    /// <exception cref="RegistrationException">There is no network, or none that lets the card in.</exception>
    public static Task<Sim800Modem> OpenAsync(
        string device, Sim800ModemOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new Sim800ModemOptions();
        options.Validate();
        var line = SerialLine.Open(
            device, new SerialLineOptions { BaudRate = options.BaudRate, HardwareFlowControl = options.HardwareFlowControl });
        return OpenAsync(new Sim800Modem(line, line, options), cancellationToken);
    }

    /// <summary>Opens a modem on any duplex pipe. The pipe stays the caller's.</summary>
    /// <inheritdoc cref="OpenAsync(string, Sim800ModemOptions?, CancellationToken)"/>
    public static Task<Sim800Modem> OpenAsync(
        IDuplexPipe line, Sim800ModemOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        options ??= new Sim800ModemOptions();
        options.Validate();
        return OpenAsync(new Sim800Modem(line, null, options), cancellationToken);
    }

    /// <summary>Opens a modem on any stream, such as <c>System.IO.Ports.SerialPort.BaseStream</c>. The stream stays the caller's.</summary>
    /// <inheritdoc cref="OpenAsync(string, Sim800ModemOptions?, CancellationToken)"/>
    public static Task<Sim800Modem> OpenAsync(
        Stream line, Sim800ModemOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return OpenAsync(new StreamLine(line), options, cancellationToken);
    }

    /// <summary>Brings up the data connection (GPRS), if it is not up already.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="GprsException">The network refused, or the modem did.</exception>
    /// <exception cref="ModemException">Something below failed.</exception>
    public async Task AttachAsync(CancellationToken cancellationToken = default)
    {
        await _bringUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isSettled)
            {
                await SettleAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!_context.IsUp)
            {
                _progress.Start(ModemStage.Gprs);
                await _context.BringUpAsync(cancellationToken).ConfigureAwait(false);
                _progress.Complete(ModemStage.Gprs, _context.LocalAddress);
            }
        }
        finally
        {
            _bringUp.Release();
        }
    }

    /// <summary>Opens a TCP connection. Up to six may be open at once.</summary>
    /// <param name="host">Host name, resolved by the modem, or IPv4 address.</param>
    /// <param name="port">TCP port, 1 to 65535.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TcpConnectException">The connection did not open.</exception>
    /// <exception cref="GprsException">The data connection could not be brought up.</exception>
    /// <exception cref="ModemException">Something below failed.</exception>
    public async Task<Sim800TcpConnection> ConnectTcpAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        TcpConnector.Validate(host, port);
        await AttachAsync(cancellationToken).ConfigureAwait(false);
        _progress.Start(ModemStage.Tcp, $"{host}:{port}");
        var connection = await new TcpConnector(Channel, _links, Options, _logger)
            .ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        _progress.Complete(ModemStage.Tcp, $"{host}:{port}");
        return connection;
    }

    /// <summary>Closes the line. Open connections end with <see cref="TcpLinkException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync().ConfigureAwait(false);
        if (_ownedLine is { } line)
        {
            await line.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends a command and throws the explained exception when the modem refuses it.</summary>
    internal async ValueTask<AtResponse> ExecuteAsync(AtCommand command, ModemStage stage, CancellationToken cancellationToken)
    {
        var response = await Channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        return response.Result.IsSuccess ? response : throw AtCommandException.Of(new ModemFailure(stage, command, response));
    }

    private static async Task<Sim800Modem> OpenAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        try
        {
            modem._progress.Start(ModemStage.Line);
            modem.Channel.Start();
            modem._progress.Complete(ModemStage.Line);
            await modem.SettleAsync(cancellationToken).ConfigureAwait(false);
            return modem;
        }
        catch
        {
            await modem.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>From a modem in any state to a registered one. Done again after every restart.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        _isSettled = true; // whatever says "restarted" from here on makes it false again
        try
        {
            _progress.Start(ModemStage.Modem);
            await new Synchronisation(Channel, Options).RunAsync(cancellationToken).ConfigureAwait(false);
            _progress.Complete(ModemStage.Modem);
            _progress.Start(ModemStage.Sim);
            await _sim.RunAsync(cancellationToken).ConfigureAwait(false);
            _progress.Complete(ModemStage.Sim);
            _progress.Start(ModemStage.Network);
            var registered = await new Registration(Channel, Options, _progress).RunAsync(cancellationToken).ConfigureAwait(false);
            _progress.Complete(ModemStage.Network, registered);
        }
        catch
        {
            _isSettled = false;
            throw;
        }
    }

    private void OnUrc(Urc urc)
    {
        switch (urc.Kind)
        {
            case UrcKind.PdpDeactivated:
                Log.ContextDeactivated(_logger);
                _context.OnDeactivated();
                _links.FailAll(TcpLinkReason.ContextDeactivated);
                break;
            case UrcKind.Started or UrcKind.PowerDown or UrcKind.VoltagePowerDown when _context.IsUp:
                OnRestart(urc.Text ?? "");
                break;
            case UrcKind.VoltageWarning or UrcKind.VoltagePowerDown:
                Log.Voltage(_logger, urc.Text ?? "");
                break;
        }
    }

    private void OnEcho()
    {
        if (_context.IsUp)
        {
            OnRestart("echo is on again");
        }
    }

    private void OnRestart(string sign)
    {
        Log.Restarted(_logger, sign);
        _isSettled = false;
        _context.OnDeactivated();
        _links.FailAll(TcpLinkReason.ModemRestarted);
    }

    private void OnLineFault(Exception reason)
    {
        if (reason is not ObjectDisposedException)
        {
            Log.LineFault(_logger, reason);
        }

        _links.FailAll(TcpLinkReason.LineClosed, reason);
    }
}
