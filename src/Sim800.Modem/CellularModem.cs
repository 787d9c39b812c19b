using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;
using Sim800.Modem.Identity;
using Sim800.Modem.Known;
using Sim800.Modem.Links;
using Sim800.Modem.Recovery;
using Sim800.Modem.Reporting;
using Sim800.Modem.Serial;

namespace Sim800.Modem;

/// <summary>A modem of any family on a serial line: AT commands, bring-up, TCP connections, short messages.</summary>
/// <example>
/// <code>
/// await using var modem = await CellularModem.OpenAsync("/dev/ttyUSB0", new ModemOptions { Apn = "internet" });
/// var signal = await modem.Network.ReadSignalAsync();
/// await using var link = await modem.ConnectTcpAsync("example.com", 80);
/// </code>
/// </example>
public sealed class CellularModem : IAsyncDisposable
{
    /// <summary>The most links that a modem of any family has.</summary>
    private const int MaxLinks = 10;

    private readonly ISerialLine? _serialLine;
    private readonly bool _ownsLine;
    private readonly ILogger _logger;
    private readonly CurrentDialect _dialect;
    private readonly LinkTable _links;
    private readonly ProgressReport _progress;
    private readonly PdpContext _context;
    private readonly ModemSupervision _supervision;
    private readonly RecoveryActions _recovery;
    private readonly ConnectionOpener _opener;

    private CellularModem(IDuplexPipe line, ModemOptions options, bool ownsLine = false)
    {
        _dialect = new CurrentDialect(ModemModels.Of(options.Family));
        _links = new LinkTable(MaxLinks);
        (_serialLine, _ownsLine) = (line as ISerialLine, ownsLine);
        _logger = options.LoggerFactory.CreateLogger<CellularModem>();
        _progress = new ProgressReport(options.Progress, options.TimeProvider, _logger);
        var urcs = new UrcRouter();
        Channel = new AtChannel(options.WrapLine?.Invoke(line) ?? line, new AtChannelOptions
        {
            Tables = _dialect.Tables,
            Urcs = urcs,
            Data = _links,
            Logger = _logger,
            Clock = options.TimeProvider,
            OwnerName = nameof(CellularModem),
            OnFault = OnLineFault,
            OnBadLine = () => options.Events?.Report(new ModemEvent(ModemEventKind.LineDamaged, "")),
            OnEcho = () => _supervision!.OnEcho(),
        });
        var memory = new ModemMemory(options, _logger);
        _context = new PdpContext(Channel, _dialect, _links.OnShut, options, _progress, memory);
        var check = new RestartCheck(Channel, _dialect, _context);
        _supervision = new ModemSupervision(_links, _context, _dialect, check, options, _logger);
        _recovery = new RecoveryActions(Channel, _dialect, _context, _links, options, _logger);
        var pace = new RecoveryPace(options, _logger);
        _opener = new ConnectionOpener(
            Channel, _dialect, _serialLine, _links, _context, memory, _supervision, check, _recovery, pace, _progress, options, _logger);
        urcs.Subscribe(_supervision.OnUrc);
        urcs.Subscribe(_links.OnUrc);
        Tell(options.Unsolicited, urcs);
        Network = new ModemNetwork(Channel, _dialect, options);
        Clock = new ModemClock(Channel, _dialect, options);
        Messages = new ModemMessages(Channel);
        Power = new ModemPower(Channel, _dialect, options, _serialLine, DisposeAsync);
    }

    /// <summary>The address that the network gave the modem; <c>null</c> while there is none.</summary>
    public string? LocalAddress => _context.IsUp ? _context.LocalAddress : null;

    /// <summary>Command lines sent since the line was opened.</summary>
    public long CommandCount => Channel.CommandCount;

    /// <summary>
    /// How often the line has shown damage since it was opened: a line that is none of a modem's, or an answer that was lost. Now and then one is
    /// nothing; many mean a wrong baud rate, missing flow control or a bad ground.
    /// </summary>
    public long DamageCount => Channel.Damage;

    /// <summary>Unexpected restarts of the modem within the last ten minutes.</summary>
    public int RestartCount => _supervision.RestartCount;

    /// <summary>Signal, registration, operator, location and USSD.</summary>
    public ModemNetwork Network { get; }

    /// <summary>The modem's clock and the network's time.</summary>
    public ModemClock Clock { get; }

    /// <summary>Short messages (SMS).</summary>
    public ModemMessages Messages { get; }

    /// <summary>Battery, sleep and switching off.</summary>
    public ModemPower Power { get; }

    /// <summary>The family of the modem, which decides over the commands it is given.</summary>
    public ModemFamily Family => _dialect.Family;

    /// <summary>How many connections modems of this family have at once: 6, 8 or 10. With <see cref="ModemReceiveMode.Transparent"/> only one can be open.</summary>
    public int MaxConnections => _dialect.Links.Count;

    internal AtChannel Channel { get; }

    /// <summary>Opens a modem on a serial device and waits until it is registered with a network.</summary>
    /// <remarks>Linux needs nothing else. On Windows and macOS the application adds the package <c>Sim800.Modem.SerialPort</c>.</remarks>
    /// <param name="device">Path or name of the device, such as <c>/dev/ttyUSB0</c>, <c>COM5</c> or <c>/dev/cu.usbserial-0001</c>.</param>
    /// <param name="options">Settings; <c>null</c> for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux, and the package for serial ports is not there.</exception>
    /// <exception cref="SerialPortException">The device cannot be used.</exception>
    /// <exception cref="AtTimeoutException">The modem does not answer.</exception>
    /// <exception cref="ModemFamilyException">There is no driver for this modem, or it cannot do what the options ask for.</exception>
    /// <exception cref="SimException">The SIM card is missing, locked or broken.</exception>
    /// <exception cref="ModemRegistrationException">There is no network, or none that lets the card in.</exception>
    public static Task<CellularModem> OpenAsync(
        string device, ModemOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ModemOptions();
        options.Validate(hasDtr: true);
        ModemModels.Of(options.Family).Validate(options);
        var settings = new SerialLineOptions { BaudRate = options.BaudRate, HardwareFlowControl = options.HardwareFlowControl };
        ISerialLine line = OperatingSystem.IsLinux() ? SerialLine.Open(device, settings) : SerialPortPackage.Open(device, settings);
        return OpenAsync(new CellularModem(line, options, ownsLine: true), options.OpenAfter, cancellationToken);
    }

    /// <summary>Opens a modem on any duplex pipe, or on an <see cref="ISerialLine"/>, whose rate and DTR it then uses. The pipe stays the caller's.</summary>
    /// <inheritdoc cref="OpenAsync(string, ModemOptions?, CancellationToken)"/>
    public static Task<CellularModem> OpenAsync(
        IDuplexPipe line, ModemOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        options ??= new ModemOptions();
        options.Validate(hasDtr: line is ISerialLine);
        ModemModels.Of(options.Family).Validate(options);
        return OpenAsync(new CellularModem(line, options), options.OpenAfter, cancellationToken);
    }

    /// <summary>Opens a modem on any stream, such as <c>System.IO.Ports.SerialPort.BaseStream</c>. The stream stays the caller's.</summary>
    /// <inheritdoc cref="OpenAsync(string, ModemOptions?, CancellationToken)"/>
    public static Task<CellularModem> OpenAsync(
        Stream line, ModemOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return OpenAsync(new StreamLine(line), options, cancellationToken);
    }

    /// <summary>Brings up the data connection (GPRS), if it is not up already.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="GprsException">The network refused, or the modem did.</exception>
    /// <exception cref="ModemException">A lower layer failed: the serial line, the modem, the SIM card or the registration.</exception>
    public Task AttachAsync(CancellationToken cancellationToken = default) => _opener.AttachAsync(cancellationToken);

    /// <summary>
    /// Opens a TCP connection. Up to six may be open at once, eight or ten with modems of newer families. After failures it pauses and takes the measure that <see cref="ModemRecoveryPolicy"/>
    /// decides, so that calling it in a loop is a sound way to come back.
    /// </summary>
    /// <param name="host">Host name, resolved by the modem, or IPv4 address.</param>
    /// <param name="port">TCP port, 1 to 65535.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TcpConnectException">The connection did not open.</exception>
    /// <exception cref="GprsException">The data connection could not be brought up.</exception>
    /// <exception cref="ModemException">A lower layer failed: the serial line, the modem, the SIM card or the registration.</exception>
    public Task<ModemTcpConnection> ConnectTcpAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        TcpConnector.Validate(host, port);
        return _opener.ConnectAtPaceAsync(host, port, cancellationToken);
    }

    /// <summary>Opens a TCP connection at once, for an application that has a <see cref="ModemRecoveryPolicy"/> of its own. This call neither
    /// pauses nor counts.</summary>
    /// <param name="host">Host name, resolved by the modem, or IPv4 address.</param>
    /// <param name="port">TCP port, 1 to 65535.</param>
    /// <param name="rung">What to do to the modem before; <c>null</c> when nothing has failed. While another connection is open nothing is done
    /// that would break it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TcpConnectException">The connection did not open.</exception>
    /// <exception cref="GprsException">The data connection could not be brought up.</exception>
    /// <exception cref="ModemException">A lower layer failed: the serial line, the modem, the SIM card or the registration.</exception>
    public Task<ModemTcpConnection> ConnectTcpAsync(string host, int port, ModemRecoveryRung? rung, CancellationToken cancellationToken)
    {
        TcpConnector.Validate(host, port);
        return _opener.ConnectAsync(host, port, rung, cancellationToken);
    }

    /// <summary>How often a rung of the recovery ladder has been used.</summary>
    /// <param name="rung">The rung.</param>
    public int RecoveryCount(ModemRecoveryRung rung) => _recovery.CountOf(rung);

    /// <summary>Reads the identities of the modem and of its SIM card.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public Task<ModemIdentity> ReadIdentityAsync(CancellationToken cancellationToken = default) =>
        IdentityQuery.RunAsync(Channel, _dialect, cancellationToken);

    /// <summary>Sends any command line and waits for its final result.</summary>
    /// <param name="command">A command line that starts with <c>AT</c>; not one that waits for data at a prompt.</param>
    /// <param name="timeout">How long it may take; one minute when <c>null</c>.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    /// <exception cref="ArgumentException">The text is not a command line, or the command waits for data.</exception>
    /// <exception cref="ModemException">The modem refused or did not answer in time; <see cref="ModemException.Answer"/> is its answer.</exception>
    public Task<AtReply> SendCommandAsync(string command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        RunAsync(RawCommand.Parse(command, timeout, _dialect.RawCommands), cancellationToken);

    /// <summary>Closes the line. Open connections end with <see cref="TcpLinkException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync().ConfigureAwait(false);
        if (_ownsLine)
        {
            await _serialLine!.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<CellularModem> OpenAsync(CellularModem modem, ModemRecoveryRung? rung, CancellationToken cancellationToken)
    {
        try
        {
            modem._progress.Start(Sim800Stage.Line);
            modem.Channel.Start();
            modem._progress.Complete(Sim800Stage.Line);
            if (rung > ModemRecoveryRung.Reopen)
            {
                await modem._recovery.RunAsync(rung.Value, cancellationToken).ConfigureAwait(false);
            }

            await modem._opener.SettleAsync(cancellationToken).ConfigureAwait(false);
            return modem;
        }
        catch
        {
            await modem.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void Tell(IProgress<string>? told, UrcRouter urcs)
    {
        if (told is not null)
        {
            urcs.Subscribe(urc =>
            {
                if (urc.Text is { } line)
                {
                    told.Report(line);
                }
            });
        }
    }

    private async Task<AtReply> RunAsync(AtCommand command, CancellationToken cancellationToken)
    {
        var response = await Channel.ExecuteAsync(command, Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);
        return new AtReply(response.Final, response.Information);
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

/// <summary>What the modem answered to a command of the user.</summary>
/// <param name="Result">The final result, such as <c>OK</c> or <c>SHUT OK</c>.</param>
/// <param name="Information">The lines before it, as they came.</param>
public sealed record AtReply(string Result, IReadOnlyList<string> Information);

/// <summary>A stream as the serial line.</summary>
internal sealed class StreamLine(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: false));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
}
