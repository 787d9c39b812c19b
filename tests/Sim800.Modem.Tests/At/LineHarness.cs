using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

/// <summary>A channel on a line in memory, with a clock that stands still, and the modem's part in the hands of the test.</summary>
internal sealed class LineHarness : IAsyncDisposable, ICountedDataSink
{
    private readonly DuplexPipePair _line = new();
    private readonly StringBuilder _data = new();

    internal LineHarness(bool start = true)
    {
        Urcs.Subscribe(urc => Unsolicited.Add(urc.Text ?? urc.Kind.ToString()));
        Channel = new AtChannel(_line.Left, new AtChannelOptions
        {
            Tables = new Sim800Dialect().Tables,
            Urcs = Urcs,
            Data = this,
            Logger = NullLogger.Instance,
            Clock = Clock,
            OnFault = Faults.Add,
            OnEcho = () => Unsolicited.Add("echo"),
        });
        if (start)
        {
            Channel.Start();
        }
    }

    internal ManualTimeProvider Clock { get; } = new();

    internal AtChannel Channel { get; }

    internal UrcRouter Urcs { get; } = new();

    internal List<string> Unsolicited { get; } = [];

    internal List<Exception> Faults { get; } = [];

    /// <summary>Waits for so many characters of data.</summary>
    internal async Task<string> DataAsync(int length)
    {
        while (true)
        {
            lock (_data)
            {
                if (_data.Length >= length)
                {
                    return _data.ToString();
                }
            }

            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    internal PipeWriter ToHost => _line.Right.Output;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What the host sends next.</summary>
    internal async Task<string> SaidAsync()
    {
        var result = await _line.Right.Input.ReadAsync(Ct);
        var text = Encoding.Latin1.GetString(result.Buffer);
        _line.Right.Input.AdvanceTo(result.Buffer.End);
        return text;
    }

    internal async Task ExpectAsync(string text)
    {
        var said = "";
        while (said.Length < text.Length)
        {
            said += await SaidAsync();
        }

        Assert.Equal(text, said);
    }

    internal async Task SayAsync(string text) => await _line.Right.Output.WriteAsync(Encoding.Latin1.GetBytes(text), Ct);

    internal async Task AnswerAsync(string command, string answer)
    {
        await ExpectAsync(command);
        await SayAsync(answer);
    }

    public void BeginRead(int link, int count, int left)
    {
        // the bytes alone are of interest here
    }

    public void BeginPush(int link, int count)
    {
        // the same
    }

    public void BeginTransparent() => Note("<transparent>");

    public void Append(ReadOnlySpan<byte> bytes) => Note(Encoding.Latin1.GetString(bytes));

    public void Slip() => Note("<slip>");

    private void Note(string data)
    {
        lock (_data)
        {
            _data.Append(data);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _line.Right.Output.CompleteAsync();
    }
}
