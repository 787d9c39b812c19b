using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sim800.Modem.At;

namespace Sim800.Benchmarks;

/// <summary>Cutting what a modem says into tokens: lines, and a counted payload.</summary>
[MemoryDiagnoser]
public class AtParserBenchmarks
{
    private const int PayloadLength = 1460;
    private readonly AtParser _parser = new([]);
    private readonly ReadOnlySequence<byte> _lines = new("\r\n+CSQ: 21,0\r\n\r\nOK\r\n\r\n+CREG: 0,1\r\n\r\nOK\r\n\r\n+CIPRXGET: 1,0\r\n"u8.ToArray());
    private ReadOnlySequence<byte> _data;

    [GlobalSetup]
    public void SetUp() => _data = new ReadOnlySequence<byte>(
        [.. "\r\n+CIPRXGET: 2,0,1460,0\r\n"u8, .. new byte[PayloadLength], .. "\r\nOK\r\n"u8]);

    [Benchmark]
    public int Lines()
    {
        var input = _lines;
        var count = 0;
        while (_parser.TryRead(ref input, out _))
        {
            count++;
        }

        return count;
    }

    [Benchmark]
    public int CountedPayload()
    {
        var input = _data;
        var count = 0;
        while (_parser.TryRead(ref input, out var token))
        {
            if (count++ == 0 && token.Kind == AtTokenKind.Line)
            {
                _parser.ExpectData(PayloadLength);
            }
        }

        return count;
    }
}
