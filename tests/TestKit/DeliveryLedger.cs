using System.Globalization;

namespace TestKit;

/// <summary>
/// The book of one stream of numbered messages: what its sender was promised, what has arrived, and so what is lost, twice or out of order.
/// May be used from several threads.
/// </summary>
public sealed class DeliveryLedger
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _promised = [];
    private readonly HashSet<int> _excused = [];
    private readonly Dictionary<int, int> _arrivals = [];
    private readonly HashSet<int> _late = [];
    private int _highest = -1;
    private int _offered = -1;

    /// <summary>The sender is about to send a message, with a number higher than all before.</summary>
    public void Offer(int number)
    {
        lock (_gate)
        {
            _offered = Math.Max(_offered, number);
        }
    }

    /// <summary>Whoever took the message from its sender answers for it from now on.</summary>
    public void Promise(int number)
    {
        lock (_gate)
        {
            _promised.Add(number);
        }
    }

    /// <summary>The message has reached its receiver.</summary>
    public void Arrive(int number)
    {
        lock (_gate)
        {
            var times = _arrivals.GetValueOrDefault(number);
            _arrivals[number] = times + 1;
            if (times == 0 && number < _highest)
            {
                _late.Add(number);
            }

            _highest = Math.Max(_highest, number);
        }
    }

    /// <summary>
    /// A server has lost its memory, or all of it since some message: what it had and had not passed on may be missing, and what it has
    /// passed on since then may come again. No client can help that; those numbers are counted by themselves.
    /// </summary>
    /// <param name="first">The lowest number that may come again.</param>
    public void Excuse(int first)
    {
        lock (_gate)
        {
            _excused.UnionWith(_promised.Where(number => !_arrivals.ContainsKey(number)));
            _excused.UnionWith(Enumerable.Range(first, Math.Max(0, _offered + 1 - first)));
        }
    }

    /// <summary>Whether all that was promised has arrived.</summary>
    public bool IsComplete
    {
        get
        {
            lock (_gate)
            {
                return _promised.All(number => _arrivals.ContainsKey(number) || _excused.Contains(number));
            }
        }
    }

    /// <summary>The highest number that was offered; -1 when none was.</summary>
    public int Last
    {
        get
        {
            lock (_gate)
            {
                return _offered;
            }
        }
    }

    /// <summary>The account so far.</summary>
    public DeliveryAccount Close()
    {
        lock (_gate)
        {
            return new DeliveryAccount(
                _promised.Count,
                _arrivals.Count,
                [.. _promised.Where(number => !_arrivals.ContainsKey(number) && !_excused.Contains(number)).Order()],
                [.. _arrivals.Where(arrival => arrival.Value > 1 && !_excused.Contains(arrival.Key)).Select(arrival => arrival.Key).Order()],
                [.. _late.Where(number => !_excused.Contains(number)).Order()],
                _excused.Count(number => _promised.Contains(number) && _arrivals.GetValueOrDefault(number) != 1));
        }
    }
}

/// <summary>What became of a stream of messages.</summary>
/// <param name="Promised">How many were promised.</param>
/// <param name="Arrived">How many have arrived at least once; some of them may never have been promised.</param>
/// <param name="Lost">The numbers of those that were promised and have not arrived.</param>
/// <param name="Twice">The numbers of those that arrived more than once.</param>
/// <param name="OutOfOrder">The numbers of those that arrived for the first time behind a later one.</param>
/// <param name="Excused">How many were lost or came again because a server had lost its memory.</param>
public sealed record DeliveryAccount(
    int Promised,
    int Arrived,
    IReadOnlyList<int> Lost,
    IReadOnlyList<int> Twice,
    IReadOnlyList<int> OutOfOrder,
    int Excused)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"promised {Promised}, arrived {Arrived}, lost {Some(Lost)}, twice {Some(Twice)}, out of order {Some(OutOfOrder)}, excused {Excused}");

    private static string Some(IReadOnlyList<int> numbers) => numbers.Count == 0
        ? "0"
        : string.Create(CultureInfo.InvariantCulture, $"{numbers.Count} ({string.Join(", ", numbers.Take(10))}{(numbers.Count > 10 ? ", ..." : "")})");
}
