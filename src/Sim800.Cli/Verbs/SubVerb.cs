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
        var passesOver = new Option<bool>("--pass-over-invalid-topics")
        {
            Description = "Leave out a message whose topic is none, as a broker may have retained it, instead of ending the connection.",
        };
        options.AddTo(command);
        command.Add(passesOver);
        session.AddTo(command);
        command.Add(new DefaultsOption(command.Name));
        command.Runs(host, (result, cancellationToken) =>
        {
            var broker = session.Broker(result) with { PassOverInvalidTopics = result.GetValue(passesOver) };
            var request = options.Read(result, session.TopicOfUrl(result), broker.AllowControlCharacters) with { IsPersistent = !broker.CleanSession };
            var surroundings = session.Surroundings(result, broker);
            var printer = session.Printer(result, surroundings.Host);
            return session.RunAsync(
                result,
                broker,
                surroundings,
                printer,
                request.QoS,
                (client, stopping) => new Subscriber(client, request, surroundings.Host, printer).RunAsync(stopping),
                cancellationToken);
        });
        return command;
    }
}
