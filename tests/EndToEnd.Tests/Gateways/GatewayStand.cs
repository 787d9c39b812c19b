using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sim800.Simulator;

namespace EndToEnd.Tests.Gateways;

/// <summary>A modem behind a link that outlives it, a broker that restarts with what it had on disk, and the book of what arrived there.</summary>
internal sealed partial class GatewayStand : IAsyncDisposable
{
    private const string Host = "broker.test";
    private const string Topic = "gateway/17";
    private const int Enough = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-gateway-test-");
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Run, long Number), int> _arrived = [];
    private readonly HashSet<(long Run, long Number)> _promised = [];
    private readonly HashSet<string> _answers = [];
    private readonly LoopbackBroker _broker;
    private readonly VirtualModemModel _model;
    private VirtualModem _modem;
    private (Func<bool> Condition, TaskCompletionSource Met) _waiting = (() => false, new TaskCompletionSource());

    internal GatewayStand(VirtualModemModel model)
    {
        _model = model;
        _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Tls = true,
            RequireSni = true,
            ServerNames = [Host],
            UserName = "gateway",
            Password = "correct horse",
            OnPublished = Enter,
        });
        File.WriteAllText(AuthorityFile, _broker.CertificateAuthorityPem);
        _modem = StartModem();
    }

    private string AuthorityFile => Path.Combine(_folder.FullName, "ca.pem");

    private string Device => Path.Combine(_folder.FullName, "modem");

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal ProgramRun StartGateway(params IEnumerable<string> more) => ProgramRun.StartOurs(
        "Gateway",
        [
            $"--Sim800:Device={Device}", $"--Sim800:Host={Host}", "--Sim800:Password=correct horse", $"--Sim800:Tls:CaFile={AuthorityFile}",
            $"--Sim800:Tls:SessionFolder={_folder.FullName}", "--Sim800:Reconnect:FirstDelay=0.05", $"--Gateway:Topic={Topic}",
            $"--Gateway:Folder={_folder.FullName}", "--Gateway:Interval=00:00:00.2", "--Gateway:PrometheusPort=0", .. more,
        ]);

    /// <summary>The modem dies with all that it had, and another comes in its place.</summary>
    internal async Task ReplaceModemAsync()
    {
        await _modem.DisposeAsync();
        _modem = StartModem();
    }

    internal void RestartBroker() => Assert.Equal(1, _broker.RestartFromStore());

    internal void Command(string text) => _broker.Publish($"{Topic}/command/echo", Encoding.UTF8.GetBytes(text), qos: 1);

    /// <summary>The gateway has said that it has taken these readings, so they are to arrive.</summary>
    internal void Promise(ProgramRun gateway)
    {
        lock (_gate)
        {
            _promised.UnionWith(Taken().Matches(gateway.Output).Select(match => (Number(match.Groups["run"]), Number(match.Groups["number"]))));
            Assert.NotEmpty(_promised);
        }
    }

    internal Task MoreReadingsAsync()
    {
        var count = Look(() => _arrived.Count) + Enough;
        return UntilAsync(() => _arrived.Count >= count);
    }

    internal Task PromisedAsync() => UntilAsync(() => _promised.All(_arrived.ContainsKey));

    /// <summary>A command that the end of the gateway interrupts is carried out again, so only that each was is asked.</summary>
    internal Task AnsweredAsync(params string[] answers) => UntilAsync(() => _answers.SetEquals(answers));

    internal void AssertEachReadingOnce()
    {
        var arrived = Look(() => _arrived.ToArray());
        Assert.All(arrived, reading => Assert.True(reading.Value == 1, $"{reading.Key} arrived {reading.Value} times."));
        foreach (var run in arrived.GroupBy(reading => reading.Key.Run))
        {
            Assert.Equal(run.Count() - 1, run.Max(reading => reading.Key.Number)); // from 0, without a gap
        }
    }

    private static long Number(Group digits) => long.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Reading (?<run>\d+)/(?<number>\d+) taken", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Taken();

    private VirtualModem StartModem() => VirtualModem.OnPseudoTerminal(
        TestModem.Of(_model) with { Network = SocketNetwork.FromMap([string.Create(CultureInfo.InvariantCulture, $"{Host}:8883=127.0.0.1:{_broker.Port}")]) },
        Device);

    private void Enter(LoopbackMessage message)
    {
        lock (_gate)
        {
            switch (message.Topic)
            {
                case $"{Topic}/reading":
                    using (var reading = JsonDocument.Parse(message.Payload))
                    {
                        var key = (reading.RootElement.GetProperty("run").GetInt64(), reading.RootElement.GetProperty("number").GetInt64());
                        _arrived[key] = _arrived.GetValueOrDefault(key) + 1;
                    }

                    break;
                case $"{Topic}/answer/echo":
                    _answers.Add(Encoding.UTF8.GetString(message.Payload.Span));
                    break;
                default:
                    break; // the will
            }

            if (_waiting.Condition())
            {
                _waiting.Met.TrySetResult();
            }
        }
    }

    private T Look<T>(Func<T> look)
    {
        lock (_gate)
        {
            return look();
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition())
            {
                return;
            }

            _waiting = (condition, met);
        }

        await met.Task.WaitAsync(ProgramRun.Patience, TestContext.Current.CancellationToken);
    }
}
