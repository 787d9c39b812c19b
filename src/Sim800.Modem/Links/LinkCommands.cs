using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Links;

/// <summary>The rows of the command table for one link, made once so that traffic allocates none.</summary>
internal sealed class LinkCommands(int link)
{
    private static readonly LinkCommands[] All = [.. Enumerable.Range(0, LinkTable.Count).Select(link => new LinkCommands(link))];

    internal int Link => link;

    internal AtCommand Send { get; } = Sim800Commands.Send(link);

    internal AtCommand SendLimit { get; } = Sim800Commands.SendLimit(link);

    internal AtCommand Receive { get; } = Sim800Commands.Receive(link);

    internal AtCommand Acknowledged { get; private init; } = Sim800Commands.Acknowledged(link);

    internal AtCommand Status { get; } = Sim800Commands.LinkStatus(link);

    internal AtCommand Close { get; private init; } = Sim800Commands.Close(link);

    /// <summary>The only link, with CIPMUX=0: its commands name no number.</summary>
    internal static LinkCommands Single { get; } = new(0) { Acknowledged = Sim800Commands.AcknowledgedSingle, Close = Sim800Commands.CloseSingle };

    internal static LinkCommands Of(int link) => All[link];
}
