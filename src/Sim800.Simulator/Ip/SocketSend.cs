using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Ip;

/// <summary>One AT+CIPSEND of the socket service: prompt, payload, OK, and later how many bytes were taken.</summary>
internal sealed class SocketSend(ModemEngine modem, IpLink link)
{
    private const int LinkIsDown = -1;

    private readonly long _connection = link.Connection;
    private Appointment? _deadline;
    private int _requested;

    internal CommandOutcome Begin(int? length)
    {
        if (!modem.Faults.LosesPrompt())
        {
            modem.Reply.Prompt();
            modem.Reply.Raw(modem.Faults.AddsSpaceToPrompt() ? " " : "");
        }

        modem.Interpreter.Enter(new PayloadMode(modem, length, Entered, GiveUp, modem.Sockets.Settings.EchoesPayload));
        return CommandOutcome.Pending;
    }

    private void Entered(byte[] payload)
    {
        modem.Interpreter.EnterCommandMode();
        modem.After(modem.Options.CommandDelay, () => Submit(payload));
    }

    private void GiveUp()
    {
        modem.Interpreter.EnterCommandMode();
        modem.After(modem.Options.CommandDelay, () => modem.Interpreter.Complete(CommandOutcome.Ok));
    }

    private void Submit(byte[] payload)
    {
        if (modem.Faults.EndsSend(link))
        {
            return;
        }

        _requested = payload.Length;
        modem.Reply.Raw(modem.Faults.EchoesPayload() ? payload : []);
        modem.Interpreter.Complete(CommandOutcome.Ok);
        if (modem.Faults.ConfirmationDelay is { } delay)
        {
            modem.After(delay, () => Take(payload));
        }
        else
        {
            Take(payload);
        }
    }

    private void Take(byte[] payload)
    {
        if (!link.IsOpen || link.Connection != _connection || modem.Faults.FailsSend())
        {
            Confirm(LinkIsDown);
        }
        else if (modem.Faults.ConfirmsNothing())
        {
            Confirm(0);
        }
        else if (!modem.Ip.Sender.HasRoomFor(link, payload.Length))
        {
            Await(() => Take(payload));
        }
        else
        {
            Send(payload[..modem.Faults.AcceptedOf(payload.Length)]);
        }
    }

    private void Send(byte[] taken)
    {
        modem.Ip.Sender.Send(link, taken);
        if (SocketSettings.SendMode.Of(modem) == 0)
        {
            Confirm(taken.Length);
            return;
        }

        var target = link.Sent;
        Await(() =>
        {
            if (!link.IsOpen)
            {
                Confirm(LinkIsDown);
            }
            else if (link.Acknowledged >= target)
            {
                Confirm(taken.Length);
            }
        });
    }

    private void Await(Action acknowledged)
    {
        link.OnAcknowledged = acknowledged;
        _deadline ??= modem.After(modem.Sockets.Settings.SendTimeout, TimedOut);
    }

    private void TimedOut()
    {
        Confirm(LinkIsDown);
        modem.Ip.Connector.EndFromOutside(_connection, CloseReason.SendTimeout);
    }

    private void Confirm(int taken)
    {
        _deadline?.Cancel();
        if (link.Connection == _connection)
        {
            link.OnAcknowledged = null;
        }

        modem.Faults.BeforeConfirmation();
        modem.Reply.Unsolicited(Invariant($"+CIPSEND: {link.Number},{_requested},{taken}"));
    }
}
