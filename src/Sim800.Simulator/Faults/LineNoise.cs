namespace Sim800.Simulator.Faults;

/// <summary>A line that loses or alters bytes, by chance from the modem's seed.</summary>
internal sealed class LineNoise(Random random)
{
    private double _loss;
    private double _garbling;

    internal void Set(FaultKind kind, double probability)
    {
        if (kind is FaultKind.ByteLoss)
        {
            _loss = probability;
        }
        else
        {
            _garbling = probability;
        }
    }

    internal byte[] On(byte[] bytes)
    {
        if (_loss == 0 && _garbling == 0)
        {
            return bytes;
        }

        var heard = new List<byte>(bytes.Length);
        foreach (var sent in bytes)
        {
            if (_loss > 0 && random.NextDouble() < _loss)
            {
                continue;
            }

            heard.Add(_garbling > 0 && random.NextDouble() < _garbling ? (byte)(sent ^ (1 << random.Next(8))) : sent);
        }

        return [.. heard];
    }
}
