using System.CommandLine;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 sub</c>: prints the messages of subscriptions.</summary>
internal static class SubVerb
{
    internal static Command Build(CliHost host)
    {
        var command = new Command("sub", "Subscribe and print messages, as mosquitto_sub does.");
        var options = new SubOptions();
        var session = new SessionVerb(host);
        options.AddTo(command);
        session.AddTo(command);
        command.Runs(host, (result, cancellationToken) =>
        {
            var request = options.Read(result, session.TopicOfUrl(result)) with { IsPersistent = session.IsPersistent(result) };
            var printer = session.Printer(result);
            return session.RunAsync(
                result,
                printer,
                request.QoS,
                (client, stopping) => new Subscriber(client, request, host, printer).RunAsync(stopping),
                cancellationToken);
        });
        return command;
    }
}
