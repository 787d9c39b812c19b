using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sim800.Simulator.Tests.Driver;

/// <summary>
/// A driver of AT+NETOPEN written from the command sequences of the reference alone. It shares nothing with the product's
/// driver: a misreading would have to be made twice to go unseen.
/// </summary>
internal sealed class LteReferenceDriver(IDuplexPipe line)
{
    private const int LargestSend = 1500;
    private const int LargestRead = 1500;

    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly Queue<string> _early = new();
    private bool _hasNotice;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the server has sent so far.</summary>
    internal ReadOnlySpan<byte> Received => _received.WrittenSpan;

    internal async Task BringUpAsync(string apn)
    {
        await CommandAsync("AT");
        await CommandAsync("AT");
        await CommandAsync("ATE0");
        await CommandAsync("AT+CMEE=2");
        Assert.Contains(await CommandAsync("AT+SIMCOMATI"), text => text.StartsWith("Model: ", StringComparison.Ordinal));
        Assert.Contains("+CPIN: READY", await CommandAsync("AT+CPIN?"));
        await CommandAsync("AT+CTZR=0");
        await CommandAsync("AT+CTZU=1");
        if (!(await CommandAsync("AT+CGDCONT?")).Exists(text => text.StartsWith($"+CGDCONT: 1,\"IP\",\"{apn}\"", StringComparison.Ordinal)))
        {
            await CommandAsync($"AT+CGDCONT=1,\"IP\",\"{apn}\"");
            await CommandAsync("AT+CFUN=4");
            await CommandAsync("AT+CFUN=1");
        }

        await RegisteredAsync();
        await CommandAsync("AT+CIPMODE=0");
        await CommandAsync("AT+CIPSENDMODE=0");
        await CommandAsync("AT+CIPCCFG=10,0,0,1,1,0,500");
        await CommandAsync("AT+CIPTIMEOUT=75000,15000,15000");
        await CommandAsync("AT+CIPCFG=\"DATAECHO\",OFF", mayFail: true);
        await CommandAsync("AT+CIPRXGET=1");
        await CommandAsync("AT+NETOPEN");
        Assert.Equal("+NETOPEN: 0", await LateAsync("+NETOPEN: "));
        Assert.Contains("+IPADDR: 10.0.109.44", await CommandAsync("AT+IPADDR"));
    }

    internal async Task ConnectAsync(string host, int port)
    {
        await CommandAsync(string.Create(CultureInfo.InvariantCulture, $"AT+CIPOPEN=0,\"TCP\",\"{host}\",{port}"));
        Assert.Equal("+CIPOPEN: 0,0", await LateAsync("+CIPOPEN: 0,"));
    }

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(LargestSend, bytes.Length);
            await SayAsync(string.Create(CultureInfo.InvariantCulture, $"AT+CIPSEND=0,{length}"));
            await PromptAsync();
            await line.Output.WriteAsync(bytes[..length], Token);
            Assert.Empty(await AnswerAsync(mayFail: false));
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"+CIPSEND: 0,{length},{length}"), await LateAsync("+CIPSEND: 0,"));
            bytes = bytes[length..];
        }
    }

    /// <summary>Reads until the server has sent so much.</summary>
    internal async Task ReceiveAsync(int total)
    {
        while (_received.WrittenCount < total)
        {
            while (!_hasNotice)
            {
                _early.Enqueue(await LineAsync());
                _hasNotice |= _early.Count > 0 && TakeNotice();
            }

            await ReadAsync();
        }
    }

    internal async Task CloseAsync()
    {
        await CommandAsync("AT+CIPCLOSE=0");
        Assert.Equal("+CIPCLOSE: 0,0", await LateAsync("+CIPCLOSE: 0,"));
        await CommandAsync("AT+NETCLOSE");
        Assert.Equal("+NETCLOSE: 0", await LateAsync("+NETCLOSE: "));
    }

    private async Task RegisteredAsync()
    {
        while (!(await CommandAsync("AT+CEREG?")).Exists(text => text is "+CEREG: 0,1" or "+CEREG: 0,5"))
        {
            await CommandAsync("AT+CSQ");
        }
    }

    private async Task ReadAsync()
    {
        _hasNotice = false;
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $"AT+CIPRXGET=2,0,{LargestRead}"));
        var header = await UntilAsync("+CIPRXGET: 2,0,");
        var fields = header.Split(',');
        var (got, left) = (int.Parse(fields[^2], CultureInfo.InvariantCulture), int.Parse(fields[^1], CultureInfo.InvariantCulture));
        _received.Write(await TakeAsync(got));
        Assert.Empty(await AnswerAsync(mayFail: false));
        _hasNotice |= left > 0;
    }

    private async Task<List<string>> CommandAsync(string command, bool mayFail = false)
    {
        await SayAsync(command);
        return await AnswerAsync(mayFail);
    }

    private async Task<List<string>> AnswerAsync(bool mayFail)
    {
        var lines = new List<string>();
        while (true)
        {
            var text = await LineAsync();
            if (text is "OK" || (mayFail && text is "ERROR"))
            {
                return lines;
            }

            Assert.False(text is "ERROR" || text.StartsWith("+CME ERROR", StringComparison.Ordinal), text);
            if (IsOwnWord(text))
            {
                _hasNotice |= text is "+CIPRXGET: 1,0";
            }
            else
            {
                lines.Add(text);
            }
        }
    }

    /// <summary>The second part of an answer, which comes when it comes.</summary>
    private async Task<string> LateAsync(string start) => await UntilAsync(start);

    private async Task<string> UntilAsync(string start)
    {
        while (true)
        {
            var text = _early.TryDequeue(out var early) ? early : await LineAsync();
            if (text.StartsWith(start, StringComparison.Ordinal))
            {
                return text;
            }

            Assert.True(IsOwnWord(text), text);
            _hasNotice |= text is "+CIPRXGET: 1,0";
        }
    }

    private bool TakeNotice()
    {
        var text = _early.Dequeue();
        Assert.True(IsOwnWord(text), text);
        return text is "+CIPRXGET: 1,0";
    }

    /// <summary>What the module says of itself, between answers and in them.</summary>
    private static bool IsOwnWord(string text) =>
        text is "+CIPRXGET: 1,0" or "SMS DONE" or "PB DONE" or "+CEREG: 1" || text.StartsWith("+CMTI: ", StringComparison.Ordinal)
        || text.StartsWith("+CGEV: ", StringComparison.Ordinal) || text.StartsWith("AT", StringComparison.Ordinal);

    private async Task SayAsync(string command) => await line.Output.WriteAsync(Encoding.ASCII.GetBytes(command + "\r"), Token);

    /// <summary>The next line that is not blank, without its end and without the NULs of a reboot; the space behind a prompt may stand in a line of its own.</summary>
    private async Task<string> LineAsync()
    {
        while (true)
        {
            var result = await line.Input.ReadAsync(Token);
            if (TryLine(result.Buffer, out var text, out var end))
            {
                line.Input.AdvanceTo(end);
                if (text.Trim().Length > 0)
                {
                    return text;
                }
            }
            else
            {
                Assert.False(result.IsCompleted, "the line ended");
                line.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
    }

    private static bool TryLine(ReadOnlySequence<byte> buffer, out string text, out SequencePosition end)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryReadTo(out ReadOnlySequence<byte> read, "\r\n"u8);
        (text, end) = (found ? Encoding.Latin1.GetString(read).Trim('\0', '\r') : "", reader.Position);
        return found;
    }

    /// <summary>The prompt, with a space behind it or not, and what may come before it.</summary>
    private async Task PromptAsync()
    {
        while (true)
        {
            var result = await line.Input.ReadAtLeastAsync(3, Token);
            var start = result.Buffer.Slice(0, 3).ToArray();
            line.Input.AdvanceTo(result.Buffer.Start);
            if (start is [(byte)'\r', (byte)'\n', (byte)'>'])
            {
                await TakeAsync(3);
                return;
            }

            // A blank line before a word of the module's own, or the word.
            var text = await AnyLineAsync();
            Assert.True(text.Length == 0 || IsOwnWord(text), text);
            _hasNotice |= text is "+CIPRXGET: 1,0";
        }
    }

    private async Task<string> AnyLineAsync()
    {
        while (true)
        {
            var result = await line.Input.ReadAsync(Token);
            if (TryLine(result.Buffer, out var text, out var end))
            {
                line.Input.AdvanceTo(end);
                return text;
            }

            line.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private async Task<byte[]> TakeAsync(int count)
    {
        var result = await line.Input.ReadAtLeastAsync(count, Token);
        var bytes = result.Buffer.Slice(0, count).ToArray();
        line.Input.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }
}
