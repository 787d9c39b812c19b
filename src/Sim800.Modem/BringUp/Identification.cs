using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Known;
using Sim800.Wording;

namespace Sim800.Modem.BringUp;

/// <summary>
/// Finds out which family the modem belongs to, once. Its model comes with the answer to a command that every bring-up sends anyway; only a modem
/// that does not tell it there is asked further.
/// </summary>
internal sealed class Identification(AtChannel channel, CurrentDialect dialect, ModemOptions options, ModemMemory memory, ILogger logger)
{
    /// <summary>A line may have been damaged on its way: the questions are asked again.</summary>
    private const int Rounds = 2;

    private bool _isDone = options.Family != ModemFamily.Automatic;

    /// <summary>
    /// Errors in words, no echo, and the model if nobody has said what the modem is; the number of the device where it may be known by that.
    /// </summary>
    internal AtCommand Greeting { get; } =
        memory.IsOn ? StandardCommands.VerboseErrorsImeiEchoOff
        : options.Family == ModemFamily.Automatic ? StandardCommands.VerboseErrorsModelEchoOff : StandardCommands.VerboseErrorsEchoOff;

    /// <param name="greeted">The answer to <see cref="Greeting"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemFamilyException">There is no driver for this modem, or it cannot do what the options ask for.</exception>
    internal async Task RunAsync(AtResponse greeted, CancellationToken cancellationToken)
    {
        if (Imei(greeted) is { } imei)
        {
            await memory.RecallAsync(imei, cancellationToken).ConfigureAwait(false);
        }

        if (!_isDone || (memory.IsDistrusted && options.Family == ModemFamily.Automatic))
        {
            if (await FindAsync(greeted, cancellationToken).ConfigureAwait(false) is not var (model, line))
            {
                Adopt(ModemModels.Of(ModemFamily.Sim800)); // what modems were before there were others
                Log.Unidentified(logger);
                return;
            }

            memory.LearnModel(line);
            var found = model.Create is { } create ? create() : throw ModemFamilyException.UnsupportedModem(line, model.Missing!);
            Adopt(found);
            Log.Identified(logger, VisibleText.Of(line), found.Family);
        }
        else if (options.Family != ModemFamily.Automatic)
        {
            memory.LearnModel(memory.Known?.Model ?? options.Family.ToString());
        }
    }

    private void Adopt(IModemDialect found)
    {
        found.Validate(options);
        dialect.Adopt(found);
        channel.Adopt(found.Tables);
        _isDone = true;
    }

    /// <returns><c>null</c> for a modem that says nothing of itself.</returns>
    /// <exception cref="ModemFamilyException">It is a modem that nobody knows here.</exception>
    private async Task<(ModemModel Model, string Line)?> FindAsync(AtResponse greeted, CancellationToken cancellationToken)
    {
        if (Read(greeted) is { } told)
        {
            return told;
        }

        if (memory.Known is { } known && ModemModels.Find(known.Model) is { } remembered)
        {
            return (remembered, known.Model);
        }

        string? named = null;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var question in new[] { StandardCommands.Model, StandardCommands.Product, StandardCommands.SimcomIdentity })
            {
                var answer = await channel.SendAsync(question, cancellationToken).ConfigureAwait(false);
                if (Read(answer) is { } found)
                {
                    return found;
                }

                named ??= answer.Information.FirstOrDefault(line => !line.StartsWith("AT", StringComparison.Ordinal));
            }
        }

        return named is null ? null : throw ModemFamilyException.UnknownModem(named);
    }

    /// <returns>The number of the device, if the modem was asked for it.</returns>
    private string? Imei(in AtResponse greeted) => memory.IsOn
        ? greeted.Information.Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(' ', '"')).FirstOrDefault(KnownModem.IsImei)
        : null;

    private static (ModemModel Model, string Line)? Read(in AtResponse answer)
    {
        foreach (var line in answer.Information)
        {
            if (ModemModels.Find(line) is { } model)
            {
                return (model, line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            }
        }

        return null;
    }
}
