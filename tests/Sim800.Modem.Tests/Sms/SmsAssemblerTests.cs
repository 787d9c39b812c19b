using Sim800.Modem.Sms;
using TestKit;

namespace Sim800.Modem.Tests.Sms;

public sealed class SmsAssemblerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly SmsAssembler _assembler = new();

    [Fact]
    public void A_message_without_parts_is_whole_at_once()
    {
        var message = _assembler.Add(new SmsSegment("INFO", Noon, "hi", default, null), new SmsPlace(null, 7))!;

        Assert.Equal(("INFO", "hi", Noon), (message.Sender, message.Text, message.SentAt!.Value));
        Assert.Equal([7], message.StorageIndexes);
    }

    [Fact]
    public void A_message_that_was_not_stored_has_no_index() =>
        Assert.Empty(_assembler.Add(new SmsSegment("1", null, "hi", default, null), null)!.StorageIndexes);

    [Fact]
    public void Part_one_of_one_is_whole() => Assert.Equal("only", Add("1", 5, 1, 1, "only", 0)!.Text);

    [Fact]
    public void Parts_in_any_order_and_twice_make_one_message()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            int[] numbers = [1, 2, 3, 4, 5];
            random.Shuffle(numbers);
            foreach (var number in numbers[..4])
            {
                Assert.Null(Add("1", 9, 5, number, $"<{number}>", number + 10));
                Assert.Null(Add("1", 9, 5, number, $"<{number}>", number + 10));
            }

            var message = Add("1", 9, 5, numbers[4], $"<{numbers[4]}>", numbers[4] + 10)!;

            Assert.Equal("<1><2><3><4><5>", message.Text);
            Assert.Equal([11, 12, 13, 14, 15], message.StorageIndexes);
        }
    }

    [Fact]
    public void Messages_of_different_senders_references_or_lengths_are_not_mixed()
    {
        Assert.Null(Add("1", 9, 2, 1, "a", 0));
        Assert.Null(Add("2", 9, 2, 2, "b", 1));
        Assert.Null(Add("1", 8, 2, 2, "c", 2));
        Assert.Null(Add("1", 9, 3, 2, "d", 3));

        Assert.Equal("ae", Add("1", 9, 2, 2, "e", 4)!.Text);
    }

    [Fact]
    public void A_pair_of_surrogates_that_was_cut_in_two_is_joined_again()
    {
        Assert.Null(Add("1", 9, 2, 1, "x\uD83D", 0));

        Assert.Equal("x😀y", Add("1", 9, 2, 2, "\uDE00y", 1)!.Text);
    }

    [Theory]
    [InlineData("price: 5 \u001b", "e.", "price: 5 €.")]
    [InlineData("\u001b", "(a", "{a")]
    [InlineData("a\u001b", "a", "aa")] // not in the extension table
    [InlineData("a", "b\u001b", "ab ")] // nothing behind it
    [InlineData("a\u001b", "\u001bb", "a b")]
    public void An_escape_sequence_that_was_cut_in_two_is_joined_again(string first, string second, string text)
    {
        Assert.Null(Add("1", 9, 2, 2, second, 1));

        Assert.Equal(text, Add("1", 9, 2, 1, first, 0)!.Text);
    }

    [Fact]
    public void A_part_that_the_network_delivered_twice_is_deleted_twice()
    {
        Assert.Null(Add("1", 9, 2, 1, "a", 5));
        Assert.Null(Add("1", 9, 2, 1, "a", 8));
        Assert.Null(Add("1", 9, 2, 1, "a", 8)); // listed again
        Assert.Null(Add("1", 9, 2, 1, "a", -1)); // passed on without being stored

        Assert.Equal([5, 6, 8], Add("1", 9, 2, 2, "b", 6)!.StorageIndexes);
    }

    [Fact]
    public void A_part_that_comes_without_end_does_not_gather_in_memory()
    {
        for (var index = 0; index < 10_000; index++)
        {
            Assert.Null(Add("1", 9, 2, 1, "a", index));
        }

        Assert.InRange(Add("1", 9, 2, 2, "b", 1)!.StorageIndexes.Count, 2, 300);
    }

    [Fact]
    public void Half_a_pair_becomes_the_replacement_character() =>
        Assert.Equal("x\uFFFD", _assembler.Add(new SmsSegment("1", null, "x\uD83D", default, null), new SmsPlace(null, 0))!.Text);

    [Fact]
    public void Data_is_joined_as_data()
    {
        _assembler.Add(new SmsSegment("1", null, "", new byte[] { 3 }, new SmsConcatenation(1, 2, 2)), new SmsPlace(null, 0));

        var message = _assembler.Add(new SmsSegment("1", null, "", new byte[] { 1, 2 }, new SmsConcatenation(1, 2, 1)), new SmsPlace(null, 1))!;

        Assert.Equal([1, 2, 3], message.Data.ToArray());
        Assert.Equal([1, 0], message.StorageIndexes);
    }

    [Fact]
    public void Only_so_many_incomplete_messages_are_kept_and_the_oldest_goes_first()
    {
        for (var reference = 0; reference <= SmsAssembler.MaxIncomplete; reference++)
        {
            Assert.Null(Add("1", reference, 2, 1, "first", 0));
        }

        Assert.Null(Add("1", 0, 2, 2, "second", 1)); // starts anew, and pushes out the next oldest
        Assert.Null(Add("1", 1, 2, 2, "second", 1));
        Assert.Equal("firstsecond", Add("1", SmsAssembler.MaxIncomplete, 2, 2, "second", 1)!.Text);
    }

    private SmsMessage? Add(string sender, int reference, int total, int number, string text, int index) =>
        _assembler.Add(new SmsSegment(sender, Noon, text, default, new SmsConcatenation(reference, total, number)), index < 0 ? null : new SmsPlace(null, index));
}
