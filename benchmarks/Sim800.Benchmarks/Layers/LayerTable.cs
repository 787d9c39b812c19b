using System.Globalization;

namespace Sim800.Benchmarks.Layers;

/// <summary><c>layers</c>: what a message costs in MQTT alone, with TLS, and with the modem's link; the differences are the layers.</summary>
internal static class LayerTable
{
    internal static async Task WriteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync("\n| layers | traffic | processor ms per 1,000 | bytes allocated per message |\n| --- | --- | --- | --- |");
        foreach (var stack in Enum.GetValues<StackDepth>())
        {
            LayerFigure[] figures =
            [
                await LayerCost.PublishAtMostOnceAsync(stack, cancellationToken),
                await LayerCost.PublishAtLeastOnceAsync(stack, cancellationToken),
                await LayerCost.ReceiveAsync(stack, cancellationToken),
            ];
            foreach (var figure in figures)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {Name(stack)} | {figure.What} | {figure.ProcessorPerThousand.TotalMilliseconds:0.0} | {figure.BytesPerMessage:0.0} |"));
            }
        }
    }

    private static string Name(StackDepth stack) => stack switch
    {
        StackDepth.Mqtt => "MQTT",
        StackDepth.Tls => "MQTT, TLS",
        _ => "MQTT, TLS, modem",
    };
}
