using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Tls.Engines;
using Sim800.Tls.Handshake;
using Sim800.Tls.Pipes;

namespace Sim800.Tls;

/// <summary>One attempt to connect: time, session, handshake, and what is to be remembered of it.</summary>
internal sealed class Connector(IDuplexPipe transport, TlsClientOptions options)
{
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<TlsConnection>();
    private readonly TlsSessionKey? _key = options.SessionKey;

    internal async Task<TlsConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (options.DangerousAcceptAnyCertificate)
        {
            Log.AnyCertificateAccepted(_logger, options.ServerName);
        }

        using var deadline = new CancellationTokenSource(options.HandshakeTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        EngineDriver? driver = null;
        try
        {
            var now = await GetTimeAsync(either.Token).ConfigureAwait(false);
            var session = FindSession(now);
            var engine = EngineFactory.Create(options, session, now);
            driver = new EngineDriver(engine, transport, options, ForgetSession);
            await driver.HandshakeAsync(either.Token).ConfigureAwait(false);
            return Connected(driver, engine, session);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            driver?.Dispose();
            throw Failed(new TlsTimeoutException(options.HandshakeTimeout, driver?.Receiver.BytesReceived ?? 0, e));
        }
        catch (Exception e)
        {
            driver?.Dispose();
            throw Failed(e);
        }
    }

    private async ValueTask<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken)
    {
        if (!options.ValidatesCertificates)
        {
            return options.TimeProvider.GetUtcNow();
        }

        var time = options.TrustedTime ?? new TlsTrustedTime(options.TimeProvider);
        return await time.GetUtcNowAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A session is only as good as the chain it was made with is today.</summary>
    private TlsSession? FindSession(DateTimeOffset now)
    {
        if (_key is null || options.SessionCache!.Find(_key, now) is not { ExtendedMasterSecret: true } session
            || !session.IsFresh(now) || !CanResume(session))
        {
            return null;
        }

        try
        {
            EngineFactory.ChainValidation(options, now)(session.ServerCertificates, null);
            return session;
        }
        catch (TlsCertificateException e)
        {
            Log.SessionNotUsed(_logger, options.ServerName, e.Message);
            ForgetSession();
            return null;
        }
    }

    /// <summary>A ticket that the server cannot take is two hundred bytes for nothing.</summary>
    private bool CanResume(TlsSession session)
    {
        var fewestBytes = options.Preference == TlsPreference.FewestBytes;
        return (fewestBytes || session.DespiteTls13)
            && CipherSuites.ForTls12(preSharedKey: null, fewestBytes).Contains(session.CipherSuite);
    }

    private TlsConnection Connected(EngineDriver driver, ITlsEngine engine, TlsSession? offered)
    {
        if (_key is not null && engine.ExportSession() is { } session)
        {
            options.SessionCache!.Store(_key, session);
        }
        else if (offered is not null && !engine.Negotiated.IsResumed)
        {
            ForgetSession(); // the server has lost its key or has TLS 1.3 now: the next offer would be as much in vain
        }

        var connection = new TlsConnection(transport, options, driver, engine.Negotiated);
        var info = connection.Info;
        if (_logger.IsEnabled(LogLevel.Information))
        {
            // The runtime gathers all names of the suites to find one.
            Log.Connected(_logger, info.ServerName, $"{info.Protocol}", $"{info.CipherSuite}", info.IsResumed, info.HandshakeBytesReceived);
        }

        return connection;
    }

    private void ForgetSession()
    {
        if (_key is not null)
        {
            options.SessionCache!.Remove(_key);
        }
    }

    private Exception Failed(Exception reason)
    {
        Log.Failed(_logger, options.ServerName, reason.Message);
        return reason;
    }
}
