using System.Globalization;

namespace Sim800.Benchmarks.Handshake;

/// <summary><c>handshake</c>: what a handshake costs the client's processor and memory, beside SslStream.</summary>
internal static class HandshakeTable
{
    /// <summary>What the ratios refer to: the least that SslStream costs with the same verdict.</summary>
    internal const string Reference = "same rules on its chain";

    private const int Warming = 60;
    private const int Rounds = 300;

    internal static void Write(TextWriter output)
    {
        output.WriteLine(
            "\n| handshake | client | time ms | ratio | processor ms | ratio | allocated KB | ratio | held by an idle client KB | bytes received |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var kind in Enum.GetValues<HandshakeKind>())
        {
            using var cost = new HandshakeCost(kind);
            var figures = cost.Measure(Warming, Rounds);
            var reference = figures.Single(figure => figure.Client.EndsWith(Reference, StringComparison.Ordinal));
            foreach (var figure in figures)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kind.Name()} | {figure.Client} | {figure.Time.TotalMilliseconds:0.00} | {figure.Time / reference.Time:0.00} | "
                    + $"{figure.Processor.TotalMilliseconds:0.00} | {figure.Processor / reference.Processor:0.00} | "
                    + $"{figure.Allocated / 1024.0:0.0} | {(double)figure.Allocated / reference.Allocated:0.00} | {figure.Held / 1024.0:0.0} | {figure.Received} |"));
            }
        }
    }
}
