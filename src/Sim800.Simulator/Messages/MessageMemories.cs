namespace Sim800.Simulator.Messages;

/// <summary>
/// The memories AT+CPMS chooses from. <c>MT</c> is both in one, the SIM's places first; with <c>SM_P</c> and <c>ME_P</c> what does
/// not fit goes to the other one.
/// </summary>
internal sealed class MessageMemories
{
    /// <summary>What AT+CPMS takes, in the order of its test form.</summary>
    internal static readonly string[] Names = ["SM", "ME", "SM_P", "ME_P", "MT"];

    private const string Both = "MT";

    internal MessageMemory Sim { get; } = new("SM", 10);

    internal MessageMemory Phone { get; } = new("ME", 50);

    /// <summary>&lt;mem1&gt;: read and deleted from; &lt;mem2&gt;: written and sent from; &lt;mem3&gt;: received into.</summary>
    internal string[] Chosen { get; private set; } = ["SM", "SM", "SM"];

    internal string Reading => Chosen[0];

    internal string Writing => Chosen[1];

    internal string Receiving => Chosen[2];

    /// <summary>What is left out stays as it is.</summary>
    internal void Choose(IReadOnlyList<string> names) => Chosen = [.. Chosen.Select((old, at) => at < names.Count ? names[at] : old)];

    internal int CountOf(string name) => Behind(name).Sum(memory => memory.Count);

    internal int CapacityOf(string name) => Behind(name).Sum(memory => memory.Capacity);

    /// <summary>What is in it, with the index that commands take.</summary>
    internal IEnumerable<(int Index, StoredMessage Message)> AllIn(string name) =>
        Behind(name).SelectMany(memory => memory.All).Select(message => (IndexOf(name, message), message));

    internal StoredMessage? Find(string name, int index) =>
        name is Both && index > Sim.Capacity ? Phone.Find(index - Sim.Capacity) : Behind(name)[0].Find(index);

    /// <summary>Keeps a message, if need be in the other memory of a preferred one.</summary>
    /// <returns><c>null</c> when all are full.</returns>
    internal StoredMessage? Add(string name, Tpdu tpdu, MessageStatus status)
    {
        MessageMemory[] candidates = name switch
        {
            "SM_P" => [Sim, Phone],
            "ME_P" => [Phone, Sim],
            _ => Behind(name),
        };
        return Array.Find(candidates, memory => !memory.IsFull)?.Add(tpdu, status);
    }

    /// <summary>The number of the place as it is counted in that memory.</summary>
    internal int IndexOf(string name, StoredMessage message) =>
        name is Both && message.Memory == Phone ? Sim.Capacity + message.Place : message.Place;

    /// <summary>The memory and the index in it that an indication tells.</summary>
    internal (string Memory, int Index) PlaceOf(StoredMessage message) => Receiving is Both
        ? (Both, IndexOf(Both, message))
        : (message.Memory.Name, message.Place);

    internal void Reset() => Chosen = ["SM", "SM", "SM"];

    private MessageMemory[] Behind(string name) => name switch
    {
        Both => [Sim, Phone],
        "ME" or "ME_P" => [Phone],
        _ => [Sim],
    };
}
