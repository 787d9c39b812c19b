using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sim800.Simulator.Tests.Driver;

/// <summary>
/// A driver written from the command sequences of the reference alone, in the order in which TinyGSM sends them. It
/// shares nothing with the product's driver: a misreading would have to be made twice to go unseen.
/// </summary>
internal sealed class ReferenceDriver(IDuplexPipe line, bool multi, bool manual)
{
    private const int LargestSend = 1460;
    private const int LargestRead = 1460;

    private readonly ArrayBufferWriter<byte> _received = new();
    private bool _hasNotice;
    private bool _isClosed;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the server has sent so far.</summary>
    internal ReadOnlySpan<byte> Received => _received.WrittenSpan;

    internal async Task BringUpAsync(string apn)
    {
        await CommandAsync("AT", "OK");
        await CommandAsync("ATE0", "OK");
        await CommandAsync("AT+CMEE=0", "OK");
        await CommandAsync("AT+GMM", "OK");
        await CommandAsync("AT+CLTS=1", "OK");
        await CommandAsync("AT+CBC", "OK");
        Assert.Contains("+CPIN: READY", await CommandAsync("AT+CPIN?", "OK"));
        Assert.Contains("+CREG: 0,1", await CommandAsync("AT+CREG?", "OK"));
        await CommandAsync("AT+CIPSHUT", "SHUT OK");
        await CommandAsync("AT+CGATT=0", "OK");
        await CommandAsync("AT+SAPBR=3,1,\"Contype\",\"GPRS\"", "OK");
        await CommandAsync($"AT+SAPBR=3,1,\"APN\",\"{apn}\"", "OK");
        await CommandAsync($"AT+CGDCONT=1,\"IP\",\"{apn}\"", "OK");
        await CommandAsync("AT+CGACT=1,1", "OK");
        await CommandAsync("AT+SAPBR=1,1", "OK");
        await CommandAsync("AT+SAPBR=2,1", "OK");
        await CommandAsync("AT+CGATT=1", "OK");
        await CommandAsync($"AT+CIPMUX={(multi ? 1 : 0)}", "OK");
        await CommandAsync("AT+CIPQSEND=1", "OK");
        await CommandAsync(manual ? "AT+CIPRXGET=1" : "AT+CIPHEAD=1", "OK");
        await CommandAsync($"AT+CSTT=\"{apn}\",\"\",\"\"", "OK");
        await CommandAsync("AT+CIICR", "OK");
        await CommandAsync("AT+CIFSR;E0", "OK");
        await CommandAsync("AT+CDNSCFG=\"8.8.8.8\",\"8.8.4.4\"", "OK");
    }

    internal async Task ConnectAsync(string host, int port)
    {
        await SayAsync("AT+CIPSSL=0");
        Assert.Equal("ERROR", await LineAsync());
        await SayAsync(Numbered("AT+CIPSTART=", $"\"TCP\",\"{host}\",{port.ToString(CultureInfo.InvariantCulture)}"));
        Assert.Equal("OK", await LineAsync());
        Assert.Equal(multi ? "0, CONNECT OK" : "CONNECT OK", await LineAsync());
    }

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(LargestSend, bytes.Length);
            await SayAsync(Numbered("AT+CIPSEND=", length.ToString(CultureInfo.InvariantCulture)));
            await PromptAsync();
            await line.Output.WriteAsync(bytes[..length], Token);
            var accepted = await LineAsync();
            Assert.StartsWith("DATA ACCEPT:", accepted, StringComparison.Ordinal);
            bytes = bytes[int.Parse(accepted.Split(':', ',')[^1], CultureInfo.InvariantCulture)..];
        }
    }

    /// <summary>Reads until the server has sent so much.</summary>
    internal async Task ReceiveAsync(int total)
    {
        while (_received.WrittenCount < total)
        {
            if (manual && (_hasNotice || !await NoticeAsync()))
            {
                await ReadAsync();
            }
            else if (!manual)
            {
                await EventAsync();
            }
        }
    }

    internal async Task CloseAsync()
    {
        await SayAsync(Numbered("AT+CIPCLOSE=", "1"));
        Assert.Equal(multi ? "0, CLOSE OK" : "CLOSE OK", await LineAsync());
        Assert.False(_isClosed);
        await CommandAsync("AT+CIPSHUT", "SHUT OK");
    }

    private string Numbered(string command, string rest) => multi ? $"{command}0,{rest}" : command + rest;

    private async Task<bool> NoticeAsync()
    {
        await EventAsync();
        return _hasNotice;
    }

    private async Task ReadAsync()
    {
        _hasNotice = false;
        await SayAsync(multi ? $"AT+CIPRXGET=2,0,{LargestRead}" : $"AT+CIPRXGET=2,{LargestRead}");
        var header = await LineAsync();
        var fields = header.Split(' ', ',');
        Assert.Equal(("+CIPRXGET:", "2"), (fields[0], fields[1]));
        var (got, left) = (int.Parse(fields[^2], CultureInfo.InvariantCulture), int.Parse(fields[^1], CultureInfo.InvariantCulture));
        _received.Write(await TakeAsync(got));
        Assert.Equal("OK", await LineAsync());
        _hasNotice |= left > 0;
    }

    private async Task<List<string>> CommandAsync(string command, string final)
    {
        await SayAsync(command);
        var lines = new List<string>();
        while (true)
        {
            var text = await LineAsync();
            Assert.NotEqual("ERROR", text);
            if (text == final)
            {
                return lines;
            }

            lines.Add(text);
        }
    }

    private async Task SayAsync(string command) => await line.Output.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), Token);

    /// <summary>The next line that is an answer; notices and pushed data are put where they belong.</summary>
    private async Task<string> LineAsync()
    {
        while (true)
        {
            if (await EventAsync() is { } text)
            {
                return text;
            }
        }
    }

    /// <summary>One line or one push; <c>null</c> when it was not an answer.</summary>
    private async Task<string?> EventAsync()
    {
        var text = await FrameAsync();
        if (text.StartsWith("+RECEIVE,", StringComparison.Ordinal) || text.StartsWith("+IPD,", StringComparison.Ordinal))
        {
            var length = text.TrimEnd(':').Split(',')[^1];
            _received.Write(await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture)));
            return null;
        }

        _hasNotice |= text is "+CIPRXGET: 1" or "+CIPRXGET: 1,0";
        _isClosed |= text is "CLOSED" or "0, CLOSED";
        return text is "" or "+CIPRXGET: 1" or "+CIPRXGET: 1,0" || text.StartsWith('*') || text.StartsWith("DST", StringComparison.Ordinal)
            || text.StartsWith("+CTZV", StringComparison.Ordinal) || text.StartsWith("+CIEV", StringComparison.Ordinal) ? null : text;
    }

    /// <summary>A line without its end, or the head of a push, which ends with its colon.</summary>
    private async Task<string> FrameAsync()
    {
        while (true)
        {
            var result = await line.Input.ReadAsync(Token);
            if (TryFrame(result.Buffer, out var text, out var end))
            {
                line.Input.AdvanceTo(end);
                return text;
            }

            Assert.False(result.IsCompleted, "the line ended");
            line.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static bool TryFrame(ReadOnlySequence<byte> buffer, out string text, out SequencePosition end)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (reader.IsNext("+IPD,"u8) && reader.TryReadTo(out ReadOnlySequence<byte> head, (byte)':'))
        {
            (text, end) = (Encoding.ASCII.GetString(head), reader.Position);
            return true;
        }

        var found = reader.TryReadTo(out ReadOnlySequence<byte> read, "\r\n"u8);
        (text, end) = (found ? Encoding.Latin1.GetString(read) : "", reader.Position);
        return found;
    }

    /// <summary>The prompt; pushed data may come before it.</summary>
    private async Task PromptAsync()
    {
        while (true)
        {
            var result = await line.Input.ReadAtLeastAsync(2, Token);
            var start = result.Buffer.Slice(0, 2).ToArray();
            line.Input.AdvanceTo(result.Buffer.Start);
            if (start is [(byte)'>', (byte)' '])
            {
                await TakeAsync(2);
                return;
            }

            Assert.Null(await EventAsync());
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
