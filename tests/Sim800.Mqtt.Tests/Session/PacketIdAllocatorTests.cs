using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

public sealed class PacketIdAllocatorTests
{
    private readonly PacketIdAllocator _ids = new();

    [Fact]
    public void Identifiers_go_round_from_1_to_65535_and_never_are_0()
    {
        for (var expected = 1; expected <= ushort.MaxValue; expected++)
        {
            var packetId = _ids.Take();
            Assert.Equal(expected, packetId);
            _ids.Release(packetId);
        }

        Assert.Equal(1, _ids.Take());
        Assert.False(_ids.TryTake(0));
        Assert.Equal(1, _ids.InUse);
    }

    [Fact]
    public void All_are_to_be_had_once_and_one_that_comes_back_is_the_next()
    {
        var all = Enumerable.Range(0, ushort.MaxValue).Select(_ => _ids.Take()).ToHashSet();
        Assert.Equal(ushort.MaxValue, all.Count);
        Assert.False(_ids.HasFree);
        Assert.Throws<MqttPacketIdsExhaustedException>(() => _ids.Take());
        _ids.Release(4711);
        Assert.True(_ids.HasFree);
        Assert.Equal(4711, _ids.Take());
        Assert.False(_ids.HasFree);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65535)]
    public void One_in_use_is_passed_over_until_it_is_released_once(ushort packetId)
    {
        Assert.True(_ids.TryTake(packetId));
        Assert.False(_ids.TryTake(packetId));
        Assert.Equal(1, _ids.InUse);
        _ids.Release(packetId);
        _ids.Release(packetId);
        Assert.Equal(0, _ids.InUse);
        Assert.True(_ids.TryTake(packetId));
    }

    [Fact]
    public void What_was_never_taken_can_be_released_without_harm()
    {
        Assert.True(_ids.TryTake(5));
        _ids.Release(6);
        _ids.Release(0);
        _ids.Release(2000);
        Assert.Equal(1, _ids.InUse);
        Assert.False(_ids.TryTake(5));
        Assert.True(_ids.TryTake(6));
    }

    [Fact]
    public void Neighbours_stay_when_one_is_released()
    {
        for (ushort packetId = 100; packetId < 300; packetId++)
        {
            Assert.True(_ids.TryTake(packetId));
        }

        for (ushort packetId = 100; packetId < 300; packetId += 2)
        {
            _ids.Release(packetId);
        }

        Assert.Equal(100, _ids.InUse);
        for (ushort packetId = 100; packetId < 300; packetId++)
        {
            Assert.Equal(packetId % 2 == 0, _ids.TryTake(packetId));
        }
    }

    [Fact]
    public void A_client_with_little_under_way_allocates_no_page_anew()
    {
        Circle();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Circle();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Circle()
    {
        for (var count = 0; count < ushort.MaxValue; count++)
        {
            _ids.Release(_ids.Take());
        }
    }
}
