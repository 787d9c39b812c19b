using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>The bearer of the application commands (AT+SAPBR): NTP and location need it, plain TCP does not.</summary>
internal sealed class Bearer(ModemEngine modem)
{
    internal const int Connecting = 0;
    internal const int Connected = 1;
    internal const int Closed = 3;

    internal int Status { get; private set; } = Closed;

    internal Dictionary<string, string> Parameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal string Address => Status == Connected ? "10.89.193.1" : "0.0.0.0";

    internal CommandOutcome Open()
    {
        if (Status != Closed)
        {
            return CommandOutcome.NotAllowed;
        }

        Status = Connecting;
        modem.After(modem.Options.PdpActivationTime ?? modem.Options.RoundTripTime, () =>
        {
            var accepted = modem.Radio.Attach() == CommandOutcome.Ok && modem.Radio.AcceptsAccessPoint(Parameters.GetValueOrDefault("APN", "CMNET"));
            Status = accepted ? Connected : Closed;
            modem.Interpreter.Complete(accepted ? CommandOutcome.Ok : CommandOutcome.NotAllowed);
        });
        return CommandOutcome.Pending;
    }

    internal CommandOutcome Close()
    {
        if (Status != Connected)
        {
            return CommandOutcome.NotAllowed;
        }

        Status = Closed;
        return CommandOutcome.Ok;
    }

    internal void Deactivate()
    {
        if (Status != Closed)
        {
            Status = Closed;
            modem.Reply.Unsolicited("+SAPBR 1: DEACT");
        }
    }

    internal void Reset()
    {
        Status = Closed;
        Parameters.Clear();
    }
}
