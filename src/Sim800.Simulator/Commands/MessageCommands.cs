using System.Text;
using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Short messages in text and PDU mode (27.005): sent, written, read, listed, deleted.</summary>
internal static class MessageCommands
{
    private const int LongestTpdu = 164;

    /// <summary>What AT+CMGDA deletes; in PDU mode their numbers, from 1 on.</summary>
    private static readonly string[] Groups = ["DEL READ", "DEL UNREAD", "DEL SENT", "DEL UNSENT", "DEL INBOX", "DEL ALL"];

    internal static readonly CommandRow[] Rows =
    [
        new("+CMGS") { Set = Send, NeedsSim = true },
        new("+CMGW") { Execute = Write, Set = Write, NeedsSim = true },
        new("+CMSS") { Set = SendStored, NeedsSim = true },
        new("+CMGR") { Set = Read, NeedsSim = true },
        new("+CMGL")
        {
            Execute = List,
            Set = List,
            Test = Say(modem => IsText(modem) ? "+CMGL: (\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")" : "+CMGL: (0-4)"),
            NeedsSim = true,
        },
        new("+CMGD") { Set = Delete, Test = Say(Places), NeedsSim = true },
        new("+CMGDA")
        {
            Set = DeleteAll,
            Test = Say(modem => IsText(modem) ? "+CMGDA: (" + string.Join(',', Groups.Select(name => $"\"{name}\"")) + ")" : "+CMGDA: (1-6)"),
            NeedsSim = true,
        },
    ];

    private static bool IsText(ModemEngine modem) => modem.Profile.MessageFormat == 1;

    private static CommandOutcome Send(ModemEngine modem, CommandArguments arguments)
    {
        var length = 0;
        if (IsText(modem) ? arguments[0].Length == 0 : !arguments.TryInteger(0, 1, LongestTpdu, out length))
        {
            return CommandOutcome.Cms(CmsError.NotAllowed);
        }

        var number = CharacterSet.Number(modem.Profile.CharacterSet, arguments[0]);
        return Enter(modem, typed =>
        {
            if (length > 0)
            {
                Submit(modem, "+CMGS", SubmitPdu.Parse(typed, length));
            }
            else if (TryReadText(modem, typed, out var text))
            {
                modem.Messages.Send("+CMGS", number, text, (modem.Profile.MessageParameters.First & 0x20) != 0);
            }
            else
            {
                CompleteSoon(modem, CommandOutcome.Cms(CmsError.InvalidTextParameter));
            }
        });
    }

    private static void Submit(ModemEngine modem, string command, Tpdu? tpdu)
    {
        if (tpdu is null)
        {
            CompleteSoon(modem, CommandOutcome.Cms(CmsError.InvalidPduParameter));
            return;
        }

        modem.Messages.Send(command, tpdu.Address, tpdu.Text ?? Encoding.Latin1.GetString(tpdu.Data), tpdu.WantsReport);
    }

    /// <summary>Prompt, input, Ctrl-Z; ESC gives up with an OK.</summary>
    private static CommandOutcome Enter(ModemEngine modem, Action<string> entered)
    {
        modem.Reply.Prompt();
        modem.Interpreter.Enter(new PayloadMode(
            modem,
            null,
            typed =>
            {
                modem.Interpreter.EnterCommandMode();
                entered(Encoding.Latin1.GetString(typed));
            },
            () =>
            {
                modem.Interpreter.EnterCommandMode();
                CompleteSoon(modem, CommandOutcome.Ok);
            }));
        return CommandOutcome.Pending;
    }

    /// <summary>A message is kept in &lt;mem2&gt;, unsent unless the host says otherwise.</summary>
    private static CommandOutcome Write(ModemEngine modem, CommandArguments arguments)
    {
        if (!IsText(modem))
        {
            return arguments.TryInteger(0, 1, LongestTpdu, out var length) && arguments.TryInteger(1, 0, 3, (int)MessageStatus.Unsent, out var number)
                ? Enter(modem, typed => Keep(modem, Tpdu.Parse(typed) is { } tpdu && tpdu.Octets.Length == length ? tpdu : null, CmsError.InvalidPduParameter, (MessageStatus)number))
                : CommandOutcome.Cms(CmsError.NotAllowed);
        }

        var status = arguments.Has(2) ? StoredMessage.StatusNamed(arguments[2]) : MessageStatus.Unsent;
        if (status is not { } wanted)
        {
            return CommandOutcome.Cms(CmsError.NotAllowed);
        }

        var receiver = CharacterSet.Number(modem.Profile.CharacterSet, arguments[0]);
        return Enter(modem, typed => Keep(
            modem,
            TryReadText(modem, typed, out var text) ? SubmitPdu.Of(receiver, text, modem.Profile.MessageParameters) : null,
            CmsError.InvalidTextParameter,
            wanted));
    }

    private static void Keep(ModemEngine modem, Tpdu? tpdu, int errorWhenMissing, MessageStatus status)
    {
        var memories = modem.Messages.Memories;
        if (tpdu is null)
        {
            CompleteSoon(modem, CommandOutcome.Cms(errorWhenMissing));
        }
        else if (memories.Add(memories.Writing, tpdu, status) is { } stored)
        {
            modem.After(modem.Options.CommandDelay, () =>
            {
                modem.Reply.Information(Invariant($"+CMGW: {memories.IndexOf(memories.Writing, stored)}"));
                modem.Interpreter.Complete(CommandOutcome.Ok);
            });
        }
        else
        {
            CompleteSoon(modem, CommandOutcome.Cms(CmsError.MemoryFull));
        }
    }

    private static CommandOutcome SendStored(ModemEngine modem, CommandArguments arguments)
    {
        var memories = modem.Messages.Memories;
        if (!arguments.TryInteger(0, 1, 255, out var index) || memories.Find(memories.Writing, index) is not { Tpdu.Kind: Tpdu.Submit } stored)
        {
            return CommandOutcome.Cms(CmsError.InvalidIndex);
        }

        var receiver = arguments.Has(1) ? CharacterSet.Number(modem.Profile.CharacterSet, arguments[1]) : stored.Tpdu.Address;
        if (receiver.Length == 0)
        {
            return CommandOutcome.Cms(CmsError.InvalidTextParameter);
        }

        stored.Status = MessageStatus.Sent;
        modem.Messages.Send("+CMSS", receiver, stored.Tpdu.Text ?? Encoding.Latin1.GetString(stored.Tpdu.Data), stored.Tpdu.WantsReport);
        return CommandOutcome.Pending;
    }

    private static bool TryReadText(ModemEngine modem, string typed, out string text) =>
        CharacterSet.TryRead(modem.Profile.CharacterSet, (modem.Profile.MessageParameters.Coding & 0x0C) == 0x08, typed, out text);

    private static void CompleteSoon(ModemEngine modem, CommandOutcome outcome) =>
        modem.After(modem.Options.CommandDelay, () => modem.Interpreter.Complete(outcome));

    /// <summary>An empty place is answered by the OK alone.</summary>
    private static CommandOutcome Read(ModemEngine modem, CommandArguments arguments)
    {
        var memories = modem.Messages.Memories;
        if (!arguments.TryInteger(0, 1, memories.CapacityOf(memories.Reading), out var index) || !arguments.TryInteger(1, 0, 1, 0, out var keepsStatus))
        {
            return CommandOutcome.Cms(CmsError.InvalidIndex);
        }

        if (memories.Find(memories.Reading, index) is { } message)
        {
            modem.Reply.Information(modem.Messages.Show(message));
            MarkRead(message, keepsStatus == 1);
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome List(ModemEngine modem, CommandArguments arguments)
    {
        if (!TryReadStatus(modem, arguments, out var wanted) || !arguments.TryInteger(1, 0, 1, 0, out var keepsStatus))
        {
            return CommandOutcome.Cms(CmsError.NotAllowed);
        }

        var memories = modem.Messages.Memories;
        var listed = memories.AllIn(memories.Reading).Where(entry => wanted is null || entry.Message.Status == wanted).ToArray();
        if (listed.Length > 0)
        {
            modem.Reply.Information(listed.Select(entry => modem.Messages.ShowListed(entry.Index, entry.Message)));
        }

        foreach (var (_, message) in listed)
        {
            MarkRead(message, keepsStatus == 1);
        }

        return CommandOutcome.Ok;
    }

    /// <summary>A status in words in text mode and in numbers in PDU mode; <c>null</c> is all.</summary>
    private static bool TryReadStatus(ModemEngine modem, CommandArguments arguments, out MessageStatus? status)
    {
        status = MessageStatus.Unread;
        if (!arguments.Has(0))
        {
            return true;
        }

        if (!IsText(modem))
        {
            var isNumber = arguments.TryInteger(0, 0, 4, out var number);
            status = number == 4 ? null : (MessageStatus)number;
            return isNumber;
        }

        status = arguments[0] is "ALL" ? null : StoredMessage.StatusNamed(arguments[0]);
        return status is not null || arguments[0] is "ALL";
    }

    private static void MarkRead(StoredMessage message, bool keepsStatus) =>
        message.Status = message.Status is MessageStatus.Unread && !keepsStatus ? MessageStatus.Read : message.Status;

    private static string Places(ModemEngine modem)
    {
        var memories = modem.Messages.Memories;
        return $"+CMGD: ({string.Join(',', memories.AllIn(memories.Reading).Select(entry => entry.Index))}),(0-4)";
    }

    /// <summary>With a flag the index does not count.</summary>
    private static CommandOutcome Delete(ModemEngine modem, CommandArguments arguments)
    {
        var memories = modem.Messages.Memories;
        if (!arguments.TryInteger(0, 0, 255, out var index) || !arguments.TryInteger(1, 0, 4, 0, out var flag))
        {
            return CommandOutcome.Error;
        }

        if (flag == 0 && (index < 1 || index > memories.CapacityOf(memories.Reading)))
        {
            return CommandOutcome.Cms(CmsError.InvalidIndex);
        }

        Remove(modem, flag switch
        {
            0 => message => message == memories.Find(memories.Reading, index),
            1 => message => message.Status is MessageStatus.Read,
            2 => message => message.Status is MessageStatus.Read or MessageStatus.Sent,
            3 => message => message.Status is not MessageStatus.Unread,
            _ => static _ => true,
        });
        return CommandOutcome.Ok;
    }

    private static CommandOutcome DeleteAll(ModemEngine modem, CommandArguments arguments)
    {
        var group = IsText(modem) ? Array.IndexOf(Groups, arguments[0]) + 1 : arguments.TryInteger(0, 1, Groups.Length, out var number) ? number : 0;
        if (group == 0)
        {
            return CommandOutcome.Error;
        }

        Remove(modem, group switch
        {
            1 => static message => message.Status is MessageStatus.Read,
            2 => static message => message.Status is MessageStatus.Unread,
            3 => static message => message.Status is MessageStatus.Sent,
            4 => static message => message.Status is MessageStatus.Unsent,
            5 => static message => message.IsReceived,
            _ => static _ => true,
        });
        return CommandOutcome.Ok;
    }

    private static void Remove(ModemEngine modem, Func<StoredMessage, bool> which)
    {
        var memories = modem.Messages.Memories;
        foreach (var message in memories.AllIn(memories.Reading).Select(entry => entry.Message).Where(which).ToArray())
        {
            message.Memory.Remove(message);
        }
    }
}
