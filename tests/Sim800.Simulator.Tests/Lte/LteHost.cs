using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Lte;

/// <summary>The host of an LTE module, as far as its tests go the same way.</summary>
internal static class LteHost
{
    /// <summary>Both models of AT+NETOPEN.</summary>
    public static readonly TheoryData<VirtualModemModel> Models = [VirtualModemModel.A7670E, VirtualModemModel.Sim7600E];

    internal static VirtualModemOptions Options(VirtualModemModel model, params string[] faults) =>
        new() { Model = model, Faults = FaultPlan.Parse(faults) };

    /// <summary>Echo off, nothing else done.</summary>
    internal static EngineHost Quiet(VirtualModemModel model, params string[] faults) => Quiet(Options(model, faults));

    internal static EngineHost Quiet(VirtualModemOptions options)
    {
        var host = new EngineHost(options);
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        return host;
    }

    /// <summary>The socket service open, data read by command.</summary>
    internal static EngineHost Opened(VirtualModemModel model, params string[] faults)
    {
        var host = Quiet(model, faults);
        host.Says("AT+CIPRXGET=1\r", "\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
        return host;
    }

    /// <summary>Link 0 open.</summary>
    internal static EngineHost Connected(VirtualModemModel model, params string[] faults)
    {
        var host = Opened(model, faults);
        host.Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n");
        return host;
    }
}
