using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Tls.Sessions;

namespace Sim800.Tls;

/// <summary>
/// Sessions in a folder, so that they outlive the process: one file each, readable by its owner alone (mode 0600 in a folder
/// of mode 0700), replaced in one step. A file that is damaged, expired, of another key or readable by others is removed
/// and means a full handshake.
/// </summary>
/// <remarks>A file holds the master secret of TLS 1.2: who reads it can decrypt recordings of every connection that shares
/// it. On Windows the folder's permissions have to see to that.</remarks>
/// <example>
/// <code>
/// var options = new TlsClientOptions
/// {
///     ServerName = "broker.example.com",
///     SessionCache = new TlsFileSessionCache("/var/lib/gateway/tls"),
/// };
/// </code>
/// </example>
public sealed class TlsFileSessionCache : ITlsSessionCache
{
    private readonly SessionFolder _folder;
    private readonly ILogger _logger;

    /// <param name="path">A folder for this purpose alone; it is made when first written to.</param>
    /// <param name="capacity">How many sessions are kept at most; the oldest goes first.</param>
    /// <param name="loggerFactory">Where it is said that a file could not be read or written.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public TlsFileSessionCache(string path, int capacity = 16, ILoggerFactory? loggerFactory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _folder = new SessionFolder(path, capacity);
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<TlsFileSessionCache>();
    }

    /// <inheritdoc/>
    public TlsSession? Find(TlsSessionKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        TlsSession? session = null;
        Guard(() => session = _folder.Read(SessionFileFormat.NameFor(key)) is { } file ? SessionFileFormat.Read(file, key) : null);
        if (session is not null && session.IsFresh(now))
        {
            return session;
        }

        Remove(key);
        return null;
    }

    /// <inheritdoc/>
    public void Store(TlsSessionKey key, TlsSession session)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(session);
        Guard(() => _folder.Write(SessionFileFormat.NameFor(key), SessionFileFormat.Write(key, session)));
    }

    /// <inheritdoc/>
    public void Remove(TlsSessionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Guard(() => _folder.Delete(SessionFileFormat.NameFor(key)));
    }

    // A full disk or a read-only one costs a full handshake, never the connection.
    private void Guard(Action access)
    {
        try
        {
            access();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Log.SessionFileFailed(_logger, e);
        }
    }
}
