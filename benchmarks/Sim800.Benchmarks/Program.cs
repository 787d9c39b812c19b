using BenchmarkDotNet.Running;
using Sim800.Benchmarks.Link;

if (args is ["link", .. var rest])
{
    using var interrupted = new CancellationTokenSource();
    Console.CancelKeyPress += (_, key) =>
    {
        key.Cancel = true;
        interrupted.Cancel();
    };
    return await LinkCommand.RunAsync(rest, interrupted.Token);
}

BenchmarkSwitcher.FromAssembly(typeof(LinkCommand).Assembly).Run(args);
return 0;
