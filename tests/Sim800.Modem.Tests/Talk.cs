using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit;

namespace Sim800.Modem.Tests;

/// <summary>An open modem whose side of the conversation a transcript plays, from the first AT on.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private readonly DuplexPipePair _line = new();
    private Task _played = Task.CompletedTask;

    private Talk(TimeProvider clock) => Clock = clock;

    internal CellularModem Modem { get; private set; } = null!;

    internal TimeProvider Clock { get; }

    /// <summary>On a clock that stands still, so that no answer is late.</summary>
    internal static Task<Talk> OpenAsync(params string[] conversation) => OpenAsync(new ManualTimeProvider(), conversation);

    internal static Task<Talk> OpenAsync(TimeProvider clock, params string[] conversation) =>
        OpenAsync(clock, NullLoggerFactory.Instance, conversation);

    internal static async Task<Talk> OpenAsync(TimeProvider clock, ILoggerFactory log, params string[] conversation)
    {
        var talk = new Talk(clock);
        talk._played = Transcript.PlayAsync(talk._line.Right, Conversations.Of(Conversations.Open, conversation));
        talk.Modem = await CellularModem.OpenAsync(
            talk._line.Left,
            new ModemOptions { Apn = "internet", ApnUser = "web", ApnPassword = "secret", TimeProvider = clock, LoggerFactory = log },
            TestContext.Current.CancellationToken);
        return talk;
    }

    /// <summary>The modem says something by itself.</summary>
    internal async Task SayAsync(string lines) =>
        await _line.Right.Output.WriteAsync(System.Text.Encoding.Latin1.GetBytes(lines), TestContext.Current.CancellationToken);

    /// <summary>Plays more of the conversation, after the first part.</summary>
    internal async Task PlayAsync(params string[] conversation)
    {
        await _played;
        _played = Transcript.PlayAsync(_line.Right, conversation);
        await _played;
    }

    /// <summary>What the host sends next, up to this character, which is taken too.</summary>
    internal async Task<string> HearAsync(char end)
    {
        var heard = new System.Text.StringBuilder();
        while (true)
        {
            var result = await _line.Right.Input.ReadAtLeastAsync(1, TestContext.Current.CancellationToken);
            var character = (char)result.Buffer.FirstSpan[0];
            _line.Right.Input.AdvanceTo(result.Buffer.GetPosition(1));
            if (character == end)
            {
                return heard.ToString();
            }

            heard.Append(character);
        }
    }

    /// <summary>The whole transcript was played: every byte the host should send was sent, and no other.</summary>
    internal Task PlayedAsync() => _played;

    /// <summary>The serial line ends.</summary>
    internal ValueTask HangUpAsync() => _line.Right.Output.CompleteAsync();

    public ValueTask DisposeAsync() => Modem.DisposeAsync();
}
