using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

/// <summary>The receive path without line and tasks: bytes in, and what became of them written down.</summary>
internal sealed class Listener : ICountedDataSink
{
    private readonly AtExchange _exchange = new();
    private readonly AtDispatcher _dispatcher;
    private readonly List<string> _heard = [];
    private readonly StringBuilder _data = new();
    private string _dataOf = "";

    /// <param name="tables">The dialect's.</param>
    /// <param name="logger">What is told of the line.</param>
    internal Listener(AtTables? tables = null, ILogger? logger = null)
    {
        var urcs = new UrcRouter();
        urcs.Subscribe(urc => Note($"{urc.Kind}{(urc.Link < 0 ? "" : " " + urc.Link)}{(urc.Text is null ? "" : ": " + urc.Text)}"));
        _dispatcher = new AtDispatcher(_exchange, new AtChannelOptions
        {
            Tables = tables ?? new Sim800Dialect().Tables,
            Urcs = urcs,
            Data = this,
            Logger = logger ?? NullLogger.Instance,
            Clock = Clock,
            OnFault = _ => { },
            OnEcho = () => Note("echo"),
        });
    }

    internal ManualTimeProvider Clock { get; } = new();

    /// <summary>Everything that was not the answer, in the order of its arrival.</summary>
    internal IReadOnlyList<string> Heard
    {
        get
        {
            FlushData();
            return _heard;
        }
    }

    /// <summary>Called with every effect other than the answer, as it happens.</summary>
    internal Action<string> OnEffect { get; set; } = _ => { };

    internal bool IsTransparent => _dispatcher.IsTransparent;

    internal AtTimeoutReason Noise => _dispatcher.Heard;

    /// <summary>The answer as <c>OK [information]</c> or <c>final [information]</c>; <c>null</c> while the command is not answered.</summary>
    internal string? Answer
    {
        get
        {
            if (_exchange.IsActive)
            {
                return null;
            }

            var response = _exchange.Transaction.Response;
            var information = _exchange.Transaction.Command.IsNumeric
                ? string.Join(',', Numbers(response.Numbers))
                : string.Join(" | ", response.Information);
            return $"{(response.FinalResult.IsSuccess ? "OK" : response.Final)} [{information}]";
        }
    }

    internal AtResponse Response => _exchange.Transaction.Response;

    /// <summary>Clears what was heard so far.</summary>
    internal void Forget()
    {
        FlushData();
        _heard.Clear();
    }

    internal void Begin(AtCommand command, int argument = -1, string payload = "")
    {
        _exchange.Begin(command, argument, payload.Length > 0);
        _dispatcher.BeginListening();
        if (payload.Length > 0)
        {
            _dispatcher.ExpectPrompt(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(payload)));
        }
    }

    /// <summary>What happens every two seconds while a command waits.</summary>
    internal bool Look() => _dispatcher.IsHopeless();

    /// <summary>The time is up for the command in flight.</summary>
    internal void GiveUp()
    {
        _exchange.Fail(new AtTimeoutException(_exchange.Transaction.Command, _dispatcher.Heard));
        _dispatcher.Reset();
    }

    internal void Feed(byte[] bytes, IEnumerable<int> pieces)
    {
        var start = 0;
        foreach (var length in pieces)
        {
            _dispatcher.Dispatch(new ReadOnlySequence<byte>(bytes, start, length));
            start += length;
        }
    }

    internal void Feed(string text) => Feed(Encoding.Latin1.GetBytes(text), [text.Length]);

    public void BeginRead(int link, int count, int left) => BeginData($"read {link}");

    public void BeginPush(int link, int count) => BeginData($"push {link}");

    public void BeginTransparent() => BeginData("line");

    public void Append(ReadOnlySpan<byte> bytes) => _data.Append(Encoding.Latin1.GetString(bytes));

    public void Slip() => Note("slip");

    private static IEnumerable<int> Numbers(AtNumbers numbers) =>
        new[] { numbers.First, numbers.Second, numbers.Third, numbers.Fourth }.TakeWhile(number => number >= 0);

    private void BeginData(string of)
    {
        FlushData();
        _dataOf = of;
        OnEffect(of);
    }

    private void Note(string what)
    {
        FlushData();
        _heard.Add(what);
        OnEffect(what);
    }

    private void FlushData()
    {
        if (_data.Length > 0)
        {
            _heard.Add($"{_dataOf}: {_data}");
            _data.Clear();
        }
    }
}
