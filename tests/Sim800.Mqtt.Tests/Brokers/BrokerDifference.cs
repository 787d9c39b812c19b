namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>Something that a broker does otherwise than the others. The scenario asserts that it does, where it always does, so that the list stays true.</summary>
/// <param name="Habit">What it does.</param>
/// <param name="Reason">Why, and what follows for those who use it.</param>
internal sealed record BrokerDifference(BrokerHabit Habit, string Reason);

/// <summary>What brokers differ in.</summary>
internal enum BrokerHabit
{
    /// <summary>QoS 1 is granted where 2 is asked for, and a publication of QoS 2 is answered with PUBACK.</summary>
    HasNoQoS2,

    /// <summary>The return codes of SUBACK stand in the order of their QoS and not in that of the filters (MQTT 3.1.1 §3.9.3).</summary>
    GrantsHighestQoSFirst,

    /// <summary>A message of QoS 2 comes with QoS 2 to a subscription that was granted QoS 1 (MQTT 3.1.1 §3.8.4).</summary>
    DeliversAboveGrant,

    /// <summary>A filter with wildcards gets no retained messages.</summary>
    KeepsRetainedFromWildcards,

    /// <summary>A PUBLISH of QoS 2 that is sent again is a new message.</summary>
    ForgetsWhatItReceivedOfQoS2,

    /// <summary>A message of QoS 2 that was answered with PUBREC comes again after a lost connection, under another packet identifier.</summary>
    ForgetsWhatItSentOfQoS2,

    /// <summary>A message of QoS 2 that was answered may come again after the next lost connection. Not each time, so not asserted.</summary>
    MayRepeatWhatWaited,

    /// <summary>A client that comes back at once may be there before the DISCONNECT of its last connection was read: its will is told. Not each time, so not asserted.</summary>
    MayMissTheGoodbye,
}
