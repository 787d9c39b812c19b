using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Composition;

/// <summary>Looks at the bytes of the day as long as the client lives, and does what its budget says.</summary>
internal sealed class DataBudgetWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Sim800DataBudget _options;
    private readonly DataBudget _budget;
    private readonly ClientCore _core;
    private readonly TcpTraffic _traffic;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _timer;

    private DataBudgetWatch(Sim800DataBudget options, ClientCore core, TcpTraffic traffic, TimeProvider clock, ILogger log)
    {
        (_options, _core, _traffic, _clock, _log) = (options, core, traffic, clock, log);
        _budget = new DataBudget(options);
        _timer = clock.CreateTimer(static self => ((DataBudgetWatch)self!).Look(), this, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    /// <returns><c>null</c> without a budget.</returns>
    internal static DataBudgetWatch? Begin(Sim800MqttClientOptions options, ClientCore core, TcpTraffic traffic, ILogger log) =>
        options.DataBudget is { } budget ? new DataBudgetWatch(budget, core, traffic, options.TimeProvider, log) : null;

    private void Look()
    {
        var verdict = _budget.Judge(_clock.GetUtcNow(), _traffic.Read().Today);
        if (verdict.IsNews)
        {
            Log.BudgetSpent(_log, _options.BytesPerDay, verdict.Until, _options.Policy);
        }

        _core.Publishing.HoldAtMostOnce(verdict.HoldsAtMostOnce);
        if (verdict.Stops)
        {
            _core.EndConnection(new MqttDataBudgetException(_options.BytesPerDay, verdict.Until));
        }
    }
}
