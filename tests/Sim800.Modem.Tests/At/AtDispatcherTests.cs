using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>In which order a line has its effects: who has the answer finds the rest done.</summary>
public sealed class AtDispatcherTests
{
    private readonly Listener _listener = new();
    private readonly List<string> _effects = [];

    public AtDispatcherTests() =>
        _listener.OnEffect = effect => _effects.Add($"{effect} {(_listener.Answer is null ? "before" : "after")}");

    [Fact]
    public void A_line_that_ends_a_command_and_is_unsolicited_too_is_routed_before_the_answer_is_given()
    {
        _listener.Begin(Sim800Commands.Connect(0, "h", 1));
        _listener.Feed("\r\n+CME ERROR: operation not allowed\r\n");
        Assert.NotNull(_listener.Answer);

        _listener.Begin(Sim800Commands.Connect(0, "h", 1));
        _listener.Feed("\r\n0, ALREADY CONNECT\r\n");
        Assert.Equal(["AlreadyConnected 0: 0, ALREADY CONNECT before"], _effects);
        Assert.NotNull(_listener.Answer);
    }

    [Fact]
    public void A_line_is_a_transparent_connection_before_CONNECT_is_told()
    {
        _listener.Begin(Sim800Commands.ConnectTransparently("h", 1));
        _listener.Feed("\r\nOK\r\n\r\nCONNECT\r\n");
        Assert.Equal(["line before"], _effects);
        Assert.True(_listener.IsTransparent);
        _listener.GiveUp();
        Assert.False(_listener.IsTransparent);
    }
}
