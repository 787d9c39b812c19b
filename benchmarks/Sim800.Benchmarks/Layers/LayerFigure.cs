namespace Sim800.Benchmarks.Layers;

/// <summary>What one direction of traffic costs in some layers.</summary>
/// <param name="Stack">Which layers.</param>
/// <param name="What">Which traffic.</param>
/// <param name="ProcessorPerThousand">Processor time of the whole process for a thousand messages.</param>
/// <param name="BytesPerMessage">Garbage of the whole process for one message.</param>
internal sealed record LayerFigure(StackDepth Stack, string What, TimeSpan ProcessorPerThousand, double BytesPerMessage);
