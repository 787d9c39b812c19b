using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Ip;

/// <summary>One AT+CIPSEND: prompt, payload, room in the send buffer, confirmation.</summary>
internal sealed class SendExchange(ModemEngine modem, IpLink link)
{
    /// <summary>The longest the modem waits for the peer's acknowledgement (manual 8.2.3).</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(645);

    private Appointment? _deadline;
    private Appointment? _autoSend;
    private bool _isOver;

    internal CommandOutcome Begin(int? length)
    {
        if (!modem.Faults.LosesPrompt() && modem.Gprs.Settings.SendPrompt == 1)
        {
            modem.Reply.Prompt();
        }

        var payload = new PayloadMode(modem, length, Entered, GiveUp);
        if (modem.Gprs.Settings.AutoSend is { } seconds)
        {
            _autoSend = modem.After(TimeSpan.FromSeconds(seconds), payload.Finish);
        }

        modem.Interpreter.Enter(payload);

        return CommandOutcome.Pending;
    }

    private void Entered(byte[] payload)
    {
        _autoSend?.Cancel();
        modem.Interpreter.EnterCommandMode();
        modem.After(modem.Faults.ConfirmationDelay ?? modem.Options.CommandDelay, () => Submit(payload));
    }

    private void GiveUp()
    {
        _autoSend?.Cancel();
        modem.Interpreter.EnterCommandMode();
        modem.After(modem.Options.CommandDelay, () => modem.Interpreter.Complete(CommandOutcome.Ok));
    }

    private void Submit(byte[] payload)
    {
        if (modem.Faults.EndsSend(link))
        {
            return;
        }

        if (!link.IsOpen || payload.Length == 0 || modem.Faults.FailsSend())
        {
            End("SEND FAIL");
        }
        else if (!modem.Ip.Sender.HasRoomFor(link, payload.Length))
        {
            link.OnAcknowledged = () => Submit(payload);
        }
        else if (modem.Gprs.Settings.QuickSend)
        {
            Accept(payload[..modem.Faults.AcceptedOf(payload.Length)]);
        }
        else
        {
            AwaitAcknowledgement(payload);
        }
    }

    private void Accept(byte[] payload)
    {
        link.OnAcknowledged = null;
        modem.Ip.Sender.Send(link, payload);
        modem.Faults.BeforeConfirmation();
        modem.Reply.Information(modem.Faults.Accepted(modem.Gprs.Settings.Multi
            ? Invariant($"DATA ACCEPT:{link.Number},{payload.Length}")
            : Invariant($"DATA ACCEPT:{payload.Length}")));
        modem.Interpreter.Complete(CommandOutcome.Said);
    }

    private void AwaitAcknowledgement(byte[] payload)
    {
        modem.Ip.Sender.Send(link, payload);
        var connection = link.Connection;
        var target = link.Sent;
        _deadline = modem.After(LongestWait, () => TimedOut(connection));
        link.OnAcknowledged = () =>
        {
            if (!link.IsOpen)
            {
                End("SEND FAIL");
            }
            else if (link.Acknowledged >= target)
            {
                End("SEND OK");
            }
        };
    }

    /// <summary>Then the end of the connection is all that is reported.</summary>
    private void TimedOut(long connection)
    {
        _isOver = true;
        link.OnAcknowledged = null;
        modem.Ip.Connector.EndFromOutside(connection, CloseReason.SendTimeout);
        modem.Interpreter.Complete(CommandOutcome.Said);
    }

    private void End(string result)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _deadline?.Cancel();
        link.OnAcknowledged = null;
        if (modem.Gprs.Settings.SendPrompt != 2)
        {
            modem.Gprs.Say(link, result);
        }

        modem.Interpreter.Complete(CommandOutcome.Said);
    }
}
