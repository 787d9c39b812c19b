namespace Sim800.Simulator.Tests.Lte;

public sealed class ModelOptionsTests
{
    [Theory]
    [InlineData(VirtualModemModel.Sim800L, 600, null)]
    [InlineData(VirtualModemModel.Sim7000G, 300, 375)]
    [InlineData(VirtualModemModel.A7670E, 80, 5000)]
    [InlineData(VirtualModemModel.Sim7600E, 80, 5000)]
    public void A_model_has_a_network_of_its_own(VirtualModemModel model, int roundTrip, int? uplink)
    {
        var options = VirtualModemOptions.For(model);
        Assert.Equal((model, TimeSpan.FromMilliseconds(roundTrip), uplink), (options.Model, options.RoundTripTime, options.UplinkKbps));
    }

    [Fact]
    public void A_modem_without_a_model_is_a_SIM800L_in_a_network_without_distance()
    {
        var options = new VirtualModemOptions();
        Assert.Equal((VirtualModemModel.Sim800L, TimeSpan.Zero), (options.Model, options.RoundTripTime));
    }

    [Fact]
    public void A_model_that_is_none_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => VirtualModem.Create(new VirtualModemOptions { Model = (VirtualModemModel)9 }));
        Assert.Contains("VirtualModemModel", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualModemOptions.For((VirtualModemModel)9));
    }
}
