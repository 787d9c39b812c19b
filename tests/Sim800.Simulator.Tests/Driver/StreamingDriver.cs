using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sim800.Simulator.Tests.Driver;

/// <summary>
/// A driver that matches as small Arduino libraries do: it waits a second for the end of what has come so far to be one of a few
/// words, takes numbers out of the stream by the character behind them, and knows no lines. Five links, a buffer of 64 bytes.
/// </summary>
internal sealed class StreamingDriver(IDuplexPipe line, TimeProvider clock)
{
    internal const int LinkCount = 5;
    private const int ReceiveBuffer = 64;
    private const string Ok = "OK\r\n";
    private const string Error = "ERROR\r\n";

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    private readonly StreamReaderByByte _stream = new(line, clock);
    private readonly bool[] _hasNotice = new bool[LinkCount];
    private readonly bool[] _isConnected = new bool[LinkCount];
    private readonly int[] _available = new int[LinkCount];

    /// <summary>URCs of network time and name that came by.</summary>
    internal List<string> Notices { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal bool IsConnected(int link) => _isConnected[link];

    internal async Task BeginAsync()
    {
        var tries = 0;
        do
        {
            Assert.True(tries++ < 40, "AT is answered within ten seconds");
            await SendAsync("");
        }
        while (await WaitAsync(TimeSpan.FromMilliseconds(200)) != 1);
        await DoAsync("E0");
        await DoAsync("+CMEE=0");
        await DoAsync("+CLTS=1", 10);
        await SendAsync("+CBATCHK=1");
        await WaitAsync(Usual);
        for (var tried = 0; ; tried++)
        {
            Assert.True(tried < 10, "the SIM is ready within ten seconds");
            await SendAsync("+CPIN?");
            if (await WaitAsync(Usual, "+CPIN:", Error) == 1)
            {
                break;
            }

            await PauseAsync(1000);
        }

        Assert.Equal(1, await WaitAsync(Usual, "READY", "SIM PIN", "SIM PUK", "NOT INSERTED", "NOT READY"));
        Assert.Equal(1, await WaitAsync(Usual));
    }

    internal async Task RestartAsync()
    {
        await DoAsync("&W");
        await DoAsync("+CFUN=0", 10);
        await DoAsync("+CFUN=1,1", 10);
        await PauseAsync(3000);
        await BeginAsync();
    }

    internal async Task WaitForNetworkAsync()
    {
        for (var tried = 0; ; tried++)
        {
            Assert.True(tried < 240, "registered within a minute");
            await SendAsync("+CREG?");
            Assert.Equal(1, await WaitAsync(Usual, "+CREG:", "+CGREG:", "+CEREG:"));
            await _stream.TextBeforeAsync(',');
            var status = await _stream.NumberBeforeAsync('\n');
            await WaitAsync(Usual);
            if (status is 1 or 5)
            {
                return;
            }

            await PauseAsync(250);
        }
    }

    internal async Task AttachAsync(string apn)
    {
        await DoAsync("+CIPSHUT", 60);
        await DoAsync("+CGATT=0", 60);
        await DoAsync("+SAPBR=3,1,\"Contype\",\"GPRS\"");
        await DoAsync($"+SAPBR=3,1,\"APN\",\"{apn}\"");
        await DoAsync($"+CGDCONT=1,\"IP\",\"{apn}\"");
        await DoAsync("+CGACT=1,1", 60);
        await DoAsync("+SAPBR=1,1", 85);
        await DoAsync("+SAPBR=2,1", 30);
        await DoAsync("+CGATT=1", 60);
        await DoAsync("+CIPMUX=1");
        await DoAsync("+CIPQSEND=1");
        await DoAsync("+CIPRXGET=1");
        await DoAsync($"+CSTT=\"{apn}\",\"\",\"\"", 60);
        await DoAsync("+CIICR", 60);
        await DoAsync("+CIFSR;E0", 10);
        await DoAsync("+CDNSCFG=\"8.8.8.8\",\"8.8.4.4\"");
    }

    /// <summary>The whole answer of a command, without its OK and its line ends.</summary>
    internal async Task<string> AskAsync(string command)
    {
        var heard = new StringBuilder();
        await SendAsync(command);
        Assert.Equal(1, await WaitAsync(Usual, heard, Ok, Error));
        return heard.ToString().Replace("\r\nOK\r\n", "", StringComparison.Ordinal).Replace("\r\n", " ", StringComparison.Ordinal).Trim();
    }

    /// <summary>What stands behind a prefix, up to the end of its line.</summary>
    internal async Task<string> ValueAsync(string command, string prefix, double seconds = 1)
    {
        await SendAsync(command);
        Assert.Equal(1, await WaitAsync(TimeSpan.FromSeconds(seconds), prefix, Error));
        var value = await _stream.TextBeforeAsync('\n');
        await WaitAsync(Usual);
        return value.Trim();
    }

    internal async Task<bool> ConnectAsync(int link, string host, int port)
    {
        await StopAsync(link);
        await SendAsync("+CIPSSL=0");
        await WaitAsync(Usual);
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"+CIPSTART={link},\"TCP\",\"{host}\",{port}"));
        _isConnected[link] = await WaitAsync(
            TimeSpan.FromSeconds(75), "CONNECT OK\r\n", "CONNECT FAIL\r\n", "ALREADY CONNECT\r\n", Error, "CLOSE OK\r\n") == 1;
        return _isConnected[link];
    }

    internal async Task StopAsync(int link)
    {
        await SendAsync($"+CIPCLOSE={link},1");
        _isConnected[link] = false;
        await WaitAsync(Usual, Ok, Error);
    }

    /// <returns>How many bytes the modem has taken.</returns>
    internal async Task<int> WriteAsync(int link, ReadOnlyMemory<byte> bytes)
    {
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"+CIPSEND={link},{bytes.Length}"));
        Assert.Equal(1, await WaitAsync(Usual, ">", Error));
        await _stream.WriteAsync(bytes);
        Assert.Equal(1, await WaitAsync(Usual, "\r\nDATA ACCEPT:", Error));
        Assert.Equal(link, await _stream.NumberBeforeAsync(','));
        return await _stream.NumberBeforeAsync('\n');
    }

    /// <summary>Waits for data, asking twice a second, and takes it 64 bytes at a time until the modem has no more.</summary>
    internal async Task<byte[]> ReadAsync(int link)
    {
        while (_available[link] == 0 && _isConnected[link])
        {
            await ListenAsync(TimeSpan.FromMilliseconds(500));
            _hasNotice[link] = false;
            _available[link] = await AvailableAsync(link);
        }

        var received = new List<byte>();
        while (_available[link] > 0)
        {
            received.AddRange(await TakeAsync(link, Math.Min(ReceiveBuffer, _available[link])));
        }

        return [.. received];
    }

    internal Task ListenAsync(TimeSpan time) => WaitAsync(time, []);

    private async Task<byte[]> TakeAsync(int link, int size)
    {
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"+CIPRXGET=2,{link},{size}"));
        Assert.Equal(1, await WaitAsync(Usual, "+CIPRXGET:", Error));
        Assert.Equal(2, await _stream.NumberBeforeAsync(','));
        Assert.Equal(link, await _stream.NumberBeforeAsync(','));
        var bytes = new byte[await _stream.NumberBeforeAsync(',')];
        _available[link] = await _stream.NumberBeforeAsync('\n');
        for (var i = 0; i < bytes.Length; i++)
        {
            var next = await _stream.ByteAsync(Usual);
            Assert.InRange(next, 0, 255);
            bytes[i] = (byte)next;
        }

        Assert.Equal(1, await WaitAsync(Usual));
        return bytes;
    }

    private async Task<int> AvailableAsync(int link)
    {
        await SendAsync($"+CIPRXGET=4,{link}");
        var available = 0;
        if (await WaitAsync(Usual, "+CIPRXGET:", Error) == 1)
        {
            Assert.Equal(4, await _stream.NumberBeforeAsync(','));
            Assert.Equal(link, await _stream.NumberBeforeAsync(','));
            available = await _stream.NumberBeforeAsync('\n');
            await WaitAsync(Usual);
        }

        if (available == 0)
        {
            await SendAsync($"+CIPSTATUS={link}");
            Assert.Equal(1, await WaitAsync(Usual, "+CIPSTATUS", Error));
            _isConnected[link] = await WaitAsync(
                Usual, ",\"CONNECTED\"", ",\"CLOSED\"", ",\"CLOSING\"", ",\"REMOTE CLOSING\"", ",\"INITIAL\"") == 1;
            Assert.Equal(1, await WaitAsync(Usual));
        }

        return available;
    }

    private async Task SendAsync(string command) => await _stream.WriteAsync($"AT{command}\r\n");

    private async Task DoAsync(string command, double seconds = 1)
    {
        await SendAsync(command);
        Assert.True(await WaitAsync(TimeSpan.FromSeconds(seconds)) == 1, $"AT{command} is answered with OK in time");
    }

    private Task PauseAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, Token);

    private Task<int> WaitAsync(TimeSpan timeout) => WaitAsync(timeout, Ok, Error);

    private Task<int> WaitAsync(TimeSpan timeout, params string[] wanted) => WaitAsync(timeout, new StringBuilder(), wanted);

    /// <returns>Which of the words came, counted from 1; 0 when none did in time.</returns>
    private async Task<int> WaitAsync(TimeSpan timeout, StringBuilder heard, params string[] wanted)
    {
        var start = clock.GetTimestamp();
        while (await _stream.ByteAsync(timeout - clock.GetElapsedTime(start)) is var next and >= 0)
        {
            if (next is 0 or > 127)
            {
                continue;
            }

            heard.Append((char)next);
            if (Array.FindIndex(wanted, word => EndsWith(heard, word)) is var found and >= 0)
            {
                return found + 1;
            }

            await NoticeAsync(heard);
        }

        return 0;
    }

    private async Task NoticeAsync(StringBuilder heard)
    {
        if (EndsWith(heard, "\r\n+CIPRXGET:"))
        {
            Assert.Equal(1, await _stream.NumberBeforeAsync(','));
            _hasNotice[await _stream.NumberBeforeAsync('\n')] = true;
            heard.Clear();
        }
        else if (EndsWith(heard, "CLOSED\r\n"))
        {
            var text = heard.ToString();
            var from = text.LastIndexOf("\r\n", text.Length - "CLOSED\r\n".Length - 1, StringComparison.Ordinal) + 2;
            _isConnected[int.Parse(text[from..text.IndexOf(',', from)], CultureInfo.InvariantCulture)] = false;
            heard.Clear();
        }
        else if (Array.Find(["*PSNWID:", "*PSUTTZ:", "+CTZV:", "DST:"], word => EndsWith(heard, word)) is { } notice)
        {
            Notices.Add(notice + await _stream.TextBeforeAsync('\n'));
            heard.Clear();
        }
    }

    private static bool EndsWith(StringBuilder text, string word)
    {
        if (text.Length < word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (text[text.Length - word.Length + i] != word[i])
            {
                return false;
            }
        }

        return true;
    }
}
