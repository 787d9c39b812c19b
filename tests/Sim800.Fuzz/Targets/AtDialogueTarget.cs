using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Tests.At;
using TestKit;

namespace Sim800.Fuzz;

/// <summary>
/// The AT engine of either family in a dialogue: commands, what a modem says to them and between them, and the giving up. Whatever has come,
/// after that the next command is answered.
/// </summary>
internal sealed class AtDialogueTarget : FuzzTarget
{
    /// <summary>In an input: the next octet is the number of a command.</summary>
    private const byte Command = 0xFE;

    private const string Pin = "7391";

    private const byte GiveUp = 0xFD;
    private const byte Look = 0xFC;

    private static readonly AtTables[] Tables = [new Sim800Dialect().Tables, new SimcomLteDialect(SimcomLteTraits.A76xx).Tables];

    private static readonly (AtCommand Command, int Argument, string Payload)[] Commands =
    [
        (StandardCommands.RegistrationQuery, -1, ""), (StandardCommands.Model, -1, ""), (StandardCommands.Clock, -1, ""), (StandardCommands.Operators, -1, ""),
        (StandardCommands.SmsList, -1, ""), (StandardCommands.ErrorFormat, -1, ""), (StandardCommands.EnterPin(Pin), -1, ""), (StandardCommands.Ussd("*100#"), -1, ""),
        (Sim800Commands.Shut, -1, ""), (Sim800Commands.BringUpContext, -1, ""), (Sim800Commands.LocalAddress, -1, ""), (Sim800Commands.Status, -1, ""),
        (Sim800Commands.Send(0), 5, "hello"), (Sim800Commands.Send(5), 1, "\r"), (Sim800Commands.Receive(0), -1, ""), (Sim800Commands.Connect(0, "h", 1), -1, ""),
        (Sim800Commands.ConnectTransparently("h", 1), -1, ""), (Sim800Commands.Close(0), -1, ""), (Sim800Commands.Acknowledged(0), -1, ""), (Sim800Commands.LocateByCell, -1, ""),
        (SimcomLteCommands.OpenService, -1, ""), (SimcomLteCommands.Connect(1, "h", 1), -1, ""), (SimcomLteCommands.Send(1), 5, "hello"), (SimcomLteCommands.Receive(1), -1, ""),
        (SimcomLteCommands.Close(1), -1, ""), (SimcomLteCommands.CloseService, -1, ""), (SimcomLteCommands.LinkStates, -1, ""), (SimcomLteCommands.Ntp, -1, ""),
    ];

    private static readonly string[] Said =
    [
        "\r\nOK\r\n", "\r\nERROR\r\n", "\r\n+CME ERROR: 3\r\n", "\r\n+CMS ERROR: 500\r\n", "\r\n> ", "> ", "\r\n+CREG: 0,5\r\n", "\r\n+CREG: 1,\"1A2B\",\"00C3\"\r\n", "\r\nSHUT OK\r\n",
        "\r\nDATA ACCEPT:0,5\r\n", "\r\nSEND OK\r\n", "\r\n10.0.0.1\r\n", "\r\n+CIPRXGET: 2,0,9,1\r\n123456789", "\r\n+CIPRXGET: 1,3\r\n", "\r\n+RECEIVE,0,6:\r\nOK\r\n> ", "\r\n0, CLOSED\r\n",
        "\r\n0, CONNECT OK\r\n", "\r\nCONNECT\r\n", "\r\n5, CONNECT FAIL\r\n", "\r\n*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0\r\n", "\r\n+CMTI: \"SM\",3\r\n", "\r\n+CMT: \"\",23\r\n0791OK\r\n",
        "\r\n+CUSD: 0,\"your\r\nbalance\",15\r\n", "\r\n+CUSD: 0,\"", "\"\r\n", "\r\nRING\r\n", "\r\nRDY\r\n", "\r\nNORMAL POWER DOWN\r\n", "\r\nUNDER-VOLTAGE WARNNING", "\e[2J\r\n", "\r\n+PDP: DEACT\r\n", "\r\n+NETOPEN: 0\r\n",
        "\r\n+CIPOPEN: 1,0\r\n", "\r\n+CIPSEND: 1,5,5\r\n", "\r\n+IPCLOSE: 1,1\r\n", "\r\n+CIPCLOSE: 1,0\r\n", "\r\nSTATE: IP INITIAL\r\n", "\r\n+CCLK: \"20/12/09,15:57:04+12\"\r\n",
        "AT+CREG?\r\r\n", "AT+CPIN=\"\"\r", "\r\n+CIPRXGET: 2,99999999999,-1,x\r\n", "\r\n+RECEIVE,0,1400:\r\n", "\0", "\r\n", "+CMTE: 1\r\n",
    ];

    internal override string Name => "at-dialogue";

    internal override int Inputs => 20_000;

    internal override long BytesPerByte => 1024;

    internal override IReadOnlyList<string> Words { get; } = [.. Said, .. Enumerable.Range(0, Commands.Length).Select(number => $"{(char)Command}{(char)number}"), $"{(char)GiveUp}", $"{(char)Look}"];

    internal override IReadOnlyList<string> Secrets { get; } = [Pin];

    internal override bool IsTyped(Exception exception) => false;

    internal override byte[] Generate(Dice dice)
    {
        var text = new List<byte> { dice.Octet() };
        for (var steps = dice.Small(1, 24); steps > 0; steps--)
        {
            switch (dice.Below(8))
            {
                case 0 or 1:
                    text.AddRange([Command, (byte)dice.Below(Commands.Length)]);
                    break;
                case 2 when dice.OneIn(2):
                    text.Add(dice.OneIn(2) ? GiveUp : Look);
                    break;
                default:
                    text.AddRange(Text(dice.Of(Said)));
                    break;
            }
        }

        return [.. text];
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var dice = new Dice((ulong)input.Length);
        var log = new LogLines();
        var listener = new Listener(Tables[input.Length > 0 ? input[0] % Tables.Length : 0], log);
        var isIdle = true;
        for (var at = 1; at < input.Length;)
        {
            switch (input[at])
            {
                case Command when at + 1 < input.Length:
                    Stop(listener, isIdle);
                    var (command, argument, payload) = Commands[input[at + 1] % Commands.Length];
                    listener.Begin(command, argument, payload);
                    if (command.IsSecret)
                    {
                        // The echo, behind the beginning of another line, with bytes lost between them.
                        listener.Feed(dice.Of(Said).TrimEnd() + $"{command.Text}\r"[dice.Below(command.Text.Length)..]);
                    }

                    isIdle = false;
                    at += 2;
                    break;
                case GiveUp:
                    Stop(listener, isIdle);
                    isIdle = true;
                    at++;
                    break;
                case Look:
                    listener.Clock.Advance(TimeSpan.FromSeconds(2));
                    listener.Look();
                    at++;
                    break;
                default:
                    var end = input.AsSpan(at + 1).IndexOfAny(Command, GiveUp, Look) is >= 0 and var next ? at + 1 + next : input.Length;
                    listener.Feed(input[at..end], dice.Pieces(end - at));
                    at = end;
                    break;
            }
        }

        TextRules.Check(log.All, Secrets);
        Stop(listener, isIdle);
        listener.Begin(StandardCommands.RegistrationQuery);
        listener.Feed("\r\n+CREG: 0,1\r\n\r\nOK\r\n");
        return listener.Answer == "OK [+CREG: 0,1]" ? default : throw new BrokenPropertyException($"The next command is answered with {listener.Answer ?? "nothing"}.");
    }

    private static void Stop(Listener listener, bool isIdle)
    {
        _ = isIdle ? null : listener.Answer;
        listener.GiveUp();
    }
}
