using Microsoft.Extensions.Logging;

namespace Sim800.Modem.At;

/// <summary>What an <see cref="AtChannel"/> is wired to.</summary>
internal sealed record AtChannelOptions
{
    /// <summary>What the engine has to know about the modem. It changes once, when the modem has been identified.</summary>
    public required AtTables Tables { get; set; }

    public required UrcRouter Urcs { get; init; }

    public required ICountedDataSink Data { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The name of the object that users see as closed, for <see cref="ObjectDisposedException"/>.</summary>
    public string OwnerName { get; init; } = nameof(AtChannel);

    /// <summary>Called once, with the one reason, when the line is dead.</summary>
    public required Action<Exception> OnFault { get; init; }

    /// <summary>Called once when bytes are damaged or lost on the line.</summary>
    public Action OnBadLine { get; init; } = static () => { };

    /// <summary>Called when the modem repeats a command line although echo was switched off: it has restarted.</summary>
    public required Action OnEcho { get; init; }
}
