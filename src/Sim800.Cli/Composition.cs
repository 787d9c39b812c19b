using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sim800.Cli.Capture;
using Sim800.Cli.Monitor;
using Sim800.Cli.Options;
using Sim800.Cli.Timeline;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;

namespace Sim800.Cli;

/// <summary>Turns what the command line said into the options of the libraries.</summary>
internal static class Composition
{
    internal static ModemOptions Modem(
        LineSettings line, CliHost host, ILoggerFactory log, IProgress<Sim800Progress>? progress = null, IProgress<ModemEvent>? events = null)
    {
        var options = new ModemOptions
        {
            BaudRate = line.BaudRate,
            Family = line.Family,
            Apn = line.Apn,
            ApnUser = line.ApnUser,
            ApnPassword = line.ApnPassword,
            Pin = line.Pin,
            HardwareFlowControl = line.FlowControl,
            DnsServers = line.DnsServers,
            Progress = progress,
            Events = events,
            TimeProvider = host.TimeProvider,
            LoggerFactory = log,
        };
        return options with
        {
            StateFolder = line.StateFolder,
            MaxSendSize = line.MaxSendSize ?? options.MaxSendSize,
            RegistrationTimeout = line.RegistrationTimeout ?? options.RegistrationTimeout,
        };
    }

    internal static Sim800MqttClientOptions Client(
        LineSettings line,
        BrokerSettings broker,
        CliHost host,
        ILoggerFactory log,
        IProgress<Sim800Progress>? progress,
        IProgress<ModemEvent>? events = null) => new()
        {
            Host = broker.Host,
            Port = broker.Port,
            UseTls = broker.UseTls,
            UseWebSocket = broker.UseWebSocket,
            Modem = Modem(line, host, log, events: events),
            Tls = Tls(broker.Host, broker.Port, broker.Tls, log),
            Mqtt = Mqtt(broker),
            Reconnect = new Sim800ReconnectOptions { PersistentFailures = 3 },
            Progress = progress,
            TimeProvider = host.TimeProvider,
            LoggerFactory = log,
        };

    /// <summary>With everything that passes written down, if there is a file for it.</summary>
    internal static Sim800MqttClientOptions Recorded(this Sim800MqttClientOptions options, CaptureFile? file) => file is null
        ? options
        : options with { WrapTransport = file.Tap, Tls = options.Tls! with { KeyLog = file.KeyLogLine } };

    /// <summary>With everything drawn that happens on the line and in its stages, if there is a page for it.</summary>
    internal static ModemOptions Drawn(this ModemOptions options, TimelineFile? page) => page is null
        ? options
        : options with { WrapLine = page.Recorder.Line, Progress = page.Recorder.Stages(options.Progress) };

    /// <summary>The same for all layers up to MQTT, beside a record if there is one.</summary>
    internal static Sim800MqttClientOptions Drawn(this Sim800MqttClientOptions options, TimelineFile? page)
    {
        if (page is null)
        {
            return options;
        }

        var record = options.WrapTransport;
        var isTls = options.UseTls ?? options.Port is 8883 or 8884 or 8084 or 443;
        return options with
        {
            Modem = options.Modem with { WrapLine = page.Recorder.Line },
            WrapTransport = tcp => page.Recorder.Tcp(record?.Invoke(tcp) ?? tcp, isTls),
            WrapMqtt = page.Recorder.Mqtt,
            Progress = page.Recorder.Stages(options.Progress),
        };
    }

    /// <summary>With the line counted, if somebody watches.</summary>
    internal static ModemOptions Watched(this ModemOptions options, MonitorFeed? feed)
    {
        var page = options.WrapLine;
        return feed is null
            ? options
            : options with { WrapLine = line => feed.Bytes(page?.Invoke(line) ?? line), Progress = feed.Stages(options.Progress) };
    }

    /// <summary>With TCP and messages counted, if somebody watches.</summary>
    internal static Sim800MqttClientOptions Watched(this Sim800MqttClientOptions options, MonitorFeed? feed)
    {
        var (transport, mqtt) = (options.WrapTransport, options.WrapMqtt);
        return feed is null
            ? options
            : options with
            {
                WrapTransport = tcp => feed.Bytes(transport?.Invoke(tcp) ?? tcp),
                WrapMqtt = top => feed.Messages(mqtt?.Invoke(top) ?? top),
                Progress = feed.Stages(options.Progress),
            };
    }

    /// <exception cref="UsageException">A certificate or key file does not hold what it should.</exception>
    internal static TlsClientOptions Tls(string host, int port, TlsSettings tls, ILoggerFactory log) => new()
    {
        ServerName = host,
        Port = port,
        Engine = tls.IsPlatform ? TlsEngine.Platform : TlsEngine.BouncyCastle,
        Preference = tls.Version is "tlsv1.3" ? TlsPreference.NewestVersion : TlsPreference.FewestBytes,
        Trust = Trust(tls),
        ApplicationProtocols = tls.ApplicationProtocol is { } protocol ? [protocol] : [],
        ClientCertificate = tls.CertificateFile is { } own
            ? Read(
                tls.KeyFile is { } key ? [("--cert", own), ("--key", key)] : [("--cert", own)],
                () => TlsClientCertificate.FromPemFiles(own, tls.KeyFile, tls.KeyPassword))
            : null,
        PreSharedKey = tls.PreSharedKey is { } psk
            ? Read([("--psk", ""), ("--psk-identity", "")], () => new TlsPreSharedKey(tls.PreSharedKeyIdentity!, psk.Span))
            : null,
        DangerousAcceptAnyCertificate = tls.IsInsecure,
        SessionCache = tls.SessionFolder is { } folder ? new TlsFileSessionCache(folder, loggerFactory: log) : null,
    };

    private static TlsTrust Trust(TlsSettings tls)
    {
        TlsTrust?[] all =
        [
            tls.AuthorityFile is { } file ? Read([("--cafile", file)], () => TlsTrust.FromPemFile(file)) : null,
            tls.AuthorityFolder is { } folder ? OfFolder(folder) : null,
            tls.UsesSystemAuthorities ? TlsTrust.System : null,
        ];
        return all.Aggregate((trusted, more) => trusted is null ? more : more is null ? trusted : trusted.Or(more)) ?? TlsTrust.System;
    }

    /// <summary>The files that OpenSSL finds by a hash, and those whose name says what they are; links to one of them count once.</summary>
    private static TlsTrust OfFolder(string folder) => new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => file.Extension is ".pem" or ".crt" or ".cer" or ".der" || (file.Extension.Length > 1 && file.Extension.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0))
        .Select(file => file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(file => Read([("--capath", folder)], () => TlsTrust.FromPemFile(file)))
        .Aggregate((TlsTrust?)null, (trusted, more) => trusted?.Or(more) ?? more)
        ?? throw new UsageException($"--capath {folder}: there is no certificate in the folder.");

    /// <summary>A sentence about a value begins with the options it came by, and with their files where it names none itself.</summary>
    private static T Read<T>((string Option, string File)[] given, Func<T> value)
    {
        try
        {
            return value();
        }
        catch (ArgumentException e) when (e.ParamName is "keyPassword")
        {
            throw new UsageException($"{Begin(given, e)} It comes from --keypass-file or SIM800_KEY_PASSWORD.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new UsageException(Begin(given, e));
        }
    }

    private static string Begin((string Option, string File)[] given, Exception e)
    {
        var sentence = Rendering.FailureText.Of(e);
        var isNamed = Array.Exists(given, one => one.File.Length == 0 || sentence.Contains(one.File, StringComparison.Ordinal));
        var options = isNamed ? string.Join(", ", given.Select(one => one.Option)) : string.Join(' ', given.Select(one => $"{one.Option} {one.File}"));
        return $"{options}: {sentence}";
    }

    private static MqttClientOptions Mqtt(BrokerSettings broker)
    {
        var options = new MqttClientOptions
        {
            ClientId = broker.ClientId ?? string.Empty,
            CleanSession = broker.CleanSession,
            AllowControlCharacters = broker.AllowControlCharacters,
            PassOverInvalidTopics = broker.PassOverInvalidTopics,
            Credentials = broker.UserName is { } user ? new MqttCredentials(user, broker.Password) : null,
            Will = broker.Will is { } will
                ? new MqttMessage(will.Topic, will.Payload, (MqttQoS)will.QoS, will.Retain)
                : null,
        };
        return options with
        {
            KeepAlive = broker.KeepAlive ?? options.KeepAlive,
            MaxInFlight = broker.MaxInFlight ?? options.MaxInFlight,
            MaxInFlightExactlyOnce = Math.Min(broker.MaxInFlight ?? short.MaxValue, options.MaxInFlightExactlyOnce),
        };
    }
}
