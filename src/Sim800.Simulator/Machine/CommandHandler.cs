namespace Sim800.Simulator.Machine;

/// <summary>Carries out one form of one command.</summary>
internal delegate CommandOutcome CommandHandler(ModemEngine modem, CommandArguments arguments);
