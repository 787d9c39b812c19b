using System.Globalization;

namespace Sim800.Benchmarks.Fleet;

/// <summary><c>fleet</c>: what many gateways hold in one process, and how they come back when their broker does.</summary>
internal static class FleetCommand
{
    internal const string Usage = "fleet [--clients NUMBER] [--picture FILE]";
    private const double Jitter = 0.2;

    internal static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (Parse(arguments) is not var (clients, picture))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await Console.Out.WriteLineAsync($"{clients} virtual modems and clients, one broker over TLS: {await MemoryPerGatewayAsync(clients, cancellationToken) / 1024.0:0.0} KB each");
        await Console.Out.WriteLineAsync("\n| jitter | ticket keys | peak connections/s | half at the broker after s | 95 % after s | all back after s | full handshakes | resumed |");
        await Console.Out.WriteLineAsync("| --- | --- | --- | --- | --- | --- | --- | --- |");
        List<FleetReturn> returns = [];
        foreach (var (jitter, keepsTicketKeys) in ((double, bool)[])[(Jitter, true), (0, true), (Jitter, false)])
        {
            var one = await FleetReturn.RunAsync(clients, jitter, keepsTicketKeys, cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {jitter} | {(keepsTicketKeys ? "kept" : "new")} | {one.Peak} | {one.Until(50).TotalSeconds:0.0} | {one.Until(95).TotalSeconds:0.0} | {one.UntilAll.TotalSeconds:0.0} | {one.Full} | {one.Resumed} |"));
            if (keepsTicketKeys)
            {
                returns.Add(one);
            }
        }

        if (picture is not null)
        {
            await File.WriteAllTextAsync(picture, FleetPicture.Draw(returns), cancellationToken);
        }

        return 0;
    }

    private static (int Clients, string? Picture)? Parse(string[] arguments)
    {
        var (clients, picture) = (1_000, default(string));
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var value = index + 1 < arguments.Length ? arguments[index + 1] : null;
            if (arguments[index] is "--clients" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                clients = number;
            }
            else if (arguments[index] is "--picture" && value is not null)
            {
                picture = value;
            }
            else
            {
                return null;
            }
        }

        return (clients, picture);
    }

    /// <summary>Managed memory that one gateway holds, its virtual modem and its connection at the broker included.</summary>
    internal static async Task<long> MemoryPerGatewayAsync(int clients, CancellationToken cancellationToken)
    {
        await using var rig = new FleetRig();
        await rig.AddAsync(2, Jitter, cancellationToken); // what all share is there
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await rig.AddAsync(clients, Jitter, cancellationToken);
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / clients;
    }
}
