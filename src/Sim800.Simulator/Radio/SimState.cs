namespace Sim800.Simulator.Radio;

/// <summary>What AT+CPIN? reports.</summary>
internal enum SimState
{
    Ready,
    PinRequired,
    PukRequired,
    Missing,
}
