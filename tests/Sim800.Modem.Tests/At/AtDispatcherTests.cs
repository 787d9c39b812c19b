using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using TestKit;

namespace Sim800.Modem.Tests.At;

/// <summary>In which order a line has its effects: who has the answer finds the rest done.</summary>
public sealed class AtDispatcherTests : ICountedDataSink
{
    private readonly AtExchange _exchange = new();
    private readonly UrcRouter _urcs = new();
    private readonly AtDispatcher _dispatcher;
    private readonly List<string> _effects = [];

    public AtDispatcherTests()
    {
        _dispatcher = new AtDispatcher(_exchange, new AtChannelOptions
        {
            Urcs = _urcs,
            Data = this,
            Logger = NullLogger.Instance,
            Clock = new ManualTimeProvider(),
            OnFault = _ => { },
            OnEcho = () => { },
        });
        _urcs.Subscribe(urc => Note(urc.Kind.ToString()));
    }

    [Fact]
    public void A_line_that_ends_a_command_and_is_unsolicited_too_is_routed_before_the_answer_is_given()
    {
        _exchange.Begin(Sim800Commands.Connect(0, "h", 1), -1, hasPayload: false);
        Dispatch("\r\n+CME ERROR: operation not allowed\r\n");
        Assert.False(_exchange.IsActive);

        _exchange.Begin(Sim800Commands.Connect(0, "h", 1), -1, hasPayload: false);
        Dispatch("\r\n0, ALREADY CONNECT\r\n");
        Assert.Equal(["AlreadyConnected before"], _effects);
        Assert.False(_exchange.IsActive);
    }

    [Fact]
    public void A_line_is_a_transparent_connection_before_CONNECT_is_told()
    {
        _exchange.Begin(Sim800Commands.ConnectTransparently("h", 1), -1, hasPayload: false);
        Dispatch("\r\nOK\r\n\r\nCONNECT\r\n");
        Assert.Equal(["transparent before"], _effects);
        Assert.True(_dispatcher.IsTransparent);
        _dispatcher.Reset();
        Assert.False(_dispatcher.IsTransparent);
    }

    void ICountedDataSink.BeginRead(int link, int count, int left)
    {
        // no data in these tests
    }

    void ICountedDataSink.BeginPush(int link, int count)
    {
        // the same
    }

    void ICountedDataSink.BeginTransparent() => Note("transparent");

    void ICountedDataSink.Append(ReadOnlySpan<byte> bytes)
    {
        // the same
    }

    void ICountedDataSink.Slip()
    {
        // the same
    }

    private void Note(string effect) => _effects.Add($"{effect} {(_exchange.IsActive ? "before" : "after")}");

    private void Dispatch(string text) => _dispatcher.Dispatch(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text)));
}
