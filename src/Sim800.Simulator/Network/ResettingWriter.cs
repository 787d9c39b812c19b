using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>The modem's writer: completed with an exception it resets the connection, and whoever serves it is told.</summary>
internal sealed class ResettingWriter(PipeWriter inner, CancellationTokenSource reset) : ForwardingWriter(inner)
{
    public override void Complete(Exception? exception = null)
    {
        if (exception is not null)
        {
            reset.Cancel();
        }

        base.Complete(exception);
    }
}
