using System.IO.Pipelines;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;
using TestKit;

namespace Sim800.Modem.Tests;

/// <summary>A command in flight, a link number and the recovery policy: every state and every event in each; docs/states.md has the tables.</summary>
public sealed class StatesTests
{
    private static readonly AtTables Tables = new Sim800Dialect().Tables;
    private static readonly AtTables LteTables = new SimcomLteDialect(SimcomLteTraits.A76xx).Tables;

    [Fact]
    public void The_page_has_every_state_of_a_command_with_information_text() => StatesPage.Has(
        "A command with information text", Map(StandardCommands.TeCharacterSet, Tables, "+CSCS: \"GSM\"").Table());

    [Fact]
    public void The_page_has_every_state_of_a_command_that_may_be_interrupted() => StatesPage.Has(
        "A command that may be interrupted", Map(Sim800Commands.Send(0), Tables, "DATA ACCEPT:0,5", "0, SEND FAIL", "0, CLOSED", "+PDP: DEACT", "RDY").Table());

    [Fact]
    public void The_page_has_every_state_of_a_command_whose_answer_has_two_parts() => StatesPage.Has(
        "A command whose answer has two parts", Map(SimcomLteCommands.OpenService, LteTables, "+NETOPEN: 0", "+NETOPEN: 1").Table());

    [Fact]
    public void The_page_has_every_state_of_a_link_number()
    {
        UrcKind[] lines =
        [
            UrcKind.Started, UrcKind.PdpDeactivated, UrcKind.DataPending, UrcKind.Connected, UrcKind.ConnectFailed, UrcKind.HostUnknown, UrcKind.AlreadyConnected, UrcKind.Closed,
            UrcKind.CloseOk, UrcKind.SendFailed, UrcKind.DataAccepted,
        ];
        var kinds = lines.Select(kind => (Name: kind.ToString(), Apply: (Func<Slot, string?>)(slot => slot.Hear(kind))));
        StatesPage.Has("A link number", new StateMap<Slot>(
            () => new Slot(),
            [
                ("*take*", slot => slot.Take()), ("*abandon*", slot => slot.Abandon()), ("*orphan*", slot => slot.Orphan()), ("*free*", slot => slot.Free()),
                ("*all shut*", slot => slot.Shut()), ("*context lost*", slot => slot.Fail(TcpLinkReason.ContextDeactivated)), ("*line lost*", slot => slot.Fail(TcpLinkReason.LineClosed)), .. kinds,
            ],
            slot => slot.State).Table());
    }

    /// <summary>The rungs in their order, a pause before each attempt and none beyond the longest, and an end where one is declared.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_every_state_of_the_policy_every_failure_has_a_pause_a_rung_or_an_end(bool hasPower)
    {
        var options = new ModemRecoveryOptions
        {
            FirstDelay = TimeSpan.FromSeconds(1),
            LongestDelay = TimeSpan.FromSeconds(4),
            LongestPersistentDelay = TimeSpan.FromSeconds(8),
            AttemptsPerRung = 1,
            Repetitions = 2,
            PersistentFailures = 3,
            Jitter = 0,
        };
        var most = hasPower ? ModemRecoveryRung.PowerCycle : ModemRecoveryRung.Restart;
        var decisions = new HashSet<ModemRecoveryRung>();
        string? Fail(ModemRecoveryPolicy policy, ModemRecoveryFailure failure)
        {
            var decision = policy.OnFailure(failure, chance: 0.5);
            Assert.InRange(decision.Pause, TimeSpan.FromMilliseconds(1), policy.LongestPause);
            Assert.InRange(decision.Rung, ModemRecoveryRung.Reopen, most);
            Assert.Equal(failure.Nature == ModemFailureNature.Final || (decision.Nature == ModemFailureNature.NeedsMending && policy.Unmended >= 3), decision.GivesUp);
            Assert.NotEmpty(decision.Describe(DateTimeOffset.UnixEpoch));
            decisions.Add(decision.Rung);
            return $"{decision.Nature} {decision.Pause} {decision.Rung} {decision.GivesUp}";
        }

        var natures = Enum.GetValues<ModemFailureNature>().SelectMany(nature => new[] { Sim800Stage.Line, Sim800Stage.Gprs, Sim800Stage.Mqtt }.Select(layer =>
            (Name: $"{nature} {layer}", Apply: (Func<ModemRecoveryPolicy, string?>)(policy => Fail(policy, new ModemRecoveryFailure(layer, nature))))));
        var map = new StateMap<ModemRecoveryPolicy>(
            () => new ModemRecoveryPolicy(options, hasPower),
            [
                .. natures, ("success", policy => { policy.OnSuccess(); return "done"; }),
                ("no outcome", policy => Fail(policy, new ModemRecoveryFailure(Sim800Stage.Tcp, ModemFailureNature.Passing) { HadNoOutcome = true })),
                ("received", policy => Fail(policy, new ModemRecoveryFailure(Sim800Stage.Mqtt, ModemFailureNature.Passing) { HasReceived = true })),
                ("lasted", policy => Fail(policy, new ModemRecoveryFailure(Sim800Stage.Tcp, ModemFailureNature.Passing) { Lasted = TimeSpan.FromHours(1) })),
            ],
            policy => $"{Math.Min(policy.Failures, 3)} failures, {Math.Min(policy.Repetitions, 5)} alike, {Math.Min(policy.Unmended, 3)} to be mended",
            most: 3000,
            ahead: 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{map.Count} states");
        Assert.Equal(Enum.GetValues<ModemRecoveryRung>().Where(rung => rung <= most), decisions.Order());
    }

    private static StateMap<Command> Map(AtCommand command, AtTables tables, params string[] lines) => new(
        () => new Command(command),
        [.. new[] { command.Text, "OK", "ERROR", "+CME ERROR: 3", "RING", "what?", "SHUT OK" }.Concat(lines).Select(line => (Name: $"`{line}`", Apply: (Func<Command, string?>)(state => state.Hear(tables, line))))],
        state => state.State);

    /// <summary>A command in flight.</summary>
    private sealed class Command
    {
        private readonly AtTransaction _transaction = new();
        private string? _answered;

        internal Command(AtCommand command) => _transaction.Begin(command, argument: -1);

        internal string State => _answered
            ?? (_transaction.IsInSecondPart ? "second part awaited" : _transaction.IsInFirstPart ? "first part awaited" : _transaction.WasConfirmed ? "confirmed without text" : "awaited")
            + (_transaction.Information is null ? "" : ", with text");

        internal string? Hear(AtTables tables, string line)
        {
            if (_answered is not null)
            {
                return null;
            }

            var octets = Encoding.Latin1.GetBytes(line);
            var verdict = _transaction.Offer(octets, tables.Find(octets).Read(octets).Kind);
            if (verdict is AtVerdict.Final or AtVerdict.Interrupted)
            {
                _answered = _transaction.Response.FinalResult.IsSuccess ? "**succeeded**" : "**failed**";
            }

            return verdict switch
            {
                AtVerdict.NotMine => "is unsolicited",
                AtVerdict.Echo => "is the echo",
                AtVerdict.Information => "belongs to the answer",
                AtVerdict.Final => "ends it",
                _ => "ends it, and is unsolicited too",
            };
        }
    }

    /// <summary>A link number, and a driver that keeps to what a driver does.</summary>
    private sealed class Slot
    {
        private readonly LinkSlot _slot = new(0);
        private bool _isAwaited;

        internal string State => _slot.IsFree ? "free" : _slot.IsOrphaned ? "orphaned" : _slot.Connection is not null ? "open" + (_isAwaited ? ", not yet told" : "") : !_isAwaited ? "abandoned" : _slot.Outcome.IsCompleted ? "failed" : "connecting";

        internal string? Take()
        {
            if (_isAwaited)
            {
                return null;
            }

            _isAwaited = _slot.TryTake(_ => new Link());
            return _isAwaited ? "is given" : "is refused";
        }

        internal string? Abandon()
        {
            if (!_isAwaited)
            {
                return null;
            }

            _isAwaited = false;
            return _slot.Abandon() is null ? "may still come" : "has come after all";
        }

        internal string? Orphan()
        {
            if (_slot.Connection is null || _isAwaited)
            {
                return null;
            }

            _slot.Orphan();
            return "has to be closed";
        }

        internal string? Free()
        {
            if (_isAwaited ? !_slot.Outcome.IsCompleted : _slot.Connection is null)
            {
                return null;
            }

            _isAwaited = false;
            _slot.Free();
            return "is closed";
        }

        internal string? Shut()
        {
            _slot.OnShut();
            return "noted";
        }

        internal string? Fail(TcpLinkReason reason) => Told(() => _slot.OnFailed(new TcpLinkException(reason)));

        internal string? Hear(UrcKind kind) => Told(() => _slot.OnUrc(new Urc(kind, 0, null)));

        private string Told(Action act)
        {
            var wasTold = !_isAwaited || _slot.Outcome.IsCompleted;
            act();
            if (wasTold || !_slot.Outcome.IsCompleted)
            {
                return "noted";
            }

            _isAwaited = _slot.Connection is null; // a failed attempt is still to be freed or abandoned
            return "tells the outcome";
        }

        private sealed class Link() : TcpLink((4096, 2048), (4096, 2048))
        {
            private readonly Pipe _pipe = new();

            internal override long SentBytes => 0;

            internal override long ReceivedBytes => 0;

            internal override IReceivedBytes Received => new ReadWindow(_pipe.Writer, size: 1460);

            internal override ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

            internal override ValueTask CloseAsync() => ValueTask.CompletedTask;

            internal override void OnUrc(in Urc urc)
            {
                // what a link makes of its lines is its own affair
            }

            protected override void OnEnded()
            {
                // the same
            }
        }
    }
}
