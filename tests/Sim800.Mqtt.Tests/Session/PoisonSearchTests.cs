using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

public sealed class PoisonSearchTests
{
    private readonly PoisonSearch _search = new(3);

    [Fact]
    public void A_message_is_convicted_at_the_third_end_with_it_alone()
    {
        Assert.Equal(0, Shared(1, 2, 3));
        Assert.False(_search.IsOneByOne);
        Assert.Equal(0, Shared(1, 2, 3));
        Assert.True(_search.IsOneByOne);
        Assert.Equal(1, Alone(1));
        Assert.Equal(3, _search.EndsAt(1));
    }

    [Fact]
    public void Of_several_under_way_the_culprit_is_found_and_the_others_are_cleared()
    {
        Shared(1, 2, 3);
        Shared(1, 2, 3);
        BeginAlone();
        Send(1);
        _search.Clear(1);
        Assert.True(_search.MaySend);
        Send(2);
        Assert.False(_search.MaySend);
        Assert.Equal(2, _search.End(ConnectionEndCause.Server));
        _search.Clear(2);
        BeginAlone();
        Send(3);
        _search.Clear(3);
        Assert.False(_search.IsOneByOne);
        Assert.True(_search.MaySend);
    }

    [Fact]
    public void A_connection_that_ends_without_any_of_them_clears_them_all()
    {
        Shared(1);
        Shared(1);
        _search.Begin();
        Assert.True(_search.WantsPing);
        Assert.False(_search.MaySend);
        Assert.Equal(0, _search.End(ConnectionEndCause.Server));
        Assert.False(_search.IsOneByOne);
        Assert.Equal(0, _search.EndsAt(1));
    }

    [Fact]
    public void What_the_line_may_have_damaged_is_counted_from_the_start_again()
    {
        Shared(1);
        Shared(1);
        BeginAlone();
        Send(1);
        _search.Doubt();
        Assert.Equal(0, _search.End(ConnectionEndCause.Server));
        Assert.Equal(1, _search.EndsAt(1));
        Assert.False(_search.IsOneByOne);
        Shared(1);
        Assert.Equal(1, Alone(1));
    }

    [Fact]
    public void An_end_without_a_farewell_counts_a_quarter()
    {
        Send(1);
        Assert.Equal(0, _search.End(ConnectionEndCause.PerhapsServer));
        _search.Begin();
        Send(1);
        Assert.Equal(0, _search.End(ConnectionEndCause.PerhapsServer));
        for (var time = 2; time < 11; time++)
        {
            BeginAlone();
            Send(1);
            Assert.Equal(0, _search.End(ConnectionEndCause.PerhapsServer));
        }

        BeginAlone();
        Send(1);
        Assert.Equal(1, _search.End(ConnectionEndCause.PerhapsServer));
        Assert.Equal(12, _search.EndsAt(1));
    }

    [Fact]
    public void Ends_that_are_not_the_servers_count_for_nothing()
    {
        for (var time = 0; time < 10; time++)
        {
            _search.Begin();
            Send(1);
            Assert.Equal(0, _search.End(ConnectionEndCause.Other));
        }

        Assert.False(_search.IsOneByOne);
    }

    [Fact]
    public void A_link_that_is_lost_in_the_search_changes_nothing()
    {
        Shared(1);
        Shared(1);
        BeginAlone();
        Send(1);
        Assert.Equal(0, _search.End(ConnectionEndCause.Other));
        Assert.Equal(2, _search.EndsAt(1));
        Assert.Equal(1, Alone(1));
    }

    [Fact]
    public void A_message_is_not_convicted_for_what_was_sent_beside_it()
    {
        Shared(1);
        Shared(1);
        BeginAlone();
        Send(1);
        _search.OnOther();
        Assert.Equal(0, _search.End(ConnectionEndCause.Server));
        Assert.Equal(1, Alone(1));
    }

    [Fact]
    public void What_belongs_before_the_ping_spoils_nothing()
    {
        Shared(1);
        Shared(1);
        _search.Begin();
        _search.OnOther();
        _search.OnPing();
        _search.OnPong();
        Send(1);
        Assert.Equal(1, _search.End(ConnectionEndCause.Server));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 4)]
    public void The_number_of_connections_is_an_option(int connections, int shared)
    {
        var search = new PoisonSearch(connections);
        for (var time = 0; time < shared; time++)
        {
            Assert.False(search.IsOneByOne);
            search.Begin();
            search.OnSent(7);
            Assert.Equal(0, search.End(ConnectionEndCause.Server));
        }

        search.Begin();
        search.OnPing();
        search.OnPong();
        search.OnSent(7);
        Assert.Equal(7, search.End(ConnectionEndCause.Server));
    }

    private long Shared(params long[] sequences)
    {
        _search.Begin();
        Array.ForEach(sequences, Send);
        return _search.End(ConnectionEndCause.Server);
    }

    private long Alone(long sequence)
    {
        BeginAlone();
        Send(sequence);
        return _search.End(ConnectionEndCause.Server);
    }

    private void BeginAlone()
    {
        _search.Begin();
        _search.OnPing();
        Assert.True(_search.AwaitsPong);
        _search.OnPong();
    }

    private void Send(long sequence)
    {
        Assert.True(_search.MaySend);
        _search.OnSent(sequence);
    }
}
