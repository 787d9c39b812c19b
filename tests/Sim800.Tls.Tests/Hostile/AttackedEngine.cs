using System.Buffers;
using Sim800.Tls.Engines;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>An engine that a test feeds by hand, without pipes, tasks or time.</summary>
internal abstract class AttackedEngine : IDisposable
{
    private readonly ArrayBufferWriter<byte> _plaintext = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    private protected AttackedEngine(TlsClientOptions options)
    {
        Engine = EngineFactory.Create(options, session: null, DateTimeOffset.UtcNow);
        Engine.Start();
        Hello = TakeOutput();
    }

    internal ITlsEngine Engine { get; }

    /// <summary>The ClientHello, with its record header.</summary>
    internal byte[] Hello { get; }

    /// <summary>What the application would have got.</summary>
    internal byte[] Plaintext => _plaintext.WrittenSpan.ToArray();

    public virtual void Dispose() => Engine.Dispose();

    /// <summary>Gives bytes to the engine; what is left of the last record is dropped.</summary>
    /// <returns>How many bytes were left.</returns>
    internal long Offer(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        try
        {
            Engine.OfferInput(ref input, _plaintext);
        }
        catch (TlsException e)
        {
            // Whatever a server does, there is a sentence about it.
            Assert.DoesNotMatch("(inner exception|error:[0-9A-F]{8}|internal_error|TLS engine failed\\. )", e.Message);
            throw;
        }

        return input.Length;
    }

    /// <summary>Gives bytes as a slow line does: what the engine leaves is offered again with the next piece.</summary>
    internal void OfferInPieces(byte[] bytes, IEnumerable<int> pieces)
    {
        var held = new List<byte>();
        var start = 0;
        foreach (var piece in pieces)
        {
            held.AddRange(bytes[start..(start + piece)]);
            start += piece;
            var left = (int)Offer([.. held]);
            held.RemoveRange(0, held.Count - left);
        }
    }

    internal byte[] TakeOutput()
    {
        Engine.ReadOutput(_output);
        var bytes = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        return bytes;
    }

    /// <param name="engine">Which engine is attacked.</param>
    /// <param name="validates">Whether the certificates are judged: where they are not the point, thousands of cases need not wait for that.</param>
    private protected static TlsClientOptions OptionsFor(TlsEngine engine, bool validates) => new()
    {
        ServerName = TestAuthority.ServerName,
        Trust = SharedAuthorities.P256.Trust,
        Engine = engine,
        DangerousAcceptAnyCertificate = !validates,
    };
}
