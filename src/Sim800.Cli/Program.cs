using Sim800.Cli;

return await Application.RunAsync(args, CliHost.OfThisProcess(), CancellationToken.None).ConfigureAwait(false);
