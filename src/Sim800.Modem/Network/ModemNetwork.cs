using Sim800.Modem.Alphabets;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Ussd;

namespace Sim800.Modem;

/// <summary>Signal quality, registration, operator, cell location and USSD.</summary>
public sealed class ModemNetwork
{
    private readonly AtChannel _channel;
    private readonly IModemDialect _dialect;
    private readonly ModemOptions _options;
    private readonly UssdDialogue _ussd;

    internal ModemNetwork(AtChannel channel, IModemDialect dialect, ModemOptions options) =>
        (_channel, _dialect, _options, _ussd) = (channel, dialect, options, new UssdDialogue(channel));

    /// <summary>The latest results of <see cref="ReadSignalAsync"/>.</summary>
    public ModemSignalHistory SignalHistory { get; } = new();

    /// <summary>Reads the signal quality (<c>AT+CSQ</c>) and notes it in the history.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public async Task<ModemSignalQuality> ReadSignalAsync(CancellationToken cancellationToken = default)
    {
        var quality = await AskAsync<ModemSignalQuality>(StandardCommands.Signal, ModemSignalQuality.TryRead, cancellationToken)
            .ConfigureAwait(false);
        SignalHistory.Add(new ModemSignalSample(_channel.Clock.GetUtcNow(), quality));
        return quality;
    }

    /// <summary>Reads the registration and the cell (<c>AT+CREG</c>).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public Task<ModemRegistration> ReadRegistrationAsync(CancellationToken cancellationToken = default) =>
        AskAsync<ModemRegistration>(_dialect.RegistrationWithCell, ModemRegistration.TryRead, cancellationToken);

    /// <summary>Reads the cell in use and its levels (<c>AT+CPSI?</c>), which modems of the LTE family tell.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><c>null</c> without service, and from a modem that cannot tell.</returns>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public async Task<ModemServingCell?> ReadServingCellAsync(CancellationToken cancellationToken = default) => _dialect.ServingCell is { } question
        ? await AskAsync<ModemServingCell?>(question, ModemServingCell.TryRead, cancellationToken).ConfigureAwait(false)
        : null;

    /// <summary>Reads the operator in use (<c>AT+COPS?</c>).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><c>null</c> when the modem is not registered.</returns>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public async Task<ModemOperator?> ReadOperatorAsync(CancellationToken cancellationToken = default)
    {
        var set = await CharacterSet.AskAsync(_channel, cancellationToken).ConfigureAwait(false);
        var current = await AskAsync<ModemOperator?>(StandardCommands.Operator, ModemOperator.TryRead, cancellationToken).ConfigureAwait(false);
        return current is null ? null : current with { Name = set.Decode(current.Name) };
    }

    /// <summary>Lists the networks around (<c>AT+COPS=?</c>). Takes up to 45 seconds in which nothing else can be sent.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public async Task<IReadOnlyList<ModemAvailableOperator>> ListOperatorsAsync(CancellationToken cancellationToken = default)
    {
        var set = await CharacterSet.AskAsync(_channel, cancellationToken).ConfigureAwait(false);
        return await AskAsync(
            StandardCommands.Operators,
            (string line, out IReadOnlyList<ModemAvailableOperator> operators) => ModemAvailableOperator.TryReadAll(line, set, out operators),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Asks the manufacturer's server where the modem is (<c>AT+CIPGSMLOC</c>). Needs the bearer, which it opens and closes.
    /// Newer firmware does not have it any more.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemLocationException">The server gave no location.</exception>
    /// <exception cref="ModemException">The bearer could not be opened, or the modem refused or did not answer.</exception>
    public Task<ModemCellLocation> ReadLocationAsync(CancellationToken cancellationToken = default) =>
        _dialect.ReadLocationAsync(_channel, _options, cancellationToken);

    /// <summary>Sends a USSD request such as <c>*100#</c>, or the answer that the last reply asked for, and waits for the reply.</summary>
    /// <param name="request">1 to 182 printable ASCII characters without quotes.</param>
    /// <param name="cancellationToken">Ends the dialogue.</param>
    /// <exception cref="InvalidOperationException">Another request is waiting for its reply.</exception>
    /// <exception cref="UssdException">The network did not reply, or does not support it.</exception>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public Task<UssdReply> SendUssdAsync(string request, CancellationToken cancellationToken = default) =>
        _ussd.SendAsync(request, cancellationToken);

    private Task<T> AskAsync<T>(AtCommand command, AtReader<T> read, CancellationToken cancellationToken) =>
        _channel.AskAsync(command, Sim800Stage.Network, read, cancellationToken);
}
