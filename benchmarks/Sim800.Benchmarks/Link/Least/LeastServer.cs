namespace Sim800.Benchmarks.Link.Least;

/// <summary>What a server decides and no client can make smaller.</summary>
/// <param name="Name">What the client has to ask for.</param>
/// <param name="Certificates">The length of each certificate of its chain, in DER.</param>
/// <param name="Ticket">The length of the ticket that it gave, for a session that is resumed.</param>
/// <param name="WritesSingly">Whether it gives each MQTT packet a record of its own, as mosquitto does.</param>
internal sealed record LeastServer(string Name, IReadOnlyList<int> Certificates, int Ticket, bool WritesSingly);
