using Microsoft.Extensions.Logging;
using Sim800.Files;

namespace Sim800.Modem.Known;

/// <summary>
/// The modem of this line as it was known before, from a file of <see cref="ModemOptions.StateFolder"/>, and what is learnt of it. A file that is missing
/// or damaged, or a folder that cannot be used, costs the questions that it would have saved, and a warning.
/// </summary>
internal sealed class ModemMemory(ModemOptions options, ILogger logger)
{
    /// <summary>So long after its answer a modem is taken to be attached to the network still.</summary>
    internal static readonly TimeSpan AttachedFor = TimeSpan.FromSeconds(10);

    private KnownModem? _stored;
    private string? _imei;
    private long? _attachedAt;

    /// <summary>Whether there is a folder; without one nothing is asked and nothing is known.</summary>
    internal bool IsOn => options.StateFolder is not null;

    /// <summary>The modem, when an earlier start has written down who it is, or this one has found out.</summary>
    internal KnownModem? Known { get; private set; }

    /// <summary>Whether what was known has been thrown away, so that the modem is to be identified again.</summary>
    internal bool IsDistrusted { get; private set; }

    /// <summary>The modem has told the number of its device.</summary>
    internal async Task RecallAsync(string imei, CancellationToken cancellationToken)
    {
        if (!KnownModem.IsImei(imei) || options.StateFolder is not { } folder)
        {
            return;
        }

        if (!string.Equals(_imei, imei, StringComparison.Ordinal))
        {
            _imei = imei;
            _stored = Known = await ReadAsync(PathOf(folder, imei), imei, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The modem has told its model. Another one than was known is another modem under the same number.</summary>
    internal void LearnModel(string model)
    {
        IsDistrusted = false;
        if (_imei is { } imei && !string.Equals(Known?.Model, model, StringComparison.Ordinal))
        {
            Known = new KnownModem(imei, model, null, LacksTls: false);
        }
    }

    /// <summary>The rate that the modem has saved; <c>null</c> when it detects the rate, or what was known is not so.</summary>
    internal void LearnRate(int? rate) => Known = Known is { } known ? known with { SavedRate = rate } : null;

    /// <summary>The firmware refuses to switch off a TLS of its own.</summary>
    internal void LearnLackOfTls() => Known = Known is { } known ? known with { LacksTls = true } : null;

    /// <summary>
    /// A start with what was known has failed, and that may be why: the file goes, and the next start asks. One that failed for another reason asks
    /// some commands more.
    /// </summary>
    internal void Distrust()
    {
        if (_stored is { } stored && options.StateFolder is { } folder)
        {
            (Known, _stored, _imei, _attachedAt, IsDistrusted) = (null, null, null, null, true);
            try
            {
                File.Delete(PathOf(folder, stored.Imei));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.StateUnusable(logger, PathOf(folder, stored.Imei), e);
            }
        }
    }

    /// <summary>The modem has just said that it is attached, so that whoever needs that next has no need to ask.</summary>
    internal void OnAttached() => _attachedAt = options.TimeProvider.GetTimestamp();

    /// <summary>Whether it has said so just now; asked once.</summary>
    internal bool TakeAttached()
    {
        var isAttached = _attachedAt is { } at && options.TimeProvider.GetElapsedTime(at) < AttachedFor;
        _attachedAt = null;
        return isAttached;
    }

    /// <summary>Writes down what has been learnt, when it is anything new.</summary>
    internal async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (Known is not { } known || known == _stored || options.StateFolder is not { } folder)
        {
            return;
        }

        _stored = known;
        if (known.Format() is { } file)
        {
            await WriteAsync(folder, PathOf(folder, known.Imei), file, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string PathOf(string folder, string imei) => Path.Combine(folder, $"modem-{imei}");

    private async Task<KnownModem?> ReadAsync(string path, string imei, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                var bytes = new byte[KnownModem.MaxFile + 1];
                var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                var known = KnownModem.Parse(imei, bytes.AsSpan(0, read));
                if (known is null)
                {
                    Log.StateDamaged(logger, path);
                }

                return known;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // the first start with this modem
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.StateUnusable(logger, path, e);
            return null;
        }
    }

    /// <summary>Whole or not at all: the new file takes the old one's place.</summary>
    private async Task WriteAsync(string folder, string path, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var next = path + ".new";
            File.Delete(next);
            var file = new FileStream(next, OwnersFile.New(FileShare.Read));
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            }

            File.Move(next, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.StateUnusable(logger, path, e);
        }
    }
}
