using System.CommandLine;
using System.Globalization;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 pub</c>: publishes, and ends with 0 only when every message is acknowledged or, at QoS 0, handed to the modem.</summary>
internal static class PubVerb
{
    internal static Command Build(CliHost host)
    {
        var command = new Command("pub", "Publish messages, as mosquitto_pub does.");
        var options = new PubOptions();
        var session = new SessionVerb(host);
        options.AddTo(command);
        session.AddTo(command);
        command.Add(new DefaultsOption(command.Name));
        command.Runs(host, (result, cancellationToken) => RunAsync(host, session, options, result, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliHost host, SessionVerb session, PubOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        var request = options.Read(result, session.TopicOfUrl(result), session.AllowsControlCharacters(result));
        if (request.File is { } file && !File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        var broker = session.Broker(result);
        var surroundings = session.Surroundings(result, broker);
        var printer = session.Printer(result, surroundings.Host);
        var payload = await PubMessages.WholeAsync(request, host.Input, cancellationToken).ConfigureAwait(false);
        return await session.RunAsync(
            result,
            broker,
            surroundings,
            printer,
            request.QoS,
            async (client, stopping) =>
            {
                if (request.QoS == 0)
                {
                    await client.WhenConnectedAsync(stopping).ConfigureAwait(false); // nothing of QoS 0 may travel along with CONNECT
                }

                var publisher = new Publisher(client, request, host.TimeProvider);
                await publisher.RunAsync(payload, host.Input, stopping).ConfigureAwait(false);
                await client.WhenConnectedAsync(stopping).ConfigureAwait(false); // the last stage is told before the sum, though PUBACK comes along with CONNACK
                var sent = string.Create(CultureInfo.InvariantCulture, $"published {publisher.Published}");
                printer.Say(request.QoS > 0 ? $"{sent}, acknowledged {publisher.Acknowledged}" : sent);
                return ExitCode.Success;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
