using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class AtTransactionTests
{
    private static readonly AtCommand Plain = new("AT+X", TimeSpan.FromSeconds(1));

    private static readonly AtCommand Query = new("AT+X?", TimeSpan.FromSeconds(5)) { Information = ["+X:#,#"], RequiresInformation = true };

    private static readonly AtCommand Numeric = Query with { IsNumeric = true };

    private static readonly AtCommand TwoParts = new("AT+OPEN", TimeSpan.FromSeconds(1))
    {
        Late = ["+OPEN:0"],
        LateFailure = ["+OPEN:#"],
        Interruption = ["RDY"],
        LateInterruption = ["CLOSED"],
        LateTimeout = TimeSpan.FromSeconds(9),
    };

    private readonly AtTransaction _transaction = new();

    [Theory]
    [InlineData("AT+X", true)]
    [InlineData("AT+X1", false)]
    [InlineData("AT+", false)]
    public void The_command_line_is_its_echo(string line, bool isEcho)
    {
        _transaction.Begin(Plain, -1);
        Assert.Equal(isEcho ? AtVerdict.Echo : AtVerdict.NotMine, Offer(line));
        Assert.Equal(isEcho, _transaction.HasEchoed);
        _transaction.Begin(Plain, -1);
        Assert.False(_transaction.HasEchoed);
    }

    [Theory]
    [InlineData("AT+X12", AtVerdict.Echo)]
    [InlineData("AT+X", AtVerdict.NotMine)]
    [InlineData("AT+X13", AtVerdict.NotMine)]
    [InlineData("AT+X 12", AtVerdict.NotMine)]
    internal void The_number_behind_the_command_line_belongs_to_the_echo(string line, AtVerdict verdict)
    {
        _transaction.Begin(Plain, 12);
        Assert.Equal(verdict, Offer(line));
    }

    [Fact]
    public void The_shortest_command_and_the_number_0_have_an_echo_too()
    {
        _transaction.Begin(new AtCommand("AT", TimeSpan.Zero), -1);
        Assert.Equal(AtVerdict.Echo, Offer("AT"));
        _transaction.Begin(Plain, 0);
        Assert.Equal(AtVerdict.NotMine, Offer("AT+X"));
        Assert.Equal(AtVerdict.Echo, Offer("AT+X0"));
    }

    [Fact]
    public void Numbers_are_read_and_not_kept_as_text_even_when_they_begin_with_0()
    {
        _transaction.Begin(Numeric, -1);
        Assert.Equal(AtVerdict.Information, Offer("+X: 0,7"));
        Assert.Equal(AtVerdict.Final, Offer("OK"));
        Assert.Empty(_transaction.Response.Information);
        Assert.Equal(new AtNumbers(0, 7, -1, -1), _transaction.Response.Numbers);
    }

    [Fact]
    public void A_command_without_a_text_has_no_echo()
    {
        _transaction.Begin(new AtCommand("A", TimeSpan.Zero), -1);
        Assert.Equal(AtVerdict.NotMine, Offer("A"));
    }

    [Fact]
    public void An_OK_without_the_information_text_does_not_count_but_is_kept_in_mind()
    {
        _transaction.Begin(Query, -1);
        Assert.Equal(AtVerdict.Information, Offer("OK"));
        Assert.True(_transaction.WasConfirmed);
        Assert.Equal(AtVerdict.Information, Offer("+X: 1,2"));
        Assert.False(_transaction.WasConfirmed);
        Assert.Equal(AtVerdict.Final, Offer("OK"));
        Assert.Equal(["+X: 1,2"], _transaction.Response.Information);
        Assert.Null(_transaction.Response.Unfit);
    }

    [Theory]
    [InlineData(5.1, false)]
    [InlineData(5, true)]
    public void What_takes_longer_than_an_answer_out_of_memory_may_still_come(double seconds, bool wasConfirmed)
    {
        _transaction.Begin(Query with { Timeout = TimeSpan.FromSeconds(seconds) }, -1);
        Offer("OK");
        Assert.Equal(wasConfirmed, _transaction.WasConfirmed);
    }

    [Fact]
    public void Words_instead_of_the_information_text_are_shown_and_the_OK_behind_them_ends_the_command()
    {
        _transaction.Begin(Query, -1);
        Assert.Equal(AtVerdict.NotMine, Offer("AT"));
        Assert.All(Enumerable.Range(0, 6), number => Assert.Equal(AtVerdict.NotMine, Offer($"other words {number}")));
        Assert.False(_transaction.WasConfirmed);
        Assert.Equal(AtVerdict.Final, Offer("OK"));
        Assert.Equal(["other words 0", "other words 1", "other words 2", "other words 3"], _transaction.Response.Unfit);
    }

    [Fact]
    public void What_means_something_else_is_no_answer_in_other_words()
    {
        _transaction.Begin(Query, -1);
        Assert.Equal(AtVerdict.NotMine, Offer("RING", UrcKind.Call));
        Assert.Equal(AtVerdict.Information, Offer("OK"));
        Assert.Null(_transaction.Response.Unfit);
    }

    [Fact]
    public void The_numbers_of_an_answer_are_those_of_its_last_line_and_words_beside_them_are_kept()
    {
        _transaction.Begin(Numeric with { Information = ["+X:*"] }, -1);
        Offer("+X: 1,2");
        Assert.Null(_transaction.Information);
        Offer("+X: in words");
        Offer("+X: 3,4");
        Assert.Equal(["+X: in words"], _transaction.Information);
        Assert.Equal(AtVerdict.Final, Offer("OK"));
        Assert.Equal((3, 4, "", true), (_transaction.Response.Numbers.First, _transaction.Response.Numbers.Second, _transaction.Response.Final, _transaction.Response.FinalResult.IsSuccess));
    }

    [Fact]
    public void The_numbers_may_stand_in_the_final_result_itself()
    {
        _transaction.Begin(Plain with { IsNumeric = true, Success = ["+SENT:#,#"] }, -1);
        Assert.Equal(AtVerdict.Final, Offer("+SENT: 5,6"));
        Assert.Equal((5, 6), (_transaction.Response.Numbers.First, _transaction.Response.Numbers.Second));
    }

    [Fact]
    public void A_refusal_keeps_its_words_although_the_command_is_numeric()
    {
        _transaction.Begin(Numeric with { Failure = ["+X ERROR:*"] }, -1);
        Assert.Equal(AtVerdict.Final, Offer("+X ERROR: 4", UrcKind.Closed));
        Assert.Equal(("+X ERROR: 4", UrcKind.Closed, false), (_transaction.Response.Final, _transaction.Response.Kind, _transaction.Response.FinalResult.IsSuccess));
        Assert.Equal(-1, _transaction.Response.Numbers.First);
    }

    [Fact]
    public void No_answer_has_more_lines_than_the_memory()
    {
        _transaction.Begin(Query, -1);
        for (var line = 0; line <= AtTransaction.MaxInformation; line++)
        {
            Assert.Equal(AtVerdict.Information, Offer("+X: 1,2"));
        }

        Assert.Equal(AtTransaction.MaxInformation, _transaction.Information!.Count);
    }

    [Fact]
    public void A_pattern_for_anything_takes_only_what_nothing_else_claims()
    {
        _transaction.Begin(Plain with { Information = ["*"] }, -1);
        Assert.Equal(AtVerdict.NotMine, Offer("RING", UrcKind.Call));
        Assert.Equal(AtVerdict.Information, Offer("words"));
    }

    [Theory]
    [InlineData("RDY", AtVerdict.Interrupted)]
    [InlineData("CLOSED", AtVerdict.NotMine)]
    [InlineData("+CME ERROR: 3", AtVerdict.Final)]
    [InlineData("RING", AtVerdict.NotMine)]
    internal void The_first_part_of_two_may_be_interrupted_or_refused(string line, AtVerdict verdict)
    {
        _transaction.Begin(TwoParts, -1);
        Assert.True(_transaction.IsInFirstPart);
        Assert.Equal(verdict, Offer(line));
        Assert.False(verdict != AtVerdict.NotMine && _transaction.Response.FinalResult.IsSuccess);
    }

    [Theory]
    [InlineData("+OPEN: 0", AtVerdict.Final, true)]
    [InlineData("+OPEN: 4", AtVerdict.Final, false)]
    [InlineData("CLOSED", AtVerdict.Interrupted, false)]
    [InlineData("RDY", AtVerdict.Interrupted, false)]
    internal void The_second_part_decides(string line, AtVerdict verdict, bool isSuccess)
    {
        _transaction.Begin(TwoParts, -1);
        Assert.Equal(AtVerdict.Information, Offer("OK"));
        Assert.Equal((false, true), (_transaction.IsInFirstPart, _transaction.IsInSecondPart));
        Assert.Equal(verdict, Offer(line));
        Assert.Equal((isSuccess, line), (_transaction.Response.FinalResult.IsSuccess, _transaction.Response.Final));
    }

    [Theory]
    [InlineData("+OPEN: 0", true)]
    [InlineData("+OPEN: 4", false)]
    public void The_parts_may_change_places(string early, bool isSuccess)
    {
        _transaction.Begin(TwoParts, -1);
        Assert.Equal(AtVerdict.Information, Offer(early));
        Assert.False(_transaction.IsInSecondPart);
        Assert.Equal(AtVerdict.Final, Offer("OK"));
        Assert.Equal(isSuccess, _transaction.Response.FinalResult.IsSuccess);
        Assert.Equal([early], _transaction.Response.Information);
        _transaction.Begin(TwoParts, -1);
        Assert.Equal(AtVerdict.Information, Offer("OK"));
        Assert.True(_transaction.IsInSecondPart);
    }

    [Fact]
    public void A_command_of_one_part_is_in_none()
    {
        _transaction.Begin(Plain, -1);
        Assert.Equal((false, false), (_transaction.IsInFirstPart, _transaction.IsInSecondPart));
        Assert.Equal(AtVerdict.Final, Offer("OK"));
        Assert.Equal(("OK", true), (_transaction.Response.Final, _transaction.Response.FinalResult.IsSuccess));
        _transaction.Begin(Plain with { Interruption = ["RDY"] }, -1);
        Assert.Equal(AtVerdict.Interrupted, Offer("RDY"));
        Assert.False(_transaction.Response.FinalResult.IsSuccess);
    }

    [Fact]
    public void Information_text_that_has_lost_a_byte_may_have_been_some()
    {
        _transaction.Begin(Query, -1);
        Assert.True(_transaction.MayHaveBeenInformation("X: 1,2"u8));
        Assert.False(_transaction.MayHaveBeenInformation("RING"u8));
        _transaction.Begin(Query with { RequiresInformation = false }, -1);
        Assert.False(_transaction.MayHaveBeenInformation("X: 1,2"u8));
    }

    private AtVerdict Offer(string line, UrcKind kind = UrcKind.Unknown) => _transaction.Offer(Encoding.Latin1.GetBytes(line), kind);
}
