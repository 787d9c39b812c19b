using Sim800.Simulator.Calls;
using Sim800.Simulator.Faults;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Line;
using Sim800.Simulator.Messages;
using Sim800.Simulator.Models;
using Sim800.Simulator.Network;
using Sim800.Simulator.Radio;

namespace Sim800.Simulator.Machine;

/// <summary>
/// The whole modem as a pure machine: time and bytes in, bytes and network actions out. No task, no clock, no lock, no
/// logger. A shell tells it the time with <see cref="AdvanceTo"/> before anything else it tells it.
/// </summary>
internal sealed class ModemEngine
{
    private readonly Agenda _agenda = new();
    private long _boot;

    internal ModemEngine(VirtualModemOptions options, DateTimeOffset startedAt)
    {
        Options = options;
        StartedAt = startedAt;
        Random = new Random(options.Seed);
        Model = ModemModel.Of(options.Model);
        Saved = Model.Factory with { Rate = options.AutoBaud ? 0 : options.BaudRate };
        Profile = Saved with { };
        Rate = new UartRate(Profile.Rate, options.BaudRate);
        Serial = new SerialPort(this, _agenda);
        Reply = new ResultWriter(Serial, () => Profile, Model.Prompt);
        Path = new PathModel(options, Random);
        Faults = new FaultInjector(this);
        Interpreter = new CommandInterpreter(this);
        Ip = Model.CreateStack(this);
        Transparent = new TransparentSession(this);
        Sim = new SimCard(this);
        Radio = new RadioInterface(this);
        Clock = new ModemClock(this);
        Bearer = new Bearer(this);
        Messages = new MessageStore(this);
        Ussd = new Ussd(this);
        Calls = new CallControl(this);
        Phonebook = new Phonebook(this);
        Power = new PowerControl(this);
        Power.Begin();
    }

    internal VirtualModemOptions Options { get; }

    internal ModemModel Model { get; }

    /// <summary>What AT+CGMM answers.</summary>
    internal string Name => Options.ModelName ?? Model.Name;

    /// <summary>What AT+CGMR answers.</summary>
    internal string Firmware => Options.Firmware ?? Model.Firmware;

    /// <summary>The wall clock at the machine's time zero, in UTC.</summary>
    internal DateTimeOffset StartedAt { get; }

    internal Random Random { get; }

    /// <summary>The settings in force; <see cref="Saved"/> are those AT&amp;W has kept.</summary>
    internal Profile Profile { get; set; }

    /// <inheritdoc cref="Profile"/>
    internal Profile Saved { get; set; }

    internal UartRate Rate { get; }

    internal SerialPort Serial { get; }

    internal UartTransmitter Line => Serial.Transmitter;

    internal ResultWriter Reply { get; }

    internal PathModel Path { get; }

    internal FaultInjector Faults { get; }

    internal CommandInterpreter Interpreter { get; }

    internal IpStack Ip { get; }

    /// <summary>The stack of the SIM800's commands, which stand in no other model's table.</summary>
    internal GprsStack Gprs => (GprsStack)Ip;

    /// <summary>The stack of AT+NETOPEN, whose commands stand in no other model's table.</summary>
    internal SocketService Sockets => (SocketService)Ip;

    internal TransparentSession Transparent { get; }

    internal SimCard Sim { get; }

    internal RadioInterface Radio { get; }

    internal PowerControl Power { get; }

    internal ModemClock Clock { get; }

    internal Bearer Bearer { get; }

    internal MessageStore Messages { get; }

    internal Ussd Ussd { get; }

    internal CallControl Calls { get; }

    internal Phonebook Phonebook { get; }

    /// <summary>Settings of a <see cref="NumberSetting"/> that a restart forgets, by command.</summary>
    internal Dictionary<string, int> UnsavedNumbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Settings of a <see cref="NumberSetting"/> that are kept at once, by command.</summary>
    internal Dictionary<string, int> KeptNumbers { get; } = new(StringComparer.Ordinal);

    internal Tally Counters { get; } = new();

    /// <summary>The host has a serial device; <c>false</c> while it is unplugged.</summary>
    internal bool IsPlugged { get; set; } = true;

    /// <summary>What the shell has to do in the network.</summary>
    internal Queue<NetworkAction> Actions { get; } = new();

    /// <summary>Called with each command line, without its <c>AT</c>.</summary>
    internal Action<string>? CommandSeen { get; set; }

    internal TimeSpan Now => _agenda.Now;

    /// <summary>When <see cref="AdvanceTo"/> is next needed.</summary>
    internal TimeSpan? NextDue => _agenda.Next;

    internal void AdvanceTo(TimeSpan now) => _agenda.AdvanceTo(now);

    /// <summary>Plans something that a reboot forgets.</summary>
    internal Appointment After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <inheritdoc cref="After"/>
    internal Appointment At(TimeSpan due, Action action)
    {
        var boot = _boot;
        return _agenda.At(due, () =>
        {
            if (boot == _boot)
            {
                action();
            }
        });
    }

    /// <summary>Plans something that happens to the modem from outside, reboot or not.</summary>
    internal Appointment FromOutside(TimeSpan due, Action action) => _agenda.At(due, action);

    /// <summary>Everything volatile is gone and everything planned is forgotten.</summary>
    internal void Forget()
    {
        _boot++;
        Serial.IsMute = false;
        Interpreter.Reset();
        Ip.Reset();
        Transparent.Reset();
        Radio.Reset();
        Bearer.Reset();
        Messages.Reset();
        Ussd.Reset();
        Calls.Reset();
        Phonebook.Reset();
        UnsavedNumbers.Clear();
        Profile = Saved with { };
        Rate.Modem = Profile.Rate;
    }

    /// <summary>How long a command line is thought about; never so short that the LF behind its CR is still on the wire.</summary>
    internal TimeSpan CommandDelay => Max(Faults.CommandDelay() ?? Options.CommandDelay, Rate.TimeFor(2));

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>A message goes by the circuit-switched network, if the network has them go there.</summary>
    internal void MessageByCircuits()
    {
        if (Faults.FallsBackForMessages)
        {
            Ip.Suffer(Model.ByMessages);
        }
    }

    /// <inheritdoc cref="MessageByCircuits"/>
    internal void CallByCircuits()
    {
        if (Faults.FallsBackForMessages)
        {
            Ip.Suffer(Model.ByCalls);
        }
    }

    /// <summary>A command line has had its final result.</summary>
    internal void AfterLine()
    {
        Ip.Receiver.Push();
        Serial.Resume();
    }
}
