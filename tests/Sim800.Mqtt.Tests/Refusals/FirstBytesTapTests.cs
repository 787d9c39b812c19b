using System.IO.Pipelines;
using Sim800.Mqtt.Refusals;
using TestKit;

namespace Sim800.Mqtt.Tests.Refusals;

public sealed class FirstBytesTapTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", AnswerKind.Nothing)]
    [InlineData("20020000", AnswerKind.ConnAck)]
    [InlineData("15030100020228", AnswerKind.TlsRecord)]
    [InlineData("1603030050", AnswerKind.TlsRecord)]
    [InlineData("485454502F312E31", AnswerKind.Http)]
    [InlineData("3C68746D6C3E", AnswerKind.Http)]
    [InlineData("2003", AnswerKind.Other)]
    [InlineData("1604", AnswerKind.Other)]
    [InlineData("4854", AnswerKind.Other)]
    public void The_first_bytes_tell_the_protocol(string hex, object kind) =>
        Assert.Equal((AnswerKind)kind, FirstAnswer.Of(Convert.FromHexString(hex)));

    [Fact(Timeout = 120_000)]
    public async Task Only_the_start_is_remembered_whatever_the_reads()
    {
        foreach (var pieces in Splits.Of(4))
        {
            var line = new DuplexPipePair();
            var tap = new FirstBytesTap(line.Left);
            byte[] answer = [0x20, 0x02, 0, 0];
            var sent = 0;
            foreach (var piece in pieces)
            {
                await line.Right.Output.WriteAsync(answer.AsMemory(sent, piece), Token);
                sent += piece;
                var result = await tap.Input.ReadAsync(Token);
                tap.Input.AdvanceTo(sent == 4 ? result.Buffer.End : result.Buffer.Start, result.Buffer.End);
            }

            await line.Right.Output.WriteAsync(new byte[100], Token);
            Assert.Same(line.Left.Input, tap.Input);
            Assert.True(tap.Input.TryRead(out var later));
            tap.Input.AdvanceTo(later.Buffer.End);

            Assert.Equal(AnswerKind.ConnAck, tap.Answer);
            Assert.False(tap.Closed);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_read_that_need_not_wait_is_remembered_too()
    {
        var line = new DuplexPipePair();
        var tap = new FirstBytesTap(line.Left);
        Assert.False(tap.Input.TryRead(out _));
        await line.Right.Output.WriteAsync("HTTP/1.1 400"u8.ToArray(), Token);

        Assert.True(tap.Input.TryRead(out var result));
        tap.Input.AdvanceTo(result.Buffer.End);

        Assert.Equal(AnswerKind.Http, tap.Answer);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_close_is_remembered_and_the_rest_passes_through()
    {
        var line = new DuplexPipePair();
        var tap = new FirstBytesTap(line.Left);
        Assert.Same(line.Left.Output, tap.Output);
        var pending = tap.Input.ReadAsync(Token);
        tap.Input.CancelPendingRead();
        Assert.True((await pending).IsCanceled);
        tap.Input.AdvanceTo((await ReadCompletedAsync(line, tap)).Buffer.End);

        Assert.True(tap.Closed);
        Assert.Equal(AnswerKind.Nothing, tap.Answer);
        await tap.Input.CompleteAsync();
        Assert.True((await line.Right.Output.FlushAsync(Token)).IsCompleted);
    }

    private static async Task<ReadResult> ReadCompletedAsync(DuplexPipePair line, FirstBytesTap tap)
    {
        await line.Right.Output.FlushAsync(Token);
        _ = Task.Run(() => line.Right.Output.Complete(), Token);
        return await tap.Input.ReadAsync(Token);
    }
}
